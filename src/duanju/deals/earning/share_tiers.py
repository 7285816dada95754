"""Shares that change at thresholds: a base divided among tiers, exactly where they meet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from duanju.deals.clauses import Reading, RevenueShare
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.measures import MEASURES, Unit
from duanju.kernel import ProofStep

_ZERO = Fraction(0)
_Inputs = dict[str, Fraction | str]


@dataclass(frozen=True, slots=True)
class FilledTier:
    """A tier with every number filled in.

    Attributes:
        threshold: In the integer unit of what is counted; of the base, in minor units.
        inclusive: Whether the threshold itself belongs to this tier.
        shares: Role to share of the base.
    """

    threshold: Fraction
    inclusive: bool
    shares: Mapping[str, Fraction]

    def is_reached(self, counted: Fraction) -> bool:
        """Say whether so much is in this tier or beyond."""
        return counted > self.threshold or (self.inclusive and counted == self.threshold)


@dataclass(frozen=True, slots=True)
class Portioned:
    """A part of the base that lies in one tier, as a formula and what it comes to."""

    code: str
    tier: FilledTier
    formula: str
    inputs: _Inputs
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Tiering:
    """How a base is divided among tiers.

    Attributes:
        tiers: Rising; the first begins at nothing.
        reading: Marginal, or the whole by the highest tier reached.
        is_by_base: Whether the thresholds are thresholds of the base itself.
        currency: ISO 4217 code.
    """

    tiers: tuple[FilledTier, ...]
    reading: Reading
    is_by_base: bool
    currency: str

    @classmethod
    def of(cls, clause: RevenueShare, evaluation: Evaluation, currency: str) -> "Tiering":
        """Return the tiers of a clause, below which its own shares hold."""
        first = {role: evaluation.number(share) for role, share in clause.shares.items()}
        tiers = [FilledTier(_ZERO, inclusive=True, shares=first)]
        for tier in clause.share_tiers:
            shares = {role: evaluation.number(share) for role, share in tier.shares.items()}
            threshold = _threshold(clause, evaluation, currency, evaluation.number(tier.threshold))
            tiers.append(FilledTier(threshold, tier.inclusive, shares))
        reading = Reading(evaluation.word(clause.reading))
        return cls(tuple(tiers), reading, clause.tiers_by is None, currency)

    def divide(self, role: str, base: Fraction, counted: Fraction) -> Iterator[ProofStep]:
        """Yield a role's share of each part of a base.

        Args:
            role: Whose share.
            base: Minor units; what refunds brought below nothing is in the first tier.
            counted: What the thresholds are thresholds of.
        """
        for portion in self._portions(base, counted):
            share = portion.tier.shares[role]
            inputs: _Inputs = {"role": role, "share": share, **portion.inputs}
            yield ProofStep(
                code=portion.code,
                formula=f"{portion.formula} * share",
                inputs=inputs,
                result=portion.amount * share,
                unit="minor",
                currency=self.currency,
            )

    def _portions(self, base: Fraction, counted: Fraction) -> Sequence[Portioned]:
        if self.reading is Reading.WHOLE_AMOUNT:
            reached = [tier for tier in self.tiers if tier.is_reached(counted)]
            tier = reached[-1] if reached else self.tiers[0]
            return [self._whole(tier, base, counted)]
        if not self.is_by_base and counted <= 0:
            return [self._whole(self.tiers[0], base, counted)]
        return list(self._by_base(base) if self.is_by_base else self._by_count(base, counted))

    def _whole(self, tier: FilledTier, base: Fraction, counted: Fraction) -> Portioned:
        inputs: _Inputs = {"base_minor": base, "counted": counted, "threshold": tier.threshold}
        code = "whole_base_share" if self.is_by_base else "whole_counted_share"
        return Portioned(code, tier, "base_minor", inputs, base)

    def _by_base(self, base: Fraction) -> Iterator[Portioned]:
        for tier, above, upto in self._within(base):
            inputs: _Inputs = {"upto_minor": upto, "above_minor": above}
            formula = "(upto_minor - above_minor)"
            yield Portioned("base_tier_share", tier, formula, inputs, upto - above)

    def _by_count(self, base: Fraction, counted: Fraction) -> Iterator[Portioned]:
        """Yield the base divided as the tiers divide the count."""
        for tier, above, upto in self._within(counted):
            inputs: _Inputs = {
                "base_minor": base,
                "upto": upto,
                "above": above,
                "counted": counted,
            }
            formula = "base_minor * (upto - above) / counted"
            amount = base * (upto - above) / counted
            yield Portioned("counted_tier_share", tier, formula, inputs, amount)

    def _within(self, counted: Fraction) -> Iterator[tuple[FilledTier, Fraction, Fraction]]:
        """Yield each tier that a count enters, with from where to where it is in it."""
        untils = [tier.threshold for tier in self.tiers[1:]]
        for tier, until in zip(self.tiers, [*untils, None], strict=True):
            if tier.threshold > 0 and counted <= tier.threshold:
                return
            upto = counted if until is None else min(counted, until)
            yield tier, tier.threshold, upto


def _threshold(
    clause: RevenueShare, evaluation: Evaluation, currency: str, threshold: Fraction
) -> Fraction:
    if clause.tiers_by is None or MEASURES[clause.tiers_by.measure].unit is Unit.MINOR:
        return evaluation.minor(threshold, currency)
    return threshold * MEASURES[clause.tiers_by.measure].per_term_unit
