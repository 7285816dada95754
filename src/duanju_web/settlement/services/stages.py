"""The stages of a month: pushing, opening to partners, invoicing, and that all is paid.

Each is one transaction, or (invoicing) parts that each are; killed anywhere, the same command goes
on, and a stage that was reached is answered as before.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from duanju.kernel import Money, Month, Problem
from duanju.settlement import CloseCalendar, CloseStage, check_calendar
from duanju_web.settlement.mapping.closing_rules import calendar_as_data
from duanju_web.settlement.models import ClosingRules, MonthStep, ProvisionalStatement
from duanju_web.settlement.selectors.stages import (
    find_rules,
    find_step_problem,
    find_unpaid,
    stage_of,
    steps_of,
)
from duanju_web.settlement.services.closing import (
    columns_of_statements,
    measure_and_decide,
    record_step,
    total_as_data,
)
from duanju_web.settlement.services.deciding import find_close_obstacles
from duanju_web.settlement.services.notices import tell_partners
from duanju_web.settlement.services.remitting import make_due
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

LIMIT_MAX_MINOR = 10**15


def set_closing_rules(
    *,
    platform: Organisation,
    calendar: CloseCalendar,
    second_above: Sequence[Money],
    actor: Actor,
    now: datetime,
) -> ClosingRules | tuple[Problem, ...]:
    """Set how a platform closes from now on; a new version beside those before.

    Args:
        platform: Whose months.
        calendar: By when each stage is reached.
        second_above: Sums above which a second person is asked, a currency each; none for never.
        actor: Who sets it.
        now: The time, aware.
    """
    problems = list(check_calendar(calendar))
    codes = [own.currency for own in second_above]
    if len(set(codes)) != len(codes):
        problems.append(Problem("settlement.limit-said-twice"))
    if not all(0 <= own.amount_minor <= LIMIT_MAX_MINOR for own in second_above):
        problems.append(Problem("settlement.limit-out-of-bounds"))
    if problems:
        return tuple(problems)
    data = calendar_as_data(calendar)
    limits = sorted((total_as_data(own) for own in second_above), key=lambda own: own["currency"])
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=platform.pk)
        last = find_rules(platform)
        if last is not None and (last.calendar, last.second_above) == (data, limits):
            return last
        rules = ClosingRules.objects.create(
            platform=platform, calendar=data, second_above=limits, set_at=now, set_by=actor.user
        )
        before = {"calendar": last.calendar, "second_above": last.second_above} if last else None
        record_audit(
            actor=actor,
            action="settlement.set-closing-rules",
            target=rules,
            before=before,
            after={"calendar": data, "second_above": limits},
            now=now,
        )
    return rules


def push_month(
    *,
    platform: Organisation,
    month: Month,
    actor: Actor,
    now: datetime,
    may_be_early: bool = False,
) -> MonthStep | tuple[Problem, ...]:
    """Measure a month as it is known now, and give partners provisional statements of it.

    Before the month is closed it can be pushed again; the newest statements stand, and those
    before are kept. Deals with problems are left out until they are put right.

    Args:
        platform: Whose month.
        month: The next that is closed.
        actor: Who asks.
        now: The time, aware.
        may_be_early: Do not wait for the calendar's days.
    """
    stage = stage_of(platform, month)
    again = stage in {CloseStage.PUSHED, CloseStage.SOFT_CLOSED}
    problems = _problems(platform, month, None if again else CloseStage.PUSHED, now, may_be_early)
    if problems:
        return problems
    decision = measure_and_decide(platform=platform, month=month, now=now)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=platform.pk)
        if stage_of(platform, month) is not stage:
            return (Problem("settlement.stage-changed", params={"month": str(month)}),)
        step = record_step(
            platform,
            month,
            stage=stage if again else CloseStage.PUSHED,
            actor=actor,
            now=now,
            pushed=decision,
        )
        ProvisionalStatement.objects.bulk_create(
            [
                ProvisionalStatement(step=step, **columns)
                for columns in columns_of_statements(platform, decision)
            ],
            batch_size=500,
        )
        _record(actor, step, now)
    return step


def soft_close_month(
    *,
    platform: Organisation,
    month: Month,
    actor: Actor,
    now: datetime,
    may_be_early: bool = False,
) -> MonthStep | tuple[Problem, ...]:
    """Open a pushed month to its partners: from now on they may dispute lines.

    Args:
        platform: Whose month.
        month: A pushed one.
        actor: Who asks.
        now: The time, aware.
        may_be_early: Do not wait for the calendar's days.
    """
    wanted = CloseStage.SOFT_CLOSED
    problems = _problems(platform, month, wanted, now, may_be_early)
    return problems or _open_to_partners(platform, month, actor, now)


def invoice_month(
    *, platform: Organisation, month: Month, actor: Actor, now: datetime
) -> int | tuple[Problem, ...]:
    """Make due what a closed month brought, and write down that it is invoiced.

    Returns:
        How many amounts came to be due; zero where all were. Or why none did.
    """
    made = make_due(platform=platform, month=month, actor=actor, now=now)
    if isinstance(made, int):
        reached = _reach(platform, month, CloseStage.INVOICED, actor, now)
        assert isinstance(reached, MonthStep), "a closed month can be invoiced"
    return made


def mark_paid(
    *, platform: Organisation, month: Month, actor: Actor, now: datetime
) -> MonthStep | tuple[Problem, ...]:
    """Write down that an invoiced month is paid, if nothing of it is left to pay."""
    if stage_of(platform, month) is CloseStage.INVOICED:
        unpaid = find_unpaid(platform, month)
        if unpaid:
            params = {"month": str(month), "number": len(unpaid)}
            return (Problem("settlement.not-all-paid", params=params),)
    return _reach(platform, month, CloseStage.PAID, actor, now)


def _problems(
    platform: Organisation,
    month: Month,
    wanted: CloseStage | None,
    now: datetime,
    may_be_early: bool,
) -> tuple[Problem, ...]:
    """Return why a month cannot go on to a stage now; of no stage, why it cannot be measured."""
    if find_rules(platform) is None:
        return (Problem("settlement.closes-in-one-step", params={"month": str(month)}),)
    obstacles = find_close_obstacles(
        platform=platform, month=month, now=now, may_be_early=may_be_early
    )
    if obstacles or wanted is None:
        return obstacles
    problem = find_step_problem(
        platform=platform, month=month, wanted=wanted, now=now, may_be_early=may_be_early
    )
    return (problem,) if problem else ()


@transaction.atomic
def _open_to_partners(
    platform: Organisation, month: Month, actor: Actor, now: datetime
) -> MonthStep | tuple[Problem, ...]:
    """Write down that a month is with its partners, and tell them; the second time nothing."""
    was_there = steps_of(platform, month).filter(stage=CloseStage.SOFT_CLOSED.value).exists()
    reached = _reach(platform, month, CloseStage.SOFT_CLOSED, actor, now)
    if isinstance(reached, MonthStep) and not was_there:
        tell_partners(reached)
    return reached


@transaction.atomic
def _reach(
    platform: Organisation, month: Month, wanted: CloseStage, actor: Actor, now: datetime
) -> MonthStep | tuple[Problem, ...]:
    """Write down a stage that follows; one that was reached before is answered as it was."""
    Organisation.objects.select_for_update().get(pk=platform.pk)
    reached = steps_of(platform, month).filter(stage=wanted.value).first()
    if reached is not None:
        return reached
    stage = stage_of(platform, month)
    if stage.following is not wanted:
        params = {"month": str(month), "stage": stage.value, "wanted": wanted.value}
        return (Problem("settlement.stage-out-of-order", params=params),)
    step = record_step(platform, month, stage=wanted, actor=actor, now=now)
    _record(actor, step, now)
    return step


def _record(actor: Actor, step: MonthStep, now: datetime) -> None:
    record_audit(
        actor=actor,
        action="settlement.month-step",
        target=step,
        before=None,
        after={
            "period": step.period,
            "stage": step.stage,
            "number": step.number,
            "lake_position": step.lake_position,
        },
        now=now,
    )
