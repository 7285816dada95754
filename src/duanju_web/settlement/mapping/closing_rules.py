"""Between how a platform closes, as kept, and the engine's calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from duanju.kernel import Money
from duanju.settlement import CloseCalendar, PaidFrom, WorkingDays
from duanju_web.settlement.models import ClosingRules

_NUMBERS = (
    "late_data_days",
    "push_working_days",
    "push_by_day",
    "objections_by_day",
    "invoice_by_day",
    "audit_working_days",
    "payment_working_days",
)


@dataclass(frozen=True, slots=True)
class Closing:
    """How a platform closes.

    Attributes:
        calendar: By when each stage is reached.
        second_above: Currency to the sum, in minor units, above which two people close; empty
            where one is enough.
    """

    calendar: CloseCalendar
    second_above: Mapping[str, int]

    def needs_second(self, totals: Mapping[str, int]) -> bool:
        """Say whether sums, in minor units by currency, are closed by two people.

        A currency for which no sum is set is asked of two, where any is set.
        """
        if not self.second_above:
            return False
        return any(abs(amount) > self.second_above.get(code, -1) for code, amount in totals.items())


def calendar_as_data(calendar: CloseCalendar) -> dict[str, Any]:
    """Return a calendar as the plain data that is kept."""
    return {
        **{name: getattr(calendar, name) for name in _NUMBERS},
        "paid_from": calendar.paid_from.value,
        "holidays": sorted(str(day) for day in calendar.working_days.holidays),
        "worked": sorted(str(day) for day in calendar.working_days.worked),
    }


def closing_of(rules: ClosingRules) -> Closing:
    """Return kept rules as values."""
    data = rules.calendar
    days = WorkingDays(
        holidays=frozenset(date.fromisoformat(day) for day in data["holidays"]),
        worked=frozenset(date.fromisoformat(day) for day in data["worked"]),
    )
    calendar = CloseCalendar(
        working_days=days,
        paid_from=PaidFrom(data["paid_from"]),
        **{name: data[name] for name in _NUMBERS},
    )
    limits = [Money(own["amount_minor"], own["currency"]) for own in rules.second_above]
    return Closing(calendar, {own.currency: own.amount_minor for own in limits})
