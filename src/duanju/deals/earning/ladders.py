"""Tiers with every parameter filled in, and what lies in each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from duanju.deals.clauses import Tier
from duanju.deals.earning.evaluation import Evaluation

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Rung:
    """One tier of a ladder.

    Attributes:
        threshold: From where on; the first is 0.
        until: Where the next begins; `None` for the last.
        inclusive: Whether the threshold itself belongs to this tier.
        rate: What is paid in it.
    """

    threshold: Fraction
    until: Fraction | None
    inclusive: bool
    rate: Fraction

    def portion(self, measured: Fraction) -> Fraction:
        """Return how much of a measure lies in this tier; less than nothing lies in the first."""
        upper = measured if self.until is None else min(measured, self.until)
        return upper - self.threshold if upper > self.threshold or not self.threshold else _ZERO

    def is_reached(self, measured: Fraction) -> bool:
        """Say whether a measure comes to this tier."""
        return measured > self.threshold or (self.inclusive and measured == self.threshold)


@dataclass(frozen=True, slots=True)
class Ladder:
    """All tiers of a clause, rising."""

    rungs: tuple[Rung, ...]

    @classmethod
    def of(cls, tiers: Sequence[Tier], evaluation: Evaluation) -> "Ladder":
        """Fill the parameters in."""
        untils = [*(tier.threshold for tier in tiers[1:]), None]
        return cls(
            tuple(
                Rung(tier.threshold, until, tier.inclusive, evaluation.number(tier.rate))
                for tier, until in zip(tiers, untils, strict=True)
            )
        )

    def reached(self, measured: Fraction) -> Rung:
        """Return the highest tier that a measure comes to; the first for all below it."""
        highest = self.rungs[0]
        for rung in self.rungs[1:]:
            if rung.is_reached(measured):
                highest = rung
        return highest

    def portions(self, measured: Fraction) -> tuple[Fraction, ...]:
        """Return how much of a measure lies in each tier."""
        return tuple(rung.portion(measured) for rung in self.rungs)
