"""The same title, more or less successful."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from duanju.deals import MEASURES, Fact
from duanju.kernel import Month

SCALED = frozenset(
    {
        "effective_minutes",
        "member_minutes",
        "plays",
        "search_index",
        "unlock_income",
        "advert_income",
        "member_income",
        "sponsorship_income",
        "placement_income",
        "performance_advert_income",
        "sales_income",
        "sales_returns",
        "reported_income",
    }
)
"""Measures that grow with a title's success; costs, milestones, awards and pools do not."""

_WHOLE = "all_effective_minutes"
_PARTS = ("effective_minutes", "member_minutes")


def scale_facts(facts: Iterable[Fact], factor: Fraction) -> tuple[Fact, ...]:
    """Return facts of the same title had it done `factor` times as well.

    Quantities are rounded down to whole units, so that more success never means less. What all
    titles of the platform had grows by what the title had more, of which it stays a part.
    """
    given = tuple(facts)
    scaled = [
        replace(fact, quantity=_times(fact.quantity, factor)) if fact.measure in SCALED else fact
        for fact in given
    ]
    growth = _growth(given, scaled)
    for index, fact in enumerate(scaled):
        if fact.measure == _WHOLE and not fact.is_fraud and growth.get(fact.stretch.month):
            more = growth.pop(fact.stretch.month)
            scaled[index] = replace(fact, quantity=max(0, fact.quantity + more))
    return tuple(scaled)


def _growth(before: Sequence[Fact], after: Sequence[Fact]) -> dict[Month, int]:
    """Return by how much viewing grew each month: that of members is among that of all."""
    found: dict[Month, int] = {}
    for measure in _PARTS:
        own: dict[Month, int] = {}
        for old, new in zip(before, after, strict=True):
            if old.measure == measure and not old.is_fraud:
                month = old.stretch.month
                own[month] = own.get(month, 0) + new.quantity - old.quantity
        for month, more in own.items():
            found.setdefault(month, more)
    return found


def total_of(facts: Iterable[Fact], measure: str) -> int:
    """Return how much of a measure all facts hold together, in its integer unit.

    Raises:
        KeyError: There is no such measure.
    """
    name = MEASURES[measure].name
    return sum(fact.quantity for fact in facts if fact.measure == name and not fact.is_fraud)


def _times(quantity: int, factor: Fraction) -> int:
    return quantity * factor.numerator // factor.denominator
