"""The calendar of a close: days worked by hand, and steps that are refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import Month
from duanju.settlement import (
    CloseCalendar,
    CloseStage,
    NoWorkingDay,
    PaidFrom,
    WorkingDays,
    check_calendar,
)

SEPTEMBER = Month(2026, 9)
FIRST_WEEK_OFF = frozenset(date(2026, 10, day) for day in range(1, 9))
PLAIN = CloseCalendar()


def october(day: int) -> date:
    return date(2026, 10, day)


def test_days_of_the_published_calendar() -> None:
    # 1 October 2026 is a Thursday.
    assert PLAIN.due_days(SEPTEMBER) == {
        CloseStage.PUSHED: october(7),
        CloseStage.SOFT_CLOSED: october(7),
        CloseStage.CLOSED: october(16),
        CloseStage.INVOICED: october(20),
        CloseStage.PAID: date(2026, 12, 8),  # 35 working days are seven weeks
    }


def test_both_readings_of_the_days_until_payment() -> None:
    from_invoice = replace(PLAIN, paid_from=PaidFrom.INVOICE)
    assert from_invoice.due_days(SEPTEMBER)[CloseStage.PAID] == date(2026, 12, 1)


def test_the_ninth_is_the_latest_after_holidays() -> None:
    rested = replace(PLAIN, working_days=WorkingDays(FIRST_WEEK_OFF))
    assert rested.due_days(SEPTEMBER)[CloseStage.PUSHED] == october(9)


def test_a_saturday_worked_in_exchange_counts() -> None:
    days = WorkingDays(FIRST_WEEK_OFF, worked=frozenset({october(10)}))
    assert [days.after(date(2026, 9, 30), number) for number in (1, 2, 3)] == [
        october(9),
        october(10),
        october(12),
    ]
    assert days.after(october(10), 0) == october(10)


def test_december_closes_in_the_next_year() -> None:
    assert PLAIN.due_days(Month(2026, 12))[CloseStage.INVOICED] == date(2027, 1, 20)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.integers(1, 60))
def test_working_days_add_up(day: date, first: int, more: int) -> None:
    days = WorkingDays(FIRST_WEEK_OFF, worked=frozenset({october(10)}))
    assert days.after(days.after(day, first), more) == days.after(day, first + more)
    assert days.is_worked(days.after(day, first))


def test_a_calendar_without_a_working_day_says_so() -> None:
    never = frozenset(october(1) + timedelta(days=number) for number in range(5_000))
    with pytest.raises(NoWorkingDay):
        WorkingDays(never).after(october(1), 1)


@pytest.mark.parametrize(
    ("stage", "wanted", "today", "code"),
    [
        (CloseStage.OPEN, CloseStage.PUSHED, 1, "settlement.late-data-awaited"),
        (CloseStage.OPEN, CloseStage.PUSHED, 2, None),
        (CloseStage.PUSHED, CloseStage.SOFT_CLOSED, 2, None),
        (CloseStage.SOFT_CLOSED, CloseStage.CLOSED, 15, "settlement.objections-run"),
        (CloseStage.SOFT_CLOSED, CloseStage.CLOSED, 16, None),
        (CloseStage.CLOSED, CloseStage.INVOICED, 16, None),
        (CloseStage.INVOICED, CloseStage.PAID, 16, None),
        (CloseStage.OPEN, CloseStage.CLOSED, 16, "settlement.stage-out-of-order"),
        (CloseStage.CLOSED, CloseStage.SOFT_CLOSED, 16, "settlement.stage-out-of-order"),
        (CloseStage.PAID, CloseStage.OPEN, 16, "settlement.stage-out-of-order"),
        (CloseStage.CLOSED, CloseStage.CLOSED, 1, None),
    ],
)
def test_a_month_goes_on_a_stage_at_a_time(
    stage: CloseStage, wanted: CloseStage, today: int, code: str | None
) -> None:
    problem = PLAIN.check_step(SEPTEMBER, stage=stage, wanted=wanted, today=october(today))
    assert (problem and problem.code) == code


def test_what_is_awaited_is_told_with_its_day() -> None:
    early = PLAIN.check_step(
        SEPTEMBER, stage=CloseStage.OPEN, wanted=CloseStage.PUSHED, today=october(1)
    )
    assert early is not None
    assert early.params == {
        "month": "2026-09",
        "stage": "open",
        "wanted": "pushed",
        "day": "2026-10-02",
    }


def test_what_is_late_is_named_from_the_next_day_on() -> None:
    def late(stage: CloseStage, day: date) -> CloseStage | None:
        return PLAIN.overdue(SEPTEMBER, stage=stage, today=day)

    assert late(CloseStage.OPEN, october(7)) is None
    assert late(CloseStage.OPEN, october(8)) is CloseStage.PUSHED
    assert late(CloseStage.SOFT_CLOSED, october(17)) is CloseStage.CLOSED
    assert late(CloseStage.PAID, date(2027, 12, 1)) is None


def test_partners_object_while_it_is_soft_closed() -> None:
    def may(stage: CloseStage, day: int) -> bool:
        return PLAIN.may_object(SEPTEMBER, stage=stage, today=october(day))

    assert may(CloseStage.SOFT_CLOSED, 15)
    assert not may(CloseStage.SOFT_CLOSED, 16)
    assert not may(CloseStage.PUSHED, 10)


@pytest.mark.parametrize(
    ("calendar", "codes"),
    [
        (PLAIN, []),
        (replace(PLAIN, invoice_by_day=31), ["settlement.calendar-day"]),
        (replace(PLAIN, push_working_days=0), ["settlement.calendar-day"]),
        (replace(PLAIN, push_by_day=16), ["settlement.calendar-order"]),
        (replace(PLAIN, late_data_days=9), ["settlement.calendar-order"]),
    ],
)
def test_a_calendar_that_cannot_be_kept_is_refused(
    calendar: CloseCalendar, codes: list[str]
) -> None:
    assert [own.code for own in check_calendar(calendar)] == codes
