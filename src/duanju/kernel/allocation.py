"""Dividing whole minor units so that the parts sum to the whole."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from math import lcm


class RoundingRule(StrEnum):
    """Who receives the minor units that a division leaves over."""

    LARGEST_REMAINDER = "largest_remainder"
    LARGEST_WEIGHT = "largest_weight"
    IN_ORDER = "in_order"
    RESIDUAL_PARTY = "residual_party"


def round_half_even(amount: Fraction) -> int:
    """Round an exact amount of minor units to a whole one, halves to the even neighbour.

    It is the rule for an amount that one party owes another, where nothing is divided.
    Source: ISO 80000-1:2022, annex B, rule A.

    >>> round_half_even(Fraction(5, 2)), round_half_even(Fraction(7, 2))
    (2, 4)
    """
    return round(amount)


def allocate(
    total_minor: int,
    exact: Mapping[str, Fraction],
    *,
    rule: RoundingRule = RoundingRule.LARGEST_REMAINDER,
    residual: str | None = None,
) -> dict[str, int]:
    """Round exact parts of a whole to minor units that sum to the whole.

    Every part is first rounded down; the units left over go out one each, by `rule`. Ties are
    broken by the order of `exact`, so the same input always gives the same answer. Every party ends
    within one unit of its exact part, except the residual party of `RESIDUAL_PARTY`.

    Args:
        total_minor: The whole, in minor units.
        exact: Party to exact part in minor units; the parts sum to `total_minor`.
        rule: Who receives what is left over.
        residual: The receiver, for `RoundingRule.RESIDUAL_PARTY` only.

    Returns:
        Party to whole minor units, in the order of `exact`; the values sum to `total_minor`.

    Raises:
        ValueError: The parts do not sum to the whole, or `residual` is not among the parties.

    >>> allocate(100, {"a": Fraction(100, 3), "b": Fraction(200, 3)})
    {'a': 33, 'b': 67}
    """
    # Over a common denominator all is whole numbers, which is several times as fast.
    whole = lcm(*(part.denominator for part in exact.values()))
    counts = {party: part.numerator * (whole // part.denominator) for party, part in exact.items()}
    if sum(counts.values()) != total_minor * whole:
        raise ValueError(f"the parts sum to {sum(exact.values(), Fraction(0))}, not {total_minor}")
    parts = {party: count // whole for party, count in counts.items()}
    left_minor = total_minor - sum(parts.values())
    if rule is RoundingRule.RESIDUAL_PARTY:
        if residual is None or residual not in parts:
            raise ValueError(f"{residual!r} is not one of the parties")
        parts[residual] += left_minor
    elif left_minor:
        for party in _receivers(counts, whole, rule)[:left_minor]:
            parts[party] += 1
    assert sum(parts.values()) == total_minor, "fen vanished in a division"
    return parts


def _receivers(counts: Mapping[str, int], whole: int, rule: RoundingRule) -> list[str]:
    fractional = [party for party, count in counts.items() if count % whole]
    if rule is RoundingRule.IN_ORDER:
        return fractional
    if rule is RoundingRule.LARGEST_WEIGHT:
        return sorted(fractional, key=lambda party: -counts[party])
    return sorted(fractional, key=lambda party: -(counts[party] % whole))
