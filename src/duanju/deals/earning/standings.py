"""What facts and clauses before tell a revenue share, now and month by month."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from duanju.deals.clauses import EarningTerm, RevenueShare
from duanju.deals.earning.deductions import Standing
from duanju.deals.earning.evaluation import Evaluation
from duanju.kernel import Month, ProofStep


def standing_of(clause: RevenueShare, evaluation: Evaluation, title_id: str) -> Standing:
    """Return a title's income within the term, its costs and what is recouped, as of now."""
    incomes: dict[str, int] = {}
    for counted in clause.counted:
        for channel, income in evaluation.by_channel(counted, title_id, clause.term).items():
            incomes[channel] = incomes.get(channel, 0) + income
    costs = {
        own.name: evaluation.quantity(own.cost, title_id, clause.term)
        for own in clause.deductions
        if own.cost is not None
    }
    recouped = {
        own.name: evaluation.earned((own.recoups,), payee_of(evaluation, own.recoups), title_id)
        for own in clause.deductions
        if own.recoups
    }
    return Standing(dict(sorted(incomes.items())), costs, recouped)


def payee_of(evaluation: Evaluation, clause_id: str) -> str:
    """Return the role to whom a clause is owed; checked terms recoup none that has no such role."""
    clauses = evaluation.terms.policy.clauses
    return next(str(getattr(own, "payee", "")) for own in clauses if own.id == clause_id)


def quantity_of(
    clause: RevenueShare, evaluation: Evaluation, title_id: str, term: EarningTerm | None = None
) -> int:
    """Return a title's incomes together, in minor units: all, or those within a term."""
    return sum(evaluation.quantity(own, title_id, term) for own in clause.counted)


@dataclass(frozen=True, slots=True, eq=False)
class MonthlyStanding:
    """A standing that goes on from month to month; never changed in place."""

    incomes: Mapping[str, int] = field(default_factory=dict)
    costs: Mapping[str, int] = field(default_factory=dict)

    def after(
        self, clause: RevenueShare, evaluation: Evaluation, title_id: str, month: Month
    ) -> "MonthlyStanding":
        """Return the standing after one month more."""
        incomes, costs = dict(self.incomes), dict(self.costs)
        for counted in clause.counted:
            sums = evaluation.by_month_and_channel(counted, title_id, clause.term)
            for channel in evaluation.channels(counted, title_id, clause.term):
                incomes[channel] = incomes.get(channel, 0) + sums.get((month, channel), 0)
        for own in clause.deductions:
            if own.cost is not None:
                told = evaluation.by_month(own.cost, title_id, clause.term).get(month, 0)
                costs[own.name] = costs.get(own.name, 0) + told
        return replace(self, incomes=incomes, costs=costs)

    def standing(
        self, clause: RevenueShare, evaluation: Evaluation, title_id: str, month: Month
    ) -> Standing:
        """Return what deductions are taken from at the end of a month."""
        incomes = {name: self.incomes[name] for name in sorted(self.incomes) if self.incomes[name]}
        recouped = {}
        for own in clause.deductions:
            if own.recoups:
                payee = payee_of(evaluation, own.recoups)
                earned = evaluation.earned_by_month((own.recoups,), payee, title_id)
                recouped[own.name] = _amount(earned.get(month, Fraction(0)))
        return Standing(incomes, self.costs, recouped)


def _amount(amount: Fraction) -> ProofStep:
    return ProofStep("earned", "amount_minor", {"amount_minor": amount}, amount, "minor")
