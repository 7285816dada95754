"""What a tiered rate comes to, with its proof."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from duanju.deals.clauses import Reading, Reset, Scope, TieredRate
from duanju.deals.earning.entitlement import Entitlement, EntitlementKind
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.facts import in_term_units
from duanju.deals.measures import MEASURES
from duanju.kernel import Month, ProofStep, currency


@dataclass(frozen=True, slots=True)
class _Step:
    threshold: Fraction
    inclusive: bool
    rate: Fraction

    def is_reached(self, measured: Fraction) -> bool:
        return measured > self.threshold or (self.inclusive and measured == self.threshold)


@dataclass(frozen=True, slots=True)
class _Rate:
    """A tiered rate with every parameter filled in."""

    clause: TieredRate
    currency: str
    reading: Reading
    steps: tuple[_Step, ...]

    @classmethod
    def of(cls, clause: TieredRate, evaluation: Evaluation) -> "_Rate":
        steps = tuple(
            _Step(tier.threshold, tier.inclusive, evaluation.number(tier.rate))
            for tier in clause.tiers
        )
        reading = Reading(evaluation.word(clause.reading))
        return cls(clause, evaluation.word(clause.currency), reading, steps)

    def earned(self, quantities: Mapping[Month, int]) -> ProofStep:
        """Return what the quantities of all months earn together."""
        if self.clause.reset is Reset.NEVER:
            return self._amount("tiered_rate", sum(quantities.values()), {})
        months = [
            self._amount("month", quantity, {"month": str(month)})
            for month, quantity in quantities.items()
        ]
        return self._sum("tiered_rate", "month", months, {})

    def _amount(self, code: str, quantity: int, inputs: Mapping[str, str]) -> ProofStep:
        measured = self._measured(quantity)
        if self.reading is Reading.WHOLE_AMOUNT:
            parts = [self._whole_amount(measured.result)]
        else:
            parts = list(self._tiers(measured.result))
        return self._sum(code, "tier", [measured, *parts], inputs)

    def _measured(self, quantity: int) -> ProofStep:
        measure = MEASURES[self.clause.counted.measure]
        return ProofStep(
            code="measured",
            formula="quantity / per_unit",
            inputs={
                "measure": measure.name,
                "quantity": Fraction(quantity),
                "per_unit": Fraction(measure.per_term_unit),
            },
            result=in_term_units(quantity, measure.name),
            unit=measure.term_unit,
        )

    def _tiers(self, measured: Fraction) -> Iterator[ProofStep]:
        """Yield what lies in each tier, at that tier's own rate."""
        untils = [step.threshold for step in self.steps[1:]]
        for step, until in zip(self.steps, [*untils, None], strict=True):
            if step.threshold > 0 and measured <= step.threshold:
                return
            full = until is not None and measured >= until
            upper = {"until": until} if full and until is not None else {"measured": measured}
            formula = f"({next(iter(upper))} - above) / per * rate * minor_per_major"
            yield self._tier(formula, step, upper | {"above": step.threshold})

    def _whole_amount(self, measured: Fraction) -> ProofStep:
        """Return the whole at the rate of the highest tier that it reaches."""
        reached = [step for step in self.steps if step.is_reached(measured)] or [self.steps[0]]
        formula = "measured / per * rate * minor_per_major"
        return self._tier(formula, reached[-1], {"measured": measured}, reading="whole_amount")

    def _tier(
        self, formula: str, step: _Step, inputs: Mapping[str, Fraction], reading: str = "marginal"
    ) -> ProofStep:
        scale = Fraction(currency(self.currency).minor_per_major)
        portion = inputs.get("until", inputs.get("measured", Fraction(0)))
        portion -= inputs.get("above", Fraction(0))
        return ProofStep(
            code="tier",
            formula=formula,
            inputs={
                **inputs,
                "reading": reading,
                "threshold": step.threshold,
                "per": self.clause.per,
                "rate": step.rate,
                "minor_per_major": scale,
            },
            result=portion / self.clause.per * step.rate * scale,
            unit="minor",
            currency=self.currency,
        )

    def _sum(
        self, code: str, summed: str, steps: Sequence[ProofStep], inputs: Mapping[str, str]
    ) -> ProofStep:
        return ProofStep(
            code=code,
            formula=f"sum({summed})",
            inputs={"clause": self.clause.id, **inputs},
            result=sum((step.result for step in steps if step.code == summed), Fraction(0)),
            unit="minor",
            currency=self.currency,
            steps=tuple(steps),
        )


def entitle_tiered_rate(clause: TieredRate, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield what the payee has earned: a title each, or once where titles count together."""
    rate = _Rate.of(clause, evaluation)
    for title_id in evaluation.title_ids(clause.scope):
        quantities = evaluation.by_month(clause.counted, title_id, clause.term)
        proof = rate.earned(quantities)
        if clause.scope is Scope.STUDIO:
            together = evaluation.studio_by_month(clause.counted)
            proof = _studio_part(rate, quantities, together)
        yield _entitlement(rate, evaluation, title_id, quantities, proof)


def _studio_part(rate: _Rate, own: Mapping[Month, int], together: Mapping[Month, int]) -> ProofStep:
    """Return the terms' part, by quantity, of what all the studio's titles earn together."""
    whole = rate.earned(together)
    own_quantity, all_quantity = sum(own.values()), sum(together.values())
    if all_quantity == 0:
        return whole
    return ProofStep(
        code="studio_part",
        formula="sum(tiered_rate) * own / all",
        inputs={"own": Fraction(own_quantity), "all": Fraction(all_quantity)},
        result=whole.result * own_quantity / all_quantity,
        unit="minor",
        currency=rate.currency,
        steps=(whole,),
    )


def _entitlement(
    rate: _Rate,
    evaluation: Evaluation,
    title_id: str,
    quantities: Mapping[Month, int],
    proof: ProofStep,
) -> Entitlement:
    clause = rate.clause
    return Entitlement(
        party=evaluation.party(clause.payee),
        payer=evaluation.party(clause.payer),
        clause_id=clause.id,
        title_id=title_id,
        currency=rate.currency,
        amount=proof.result,
        measure=clause.counted.measure,
        quantity=sum(quantities.values()),
        kind=EntitlementKind.SHARE,
        name=clause.payee,
        proof=proof,
    )
