"""Closing a month: the one moment at which money is posted."""

from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction

from duanju.adapters.documents import statement_as_data
from duanju.kernel import Money, Month, Problem
from duanju.settlement import CloseStage, Settlement, Snapshot, Statement, freeze_period
from duanju_web.settlement.mapping.ledger import rows_of, snapshot_of
from duanju_web.settlement.mapping.values import plain_data
from duanju_web.settlement.models import (
    Close,
    LedgerPosting,
    LedgerTransaction,
    MonthStep,
    StatementRecord,
)
from duanju_web.settlement.selectors.closes import find_close, last_close
from duanju_web.settlement.selectors.stages import find_rules, steps_of
from duanju_web.settlement.services.deciding import (
    Decision,
    decide_month,
    find_close_obstacles,
)
from duanju_web.settlement.services.sealing import bring_into_lake
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

OWN_ACCOUNTS = frozenset({"platform", "channel"})
"""Roles that read no statement: what they keep stands on the platform's own."""


def close_month(
    *,
    platform: Organisation,
    month: Month,
    actor: Actor,
    now: datetime,
    without_blocked: bool = False,
    may_be_early: bool = False,
) -> Close | tuple[Problem, ...]:
    """Close a month of a platform: post what it brings, issue its statements, freeze it.

    Everything that happened is brought into the lake, measured as known at that moment, settled,
    and saved in one transaction. Closing a closed month posts nothing and returns its close, also
    when two people close it at once. What arrives later is a correction in the next month. A
    platform that has set a calendar closes stage by stage instead (`ask_to_close`).

    Args:
        platform: Whose month.
        month: The month after the last that was closed, and over.
        actor: Who closes it.
        now: The time, aware.
        without_blocked: Close although deals have problems; these are left out whole, and what
            they earn is posted with the first later month in which they have none.
        may_be_early: Close although the month still runs; the rest of it becomes corrections.

    Returns:
        The close; or all problems, and then nothing was posted.
    """
    closed = find_close(platform=platform, month=month)
    if closed is not None:
        return closed
    if find_rules(platform) is not None:
        return (Problem("settlement.closes-in-stages", params={"month": str(month)}),)
    obstacles = find_close_obstacles(
        platform=platform, month=month, now=now, may_be_early=may_be_early
    )
    if obstacles:
        return obstacles
    decision = measure_and_decide(platform=platform, month=month, now=now)
    if decision.settlement.problems and not without_blocked:
        return decision.settlement.problems
    return post_decision(platform, decision, actor=actor, now=now)


def measure_and_decide(*, platform: Organisation, month: Month, now: datetime) -> Decision:
    """Bring all that happened into the lake, and settle a month on what is known now."""
    position = bring_into_lake(now=now)
    return decide_month(platform=platform, month=month, position=position, known_at=now)


def post_decision(
    platform: Organisation,
    decision: Decision,
    *,
    actor: Actor,
    now: datetime,
    asked_at: datetime | None = None,
) -> Close:
    """Post a decision as it is, once, also when two people do so at once.

    Args:
        platform: Whose month.
        decision: What to post.
        actor: Who closes the month.
        now: The time, aware.
        asked_at: Until when what people recorded was counted, if not until now.
    """
    try:
        return _save(platform, decision, actor, now, asked_at)
    except IntegrityError:
        closed = find_close(platform=platform, month=decision.month)
        if closed is None:
            raise
        return closed


