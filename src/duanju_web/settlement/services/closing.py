"""Closing a month: the one moment at which money is posted."""

from datetime import datetime

from django.db import IntegrityError, transaction

from duanju.adapters.documents import statement_as_data
from duanju.kernel import Money, Month, Problem
from duanju.settlement import Settlement, Snapshot, Statement, freeze_period
from duanju_web.settlement.mapping.ledger import rows_of, snapshot_of
from duanju_web.settlement.mapping.values import plain_data
from duanju_web.settlement.models import (
    Close,
    LedgerPosting,
    LedgerTransaction,
    StatementRecord,
)
from duanju_web.settlement.selectors.closes import find_close, last_close
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
    when two people close it at once. What arrives later is a correction in the next month.

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
    obstacles = find_close_obstacles(
        platform=platform, month=month, now=now, may_be_early=may_be_early
    )
    if obstacles:
        return obstacles
    position = bring_into_lake(now=now)
    decision = decide_month(platform=platform, month=month, position=position, known_at=now)
    if decision.settlement.problems and not without_blocked:
        return decision.settlement.problems
    try:
        return _save(platform, decision, actor, now)
    except IntegrityError:
        closed = find_close(platform=platform, month=month)
        if closed is None:
            raise
        return closed


@transaction.atomic
def _save(platform: Organisation, decision: Decision, actor: Actor, now: datetime) -> Close:
    """Save all that was decided, unless somebody else has closed a month meanwhile."""
    Organisation.objects.select_for_update().get(pk=platform.pk)
    closed = find_close(platform=platform, month=decision.month)
    if closed is not None:
        return closed
    assert last_close(platform) == decision.previous, "another month was closed meanwhile"
    snapshot = _freeze(decision)
    close = Close.objects.create(
        platform=platform,
        period=str(decision.month),
        closed_at=now,
        closed_by=actor.user,
        lake_position=decision.position,
        snapshot=plain_data(snapshot),
        digest=snapshot.digest,
        previous_digest=snapshot.previous_digest,
    )
    _post(close, decision)
    _issue(close, decision)
    _record(actor, close, decision.settlement, now)
    return close


def _freeze(decision: Decision) -> Snapshot:
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
    payees = {statement.payee.id for statement in decision.settlement.statements}
    receivers = dict(
        Organisation.objects.filter(slug__in=payees)
        .exclude(pk=close.platform_id)
        .values_list("slug", "pk")
    )
    StatementRecord.objects.bulk_create(
        [
            StatementRecord(
                close=close,
                deal_id=decision.deal_ids[statement.deal_id],
                party_id=receivers[statement.payee.id],
                role=statement.payee.role,
                totals=[_total(money) for money in statement.totals],
                document=statement_as_data(statement),
                digest=statement.digest,
            )
            for statement in decision.settlement.statements
            if _is_issued(statement) and statement.payee.id in receivers
        ]
    )


def _is_issued(statement: Statement) -> bool:
    """Tell whether the platform owes it, to somebody else; what others owe is between them."""
    return statement.payer.role == "platform" and statement.payee.role not in OWN_ACCOUNTS


def _total(money: Money) -> dict[str, str | int]:
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
