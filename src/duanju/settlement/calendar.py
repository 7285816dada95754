"""When each step of a month's close is due, in working days as a platform counts them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from duanju.kernel import Month, Problem

WEEKEND = frozenset({5, 6})
"""Saturday and Sunday, as `date.weekday` numbers them."""

DAYS_AHEAD_MAX = 4_000
"""A calendar without a working day for so long was miscopied."""


class NoWorkingDay(ValueError):
    """The calendar holds no working day where one is needed."""

    code = "settlement.no-working-day"


class CloseStage(StrEnum):
    """How far a month has come; it only goes on, a stage at a time."""

    OPEN = "open"
    PUSHED = "pushed"
    SOFT_CLOSED = "soft_closed"
    CLOSED = "closed"
    INVOICED = "invoiced"
    PAID = "paid"

    @property
    def following(self) -> "CloseStage | None":
        """The stage after it; `None` after the last."""
        stages = list(CloseStage)
        place = stages.index(self) + 1
        return stages[place] if place < len(stages) else None


class PaidFrom(StrEnum):
    """From when the working days until payment are counted; published calendars leave it open."""

    INVOICE = "invoice"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked.

    Attributes:
        holidays: Days off beside weekends.
        worked: Days of weekends that are worked in exchange.
    """

    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_worked(self, day: date) -> bool:
        """Say whether a day is worked."""
        if day in self.worked:
            return True
        return day.weekday() not in WEEKEND and day not in self.holidays

    def after(self, day: date, number: int) -> date:
        """Return the working day that many working days after a day; the day itself for 0.

        Raises:
            NoWorkingDay: The calendar has none for years.
        """
        if number == 0:
            return day
        found = next(islice(self._from(day + timedelta(days=1)), number - 1, None), None)
        if found is None:
            raise NoWorkingDay(str(day))
        return found

    def _from(self, first: date) -> Iterator[date]:
        days = (first + timedelta(days=number) for number in range(DAYS_AHEAD_MAX))
        return (day for day in days if self.is_worked(day))


@dataclass(frozen=True, slots=True)
class CloseCalendar:
    """A platform's calendar, in days of the month after the one that is closed.

    The defaults are iQIYI's, as the press tells them: data in the first working week and by the
    9th, objections by the 15th, invoices by the 20th, an audit of 5 working days, payment within
    30 working days.

    Attributes:
        working_days: Which days are worked.
        late_data_days: So many days after the month's end its events are waited for.
        push_working_days: Data are pushed within so many working days of the next month.
        push_by_day: And by that day of it at the latest.
        objections_by_day: Last day on which a line can be disputed.
        invoice_by_day: Last day for invoices.
        audit_working_days: How long an invoice is looked at.
        payment_working_days: Within how many working days it is paid.
        paid_from: From when these are counted.
    """

    working_days: WorkingDays = WorkingDays()
    late_data_days: int = 1
    push_working_days: int = 5
    push_by_day: int = 9
    objections_by_day: int = 15
    invoice_by_day: int = 20
    audit_working_days: int = 5
    payment_working_days: int = 30
    paid_from: PaidFrom = PaidFrom.AUDIT

    def watermark(self, month: Month) -> date:
        """Return the first day on which a month's late events are no longer waited for."""
        return _day_of(month.next(), 1) + timedelta(days=self.late_data_days)

    def due_days(self, month: Month) -> Mapping[CloseStage, date]:
        """Return the last day on which a month is to reach each stage.

        Data, once pushed, are looked at until objections end; so a month is soft-closed with the
        push, and closed on the first working day after the objections.
        """
        following = month.next()
        before = _day_of(following, 1) - timedelta(days=1)
        worked = self.working_days.after(before, self.push_working_days)
        pushed = min(worked, _day_of(following, self.push_by_day))
        objections = _day_of(following, self.objections_by_day)
        invoiced = _day_of(following, self.invoice_by_day)
        audit = self.audit_working_days if self.paid_from is PaidFrom.AUDIT else 0
        paid = self.working_days.after(invoiced, audit + self.payment_working_days)
        return {
            CloseStage.PUSHED: pushed,
            CloseStage.SOFT_CLOSED: pushed,
            CloseStage.CLOSED: self.working_days.after(objections, 1),
            CloseStage.INVOICED: invoiced,
            CloseStage.PAID: paid,
        }

    def overdue(self, month: Month, *, stage: CloseStage, today: date) -> CloseStage | None:
        """Return the stage that a month should have reached by now and has not, if there is one."""
        due = self.due_days(month)
        following = stage.following
        return following if following is not None and due[following] < today else None

    def check_step(
        self, month: Month, *, stage: CloseStage, wanted: CloseStage, today: date
    ) -> Problem | None:
        """Return why a month cannot go on to a stage today; `None` where it can.

        A month that is there already can be asked again: the same command ends the same way.

        Args:
            month: Which.
            stage: Where it is.
            wanted: Where it is to go.
            today: In the platform's zone.
        """
        params = {"month": str(month), "stage": stage.value, "wanted": wanted.value}
        if wanted is stage:
            return None
        if wanted is not stage.following:
            return Problem("settlement.stage-out-of-order", params=params)
        watermark, objections = self.watermark(month), self.objections_end(month)
        if wanted is CloseStage.PUSHED and today < watermark:
            return Problem("settlement.late-data-awaited", params={**params, "day": str(watermark)})
        if wanted is CloseStage.CLOSED and today <= objections:
            return Problem("settlement.objections-run", params={**params, "day": str(objections)})
        return None

    def may_object(self, month: Month, *, stage: CloseStage, today: date) -> bool:
        """Say whether a partner may dispute a line of a month today."""
        return stage is CloseStage.SOFT_CLOSED and today <= self.objections_end(month)

    def objections_end(self, month: Month) -> date:
        """Return the last day on which a line of a month can be disputed."""
        return _day_of(month.next(), self.objections_by_day)


def check_calendar(calendar: CloseCalendar) -> tuple[Problem, ...]:
    """Return all that is wrong with a calendar: days that no month has, or in a wrong order."""
    days = (calendar.push_by_day, calendar.objections_by_day, calendar.invoice_by_day)
    counts = (
        calendar.late_data_days,
        calendar.audit_working_days,
        calendar.push_working_days - 1,
        calendar.payment_working_days - 1,
    )
    problems = []
    if not all(1 <= day <= 28 for day in days) or not all(0 <= own <= 365 for own in counts):
        problems.append(Problem("settlement.calendar-day"))
    if sorted(set(days)) != list(days) or calendar.late_data_days >= calendar.push_by_day:
        problems.append(Problem("settlement.calendar-order"))
    return tuple(problems)


def _day_of(month: Month, day: int) -> date:
    return date(month.year, month.number, day)