@transaction.atomic
def _save(
    platform: Organisation,
    decision: Decision,
    actor: Actor,
    now: datetime,
    asked_at: datetime | None,
) -> Close:
    """Save all that was decided, unless somebody else has closed a month meanwhile."""
    Organisation.objects.select_for_update().get(pk=platform.pk)
    closed = find_close(platform=platform, month=decision.month)
    if closed is not None:
        return closed
    assert last_close(platform) == decision.previous, "another month was closed meanwhile"
    snapshot = freeze(decision)
    close = Close.objects.create(
        platform=platform,
        period=str(decision.month),
        closed_at=now,
        asked_at=asked_at,
        closed_by=actor.user,
        lake_position=decision.position,
        snapshot=plain_data(snapshot),
        digest=snapshot.digest,
        previous_digest=snapshot.previous_digest,
    )
    _post(close, decision)
    _issue(close, decision)
    record_step(platform, decision.month, stage=CloseStage.CLOSED, actor=actor, now=now)
    _record(actor, close, decision.settlement, now)
    return close


def freeze(decision: Decision) -> Snapshot:
    """Return the snapshot that posting a decision freezes; its digest names all of it."""
    return freeze_period(
        period=decision.month,
        transactions=decision.settlement.transactions,
        statements=decision.settlement.statements,
        previous=snapshot_of(decision.previous) if decision.previous else None,
    )


def _post(close: Close, decision: Decision) -> None:
    rows, legs = rows_of(
        transactions=decision.settlement.transactions, close=close, deal_ids=decision.deal_ids
    )
    LedgerTransaction.objects.bulk_create(rows, batch_size=500)
    LedgerPosting.objects.bulk_create(legs, batch_size=500)


def _issue(close: Close, decision: Decision) -> None:
    StatementRecord.objects.bulk_create(
        [
            StatementRecord(close=close, **columns)
            for columns in columns_of_statements(close.platform, decision)
        ]
    )


def columns_of_statements(
    platform: Organisation, decision: Decision
) -> Iterator[dict[str, object]]:
    """Yield the columns of each statement that a decision issues to another organisation."""
    issued = issued_statements(decision)
    receivers = dict(
        Organisation.objects.filter(slug__in={own.payee.id for own in issued})
        .exclude(pk=platform.pk)
        .values_list("slug", "pk")
    )
    for statement in issued:
        if statement.payee.id in receivers:
            yield {
                "deal_id": decision.deal_ids[statement.deal_id],
                "party_id": receivers[statement.payee.id],
                "role": statement.payee.role,
                "totals": [total_as_data(money) for money in statement.totals],
                "document": statement_as_data(statement),
                "digest": statement.digest,
            }


def issued_statements(decision: Decision) -> list[Statement]:
    """Return the statements of what the platform owes others; what others owe is between them."""
    return [
        own
        for own in decision.settlement.statements
        if own.payer.role == "platform" and own.payee.role not in OWN_ACCOUNTS
    ]


def record_step(
    platform: Organisation,
    month: Month,
    *,
    stage: CloseStage,
    actor: Actor,
    now: datetime,
    pushed: Decision | None = None,
) -> MonthStep:
    """Write down that a month has come to a stage; inside the transaction that brings it there.

    Args:
        platform: Whose month.
        month: Which.
        stage: Where it is after the step.
        actor: Who took it.
        now: The time, aware.
        pushed: What was measured, where the step is a push.
    """
    return MonthStep.objects.create(
        platform=platform,
        period=str(month),
        number=steps_of(platform, month).count() + 1,
        stage=stage.value,
        is_push=pushed is not None,
        lake_position=pushed.position if pushed else None,
        known_at=now if pushed else None,
        made_at=now,
        made_by=actor.user,
    )


def total_as_data(money: Money) -> dict[str, str | int]:
    """Return a total as the plain data that is kept."""
    return {"amount_minor": money.amount_minor, "currency": money.currency}


def _record(actor: Actor, close: Close, settlement: Settlement, now: datetime) -> None:
    record_audit(
        actor=actor,
        action="settlement.close-month",
        target=close,
        before=None,
        after={
            "period": close.period,
            "transactions": len(settlement.transactions),
            "statements": len(settlement.statements),
            "left_out": sorted({str(own.params.get("deal")) for own in settlement.problems}),
            "lake_position": close.lake_position,
            "digest": close.digest,
        },
        now=now,
    )
