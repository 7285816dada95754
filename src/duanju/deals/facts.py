"""What happened, summed: the only thing that terms are applied to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from fractions import Fraction
from functools import cache

from duanju.deals.measures import MEASURES, Unit
from duanju.kernel import Month, Period


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Days `starts_on <= day < ends_on` of one calendar month in the platform's own zone."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        """Refuse a stretch that is empty or reaches over the end of its month."""
        if not self.starts_on < self.ends_on:
            raise ValueError(f"a stretch from {self.starts_on} to {self.ends_on} holds no day")
        if self.ends_on > month_ends_on(self.month):
            raise ValueError(f"{self.starts_on} to {self.ends_on} is not within one month")

    @classmethod
    def of_month(cls, month: Month) -> "Stretch":
        """Return the stretch that a whole month is."""
        return cls(date(month.year, month.number, 1), month_ends_on(month))

    @property
    def month(self) -> Month:
        """The month in which it lies."""
        return month_of(self.starts_on)

    def __str__(self) -> str:
        return f"{self.starts_on}/{self.ends_on}"

    def period(self, zone: tzinfo) -> Period:
        """Return its moments, from midnight to midnight in a zone."""
        return Period(_midnight(self.starts_on, zone), _midnight(self.ends_on, zone))


@dataclass(frozen=True, slots=True)
class Fact:
    """How much of a measure one title had in one stretch: a whole, never an increment.

    The same fact twice is one fact. Two facts that differ only in `quantity` contradict.

    Attributes:
        measure: A key of `MEASURES`.
        title_id: The title that it is about.
        stretch: The days that it covers.
        quantity: How much, in `unit`; negative only where refunds exceed income.
        unit: The unit of the measure.
        currency: ISO 4217 code for money, else empty.
        channel: Where viewers paid or watched: `web`, `wechat_android`; may be empty.
        territory: ISO 3166-1 code of where they did; may be empty.
        medium: `vertical`, `horizontal`, `mini_programme`; may be empty.
        window: The premiere window: `premiere`, `catalogue`; may be empty.
        item: The milestone, role or report, for measures that need one; else empty.
        over_seconds: Of plays, from how many seconds on they were counted; else 0.
        is_fraud: Whether it tells which part of the same quantity was found to be fraudulent. That
            part stays in the other fact, and is taken off by the terms.
    """

    measure: str
    title_id: str
    stretch: Stretch
    quantity: int
    unit: Unit
    currency: str = ""
    channel: str = ""
    territory: str = ""
    medium: str = ""
    window: str = ""
    item: str = ""
    over_seconds: int = 0
    is_fraud: bool = False

    @property
    def subject(self) -> tuple[str, str, str, str, str, str, str, str, int, bool]:
        """What it is about, apart from when."""
        return (
            self.measure,
            self.title_id,
            self.currency,
            self.channel,
            self.territory,
            self.medium,
            self.window,
            self.item,
            self.over_seconds,
            self.is_fraud,
        )


def month_ends_on(month: Month) -> date:
    """Return the first day after a month."""
    after = month.next()
    return date(after.year, after.number, 1)


def month_of(day: date) -> Month:
    """Return the month in which a day lies."""
    return _month(day.year, day.month)


def in_term_units(quantity: int, measure: str) -> Fraction:
    """Return a fact's quantity in the unit that terms speak of, exactly.

    >>> in_term_units(90_000, "effective_minutes")
    Fraction(3, 2)
    """
    return Fraction(quantity, MEASURES[measure].per_term_unit)


def distinct_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return every fact once, in a stable order that does not depend on the given one.

    The order is that of their first days.
    """
    distinct = {
        (fact.stretch.starts_on, fact.stretch.ends_on, fact.subject, fact.quantity, fact.unit): fact
        for fact in facts
    }
    return tuple(distinct[place] for place in sorted(distinct))


@cache
def _month(year: int, number: int) -> Month:
    return Month(year, number)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
