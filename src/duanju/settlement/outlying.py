"""Amounts of a month that are unlike those of the months before, for whoever approves a close."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

HISTORY_MONTHS = 6
"""So many months before are looked at."""

UNLIKE_FACTOR = 2
"""An amount is unlike the usual one from this many times more or less of it on."""

NOTICEABLE_SHARE = Fraction(1, 1000)
"""A change below this share of all that the month brings in its currency is not pointed out."""


class Outlier(StrEnum):
    """How an amount is unlike those before."""

    FIRST = "first"
    NEGATIVE = "negative"
    NOTHING = "nothing"
    FAR_MORE = "far_more"
    FAR_LESS = "far_less"


def usual_minor(before: Sequence[int]) -> Fraction:
    """Return the median of amounts before, in minor units; at least one is there."""
    ordered = sorted(before)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)


def find_outlier(amount_minor: int, *, before: Sequence[int], month_minor: int) -> Outlier | None:
    """Return how an amount is unlike those before; None where it is like them.

    Args:
        amount_minor: What the month brings one party of one deal in a currency, minor units.
        before: What the months before brought, `HISTORY_MONTHS` at most; empty for a new deal.
        month_minor: What the month brings everybody in the currency, each without its sign.
    """
    if amount_minor < 0:
        return Outlier.NEGATIVE
    if not before:
        return Outlier.FIRST
    usual = usual_minor(before)
    change = abs(amount_minor - usual)
    if not change or change < NOTICEABLE_SHARE * month_minor:
        return None
    return _unlike(amount_minor, usual)


def _unlike(amount_minor: int, usual: Fraction) -> Outlier | None:
    if amount_minor == 0:
        return Outlier.NOTHING
    if amount_minor >= UNLIKE_FACTOR * usual:
        return Outlier.FAR_MORE
    return Outlier.FAR_LESS if UNLIKE_FACTOR * amount_minor <= usual else None
