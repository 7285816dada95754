"""What terms can count."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

HEAT_DAYS = 7
"""Days whose plays are averaged to a heat; its quantity is their sum, so that it is whole."""


class Unit(StrEnum):
    """What a fact's integer counts."""

    MILLISECOND = "ms"
    MINOR = "minor"
    COUNT = "count"


class Aggregate(StrEnum):
    """How the quantities of several stretches make one.

    `sum` adds them up; `highest` takes the largest, for what is a level and no flow; `heat` takes
    the highest seven-day average of daily quantities, in a month the highest of weeks that end in
    it; days before the deal, and days without facts, are 0.
    """

    SUM = "sum"
    HIGHEST = "highest"
    HEAT = "heat"


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that terms can count.

    Attributes:
        name: Its name in terms and facts.
        unit: What the integers of its facts count.
        term_unit: What the numbers of terms count: `minute`, `minor` or `count`.
        per_term_unit: How many of `unit` make one of `term_unit`.
        aggregate: How several stretches make one quantity.
        of: The measure whose facts it is made of; its own, but for `heat`, made of `plays`.
        is_platform_wide: Whether its facts are about no title: their `title_id` is empty, and they
            are handed to every deal.
        needs_item: What a fact's `item` names: `milestone`, `role`, `report`; empty for nothing.
    """

    name: str
    unit: Unit
    term_unit: str
    per_term_unit: int = 1
    aggregate: Aggregate = Aggregate.SUM
    of: str = ""
    is_platform_wide: bool = False
    needs_item: str = ""

    @property
    def facts_of(self) -> str:
        """The name under which its facts come."""
        return self.of or self.name


def _income(name: str) -> Measure:
    return Measure(name, Unit.MINOR, "minor")


def _minutes(name: str, *, is_platform_wide: bool = False) -> Measure:
    return Measure(name, Unit.MILLISECOND, "minute", 60_000, is_platform_wide=is_platform_wide)


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        measure.name: measure
        for measure in (
            _minutes("effective_minutes"),
            _minutes("member_minutes"),
            _minutes("all_effective_minutes", is_platform_wide=True),
            _minutes("finished_minutes"),
            Measure("plays", Unit.COUNT, "count"),
            Measure("heat", Unit.COUNT, "count", HEAT_DAYS, aggregate=Aggregate.HEAT, of="plays"),
            Measure("search_index", Unit.COUNT, "count", aggregate=Aggregate.HIGHEST),
            _income("unlock_income"),
            _income("advert_income"),
            _income("member_income"),
            Measure("member_pool", Unit.MINOR, "minor", is_platform_wide=True),
            _income("sponsorship_income"),
            _income("placement_income"),
            _income("performance_advert_income"),
            _income("sales_income"),
            _income("sales_returns"),
            Measure("reported_income", Unit.MINOR, "minor", needs_item="report"),
            _income("production_cost"),
            _income("traffic_cost"),
            _income("tax"),
            Measure("investment", Unit.MINOR, "minor", needs_item="role"),
            Measure("award", Unit.MINOR, "minor", needs_item="role"),
            Measure("milestone", Unit.COUNT, "count", needs_item="milestone"),
        )
    }
)
"""The measures that exist, by name."""

INCOMES = frozenset(name for name in MEASURES if name.endswith("_income"))
"""The measures that a distribution can divide."""
