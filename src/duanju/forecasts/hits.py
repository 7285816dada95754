"""Hits are rare: factors by which titles do better or worse than the one in the middle.

Factors are lognormal, as incomes of films and series are. Two published figures fix the shape:
which part of projects loses money, and which part of all income the best ones bring. Source: the
trade's figures in `policies/README.md`: 80% to 90% of projects lose money, and the top 5% bring 60%
to 70% (said of payers; that titles are as unequal is an assumption, and so a parameter).
"""

import math
import random
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

TOP_PART = Fraction(5, 100)
"""The part of titles that `top_share` speaks of."""

FACTOR_DIGITS = 6
"""Digits after the point of a factor, so that another machine's last bit changes nothing."""

RUNS_MAX = 20_000
"""Most draws of one forecast."""

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class HitShape:
    """How unequal titles are.

    Attributes:
        loss_share: Part of titles that stay below break-even, between 0 and 1.
        top_share: Part of all income that the best 5% of titles bring, 0.05 to below 1.
    """

    loss_share: Fraction = Fraction(85, 100)
    top_share: Fraction = Fraction(65, 100)

    def __post_init__(self) -> None:
        """Refuse shapes that no lognormal has."""
        if not 0 < self.loss_share < 1:
            raise ValueError(f"loss_share is {self.loss_share}, not between 0 and 1")
        if not TOP_PART <= self.top_share < 1:
            raise ValueError(f"top_share is {self.top_share}, not from {TOP_PART} to below 1")

    @property
    def spread(self) -> float:
        """Standard deviation of the logarithm.

        Of a lognormal the top part q brings the share N(spread - z), where z is the normal quantile
        of 1 - q; solved for the spread.
        """
        quantile = _NORMAL.inv_cdf(float(1 - TOP_PART))
        return max(0.0, quantile + _NORMAL.inv_cdf(float(self.top_share)))

    @property
    def break_even_factor(self) -> Fraction:
        """The factor below which `loss_share` of titles stay, where the middle title's is 1."""
        return _rounded(math.exp(self.spread * _NORMAL.inv_cdf(float(self.loss_share))))


def draw_factors(*, shape: HitShape, runs: int, seed: int) -> tuple[Fraction, ...]:
    """Draw by how much titles do better or worse than the middle one, whose factor is 1.

    The draws are stratified: one from each of `runs` equally likely strata, in random order, so
    that a few hundred already show the tails.

    Args:
        shape: How unequal titles are.
        runs: How many draws, 1 to `RUNS_MAX`.
        seed: The same seed gives the same draws.

    Returns:
        Positive factors with six digits after the point, in the order drawn.

    Raises:
        ValueError: `runs` is out of range.

    >>> draw_factors(shape=HitShape(), runs=3, seed=1) == draw_factors(
    ...     shape=HitShape(), runs=3, seed=1
    ... )
    True
    """
    if not 1 <= runs <= RUNS_MAX:
        raise ValueError(f"runs is {runs}, not from 1 to {RUNS_MAX}")
    chance = random.Random(seed)
    strata = list(range(runs))
    chance.shuffle(strata)
    return tuple(
        _rounded(math.exp(shape.spread * _NORMAL.inv_cdf(_inside(stratum, chance, runs))))
        for stratum in strata
    )


def _inside(stratum: int, chance: random.Random, runs: int) -> float:
    """Return a probability within a stratum, never 0 or 1."""
    return min(max((stratum + chance.random()) / runs, 1e-12), 1 - 1e-12)


def _rounded(factor: float) -> Fraction:
    scale = 10**FACTOR_DIGITS
    return Fraction(max(1, round(factor * scale)), scale)
