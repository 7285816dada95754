"""What is taken from an income before it is divided, in order, with its proofs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from duanju.deals.clauses import AFTER, CHANNEL_ROLE, Deduction, RevenueShare
from duanju.deals.earning.evaluation import Evaluation
from duanju.kernel import Party, ProofStep

_ZERO = Fraction(0)
_Inputs = dict[str, Fraction | str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What deductions are taken from and what they depend on, all since the start.

    Attributes:
        income_by_channel: Minor units, net of refunds, in the order of the channels' names.
        costs: By the name of the deduction, in minor units.
        recouped: By the name of the deduction, what the clause that it recoups has paid.
    """

    income_by_channel: Mapping[str, int]
    costs: Mapping[str, int] = field(default_factory=dict)
    recouped: Mapping[str, ProofStep] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """One deduction, as taken from one channel or from all that is left.

    Attributes:
        name: The deduction's name.
        receiver: Who receives it.
        step: Why it is what it is.
    """

    name: str
    receiver: Party
    step: ProofStep


@dataclass(frozen=True, slots=True)
class Deducting:
    """A clause's deductions, with every number filled in where it is needed."""

    clause: RevenueShare
    evaluation: Evaluation
    currency: str

    def take(self, standing: Standing) -> Iterator[Taken]:
        """Yield every deduction in order: those by channel first, each channel by itself.

        A rate applies to what refunds leave, even below zero. A cost, and what is recouped, is
        never negative, and never more than what is left.
        """
        by_channel = [own for own in self.clause.deductions if own.rate_by_channel]
        remaining = _ZERO
        for channel, income in standing.income_by_channel.items():
            left = Fraction(income)
            for deduction in by_channel:
                taken = self._from_channel(deduction, channel, left, Fraction(income))
                left -= taken.step.result
                yield taken
            remaining += left
        gross = Fraction(sum(standing.income_by_channel.values()))
        for deduction in self.clause.deductions:
            if not deduction.rate_by_channel:
                taken = self._from_all(deduction, standing, remaining, gross)
                remaining -= taken.step.result
                yield taken

    def base(self, incomes: Sequence[ProofStep], taken: Sequence[Taken]) -> ProofStep:
        """Return what the shares are shares of."""
        before = set(self._names_before_base())
        counted = [own.step for own in taken if own.name in before]
        codes = dict.fromkeys(step.code for step in counted)
        formula = " - ".join(["sum(income)", *(f"sum({code})" for code in codes)])
        result = total(incomes) - total(counted)
        inputs: _Inputs = {"base": self.clause.base}
        return self._step("base", formula, inputs, result, (*incomes, *counted))

    def income(self, channel: str, income: int) -> ProofStep:
        """Return a channel's income as a step of a proof."""
        amount = Fraction(income)
        return self._step("income", "amount", {"amount": amount, "channel": channel}, amount)

    def _names_before_base(self) -> Iterator[str]:
        if not self.clause.base.startswith(AFTER):
            return
        for deduction in self.clause.deductions:
            yield deduction.name
            if self.clause.base == AFTER + deduction.name:
                return

    def _from_channel(
        self, deduction: Deduction, channel: str, left: Fraction, gross: Fraction
    ) -> Taken:
        rate = self.evaluation.number(deduction.rate_by_channel[channel])
        inputs: _Inputs = {
            "remaining": left,
            "rate": rate,
            "deduction": deduction.name,
            "channel": channel,
        }
        step = self._capped(deduction, gross, "deduction", "remaining * rate", inputs, left * rate)
        if deduction.receiver == CHANNEL_ROLE:
            return Taken(deduction.name, Party(CHANNEL_ROLE, channel), step)
        return Taken(deduction.name, self.evaluation.party(deduction.receiver), step)

    def _from_all(
        self, deduction: Deduction, standing: Standing, left: Fraction, gross: Fraction
    ) -> Taken:
        inputs: _Inputs = {"deduction": deduction.name, "remaining": left}
        steps: tuple[ProofStep, ...] = ()
        if deduction.rate is not None:
            rate = self.evaluation.number(deduction.rate)
            inputs["rate"] = rate
            code, formula, result = "flat_deduction", "remaining * rate", left * rate
        else:
            code, name, amount = "cost_deduction", "cost_minor", _ZERO
            if deduction.cost is not None:
                amount = Fraction(standing.costs.get(deduction.name, 0))
                inputs["cost_minor"] = amount
            elif deduction.name in standing.recouped:
                code, name = "recouped_deduction", "sum(earned)"
                steps = (standing.recouped[deduction.name],)
                amount = steps[0].result
            inputs["nothing_minor"] = _ZERO
            formula = f"max(nothing_minor, min({name}, remaining))"
            result = max(_ZERO, min(amount, left))
        step = self._capped(deduction, gross, code, formula, inputs, result, steps)
        return Taken(deduction.name, self.evaluation.party(deduction.receiver), step)

    def _capped(
        self,
        deduction: Deduction,
        gross: Fraction,
        code: str,
        formula: str,
        inputs: _Inputs,
        result: Fraction,
        steps: Sequence[ProofStep] = (),
    ) -> ProofStep:
        """Return a deduction that takes no more than its cap; of refunds it returns no more."""
        if deduction.cap is None:
            return self._step(code, formula, inputs, result, steps)
        cap = self.evaluation.number(deduction.cap)
        inputs |= {"gross_minor": gross, "cap": cap}
        least = "min" if gross >= 0 else "max"
        capped = min(result, gross * cap) if gross >= 0 else max(result, gross * cap)
        formula = f"{least}({formula}, gross_minor * cap)"
        return self._step(f"capped_{code}", formula, inputs, capped, steps)

    def _step(
        self,
        code: str,
        formula: str,
        inputs: Mapping[str, Fraction | str],
        result: Fraction,
        steps: Sequence[ProofStep] = (),
    ) -> ProofStep:
        return ProofStep(code, formula, inputs, result, "minor", self.currency, tuple(steps))


def total(steps: Sequence[ProofStep]) -> Fraction:
    """Return the sum of the steps' results."""
    return sum((step.result for step in steps), _ZERO)
