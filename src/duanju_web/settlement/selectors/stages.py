"""How far a platform's months have come, and what stands between them and the next stage."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet, Sum

from duanju.kernel import Month, Problem
from duanju.settlement import DUE, CloseStage
from duanju_web.settlement.mapping.closing_rules import Closing, closing_of
from duanju_web.settlement.models import (
    Close,
    CloseProposal,
    ClosingRules,
    LedgerTransferLeg,
    MonthStep,
    ProvisionalStatement,
)
from duanju_web.settlement.selectors.closes import find_close
from duanju_web.settlement.selectors.lake import zone_of
from duanju_web.shared.models import Organisation


@dataclass(frozen=True, slots=True)
class StageReached:
    """One stage of a month.

    Attributes:
        stage: Which.
        due_on: The last day on which it is to be reached; None for the first.
        step: The step that reached it, or None.
        is_current: Whether the month is there.
        is_reached: Whether the month is there, or beyond.
        is_overdue: Whether it should have been reached before today.
    """

    stage: CloseStage
    due_on: date | None
    step: MonthStep | None
    is_current: bool
    is_reached: bool
    is_overdue: bool


def find_rules(platform: Organisation) -> ClosingRules | None:
    """Return the rules that stand; None for a platform that closes in one step."""
    return ClosingRules.objects.filter(platform=platform).order_by("-pk").first()


def closing_for(platform: Organisation) -> Closing | None:
    """Return how a platform closes; None if in one step."""
    rules = find_rules(platform)
    return closing_of(rules) if rules else None


def steps_of(platform: Organisation, month: Month) -> QuerySet[MonthStep]:
    """Return the steps that were taken with a month, in their order."""
    return (
        MonthStep.objects.filter(platform=platform, period=str(month))
        .select_related("made_by")
        .order_by("number")
    )


def stage_of(platform: Organisation, month: Month) -> CloseStage:
    """Return how far a month has come."""
    last = steps_of(platform, month).last()
    reached = CloseStage(last.stage) if last else CloseStage.OPEN
    if reached in {CloseStage.INVOICED, CloseStage.PAID}:
        return reached
    return CloseStage.CLOSED if find_close(platform=platform, month=month) else reached


def today_of(platform: Organisation, now: datetime) -> date:
    """Return the day in the platform's zone."""
    return now.astimezone(zone_of(platform)).date()


def find_step_problem(
    *, platform: Organisation, month: Month, wanted: CloseStage, now: datetime, may_be_early: bool
) -> Problem | None:
    """Return why a month cannot go on to a stage now, as the platform's calendar says.

    Args:
        platform: Whose month; it has set a calendar.
        month: Which.
        wanted: The stage.
        now: The time, aware.
        may_be_early: Whether the calendar's days are not waited for.
    """
    closing = closing_for(platform)
    assert closing is not None, "a platform without a calendar closes in one step"
    return closing.calendar.check_step(
        month,
        stage=stage_of(platform, month),
        wanted=wanted,
        today=date.max if may_be_early else today_of(platform, now),
    )


def find_stages(platform: Organisation, month: Month, *, now: datetime) -> list[StageReached]:
    """Return all stages of a month, each with its day and with when it was reached."""
    closing = closing_for(platform)
    if closing is None:
        return []
    stages = list(CloseStage)
    current = stage_of(platform, month)
    overdue = closing.calendar.overdue(month, stage=current, today=today_of(platform, now))
    due = closing.calendar.due_days(month)
    steps = {CloseStage(own.stage): own for own in reversed(steps_of(platform, month))}
    place = stages.index(current)
    return [
        StageReached(
            stage=stage,
            due_on=due.get(stage),
            step=steps.get(stage),
            is_current=stage is current,
            is_reached=number <= place,
            is_overdue=stage is overdue,
        )
        for number, stage in enumerate(stages)
    ]


def last_push(platform: Organisation, month: Month) -> MonthStep | None:
    """Return the step that measured the provisional statements that stand."""
    return steps_of(platform, month).filter(is_push=True).last()


def provisional_of(organisation: Organisation) -> QuerySet[ProvisionalStatement]:
    """Return the provisional statements that stand for a party: of months that are not closed."""
    later = MonthStep.objects.filter(
        platform=OuterRef("step__platform"),
        period=OuterRef("step__period"),
        is_push=True,
        number__gt=OuterRef("step__number"),
    )
    closed = Close.objects.filter(
        platform=OuterRef("step__platform"), period=OuterRef("step__period")
    )
    return (
        ProvisionalStatement.objects.filter(~Exists(later), ~Exists(closed), party=organisation)
        .select_related("step__platform", "deal__policy_version")
        .defer("document")
        .order_by("-step__period", "-pk")
    )


def find_provisional(
    *, organisation: Organisation, statement_id: int
) -> ProvisionalStatement | None:
    """Return a provisional statement that an organisation issued or received."""
    own = (
        ProvisionalStatement.objects.filter(pk=statement_id)
        .select_related("step__platform", "deal__policy_version", "deal__studio", "party")
        .first()
    )
    if own is None or organisation.pk not in {own.party_id, own.step.platform_id}:
        return None
    return own


def find_proposal(platform: Organisation, month: Month) -> CloseProposal | None:
    """Return what was asked to be closed last, and neither approved nor refused."""
    last = (
        CloseProposal.objects.filter(platform=platform, period=str(month))
        .select_related("proposed_by", "verdict")
        .order_by("-number")
        .first()
    )
    return None if last is None or hasattr(last, "verdict") else last


def find_unpaid(platform: Organisation, month: Month) -> Mapping[tuple[str, str], int]:
    """Return what was made due by the end of a month and is not paid yet.

    What is paid pays what was due first. So of an account's balance, that much belongs to the month
    or those before it as exceeds what later months made due.

    Args:
        platform: Whose ledger.
        month: An invoiced month.

    Returns:
        Account's name and currency to minor units, above zero.
    """
    left: dict[tuple[str, str], int] = defaultdict(int)
    booked = _booked_on_due(platform)
    for name, code, amount in booked.annotate(Sum("amount_minor")):
        left[name, code] += int(amount)
    later = booked.filter(transfer__transfer_id__gt=f"remit-{month.next()}-").filter(
        transfer__transfer_id__startswith="remit-"
    )
    for name, code, amount in later.annotate(Sum("amount_minor")):
        left[name, code] -= int(amount)
    return {key: amount for key, amount in sorted(left.items()) if amount > 0}


def _booked_on_due(platform: Organisation) -> QuerySet[LedgerTransferLeg, Sequence[object]]:
    return (
        LedgerTransferLeg.objects.filter(
            transfer__platform=platform,
            transfer__action__in=("move", "post"),
            account__name__startswith=DUE,
        )
        .order_by()
        .values_list("account__name", "account__currency")
    )
