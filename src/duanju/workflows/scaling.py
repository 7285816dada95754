"""The same title, more or less successful."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from duanju.deals import MEASURES, Fact

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


def scale_facts(facts: Iterable[Fact], factor: Fraction) -> tuple[Fact, ...]:
    """Return facts of the same title had it done `factor` times as well.

    Quantities are rounded down to whole units, so that more success never means less.
    """
    return tuple(
        replace(fact, quantity=_times(fact.quantity, factor)) if fact.measure in SCALED else fact
        for fact in facts
    )


def total_of(facts: Iterable[Fact], measure: str) -> int:
    """Return how much of a measure all facts hold together, in its integer unit.

    Raises:
        KeyError: There is no such measure.
    """
    name = MEASURES[measure].name
    return sum(fact.quantity for fact in facts if fact.measure == name and not fact.is_fraud)


def _times(quantity: int, factor: Fraction) -> int:
    return quantity * factor.numerator // factor.denominator
