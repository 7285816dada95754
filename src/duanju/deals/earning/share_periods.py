"""Shares by tiers, over the whole time or anew each month or year of the deal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from duanju.deals.clauses import Reset, RevenueShare
from duanju.deals.earning.deductions import Deducting
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.pieces import period_of_month
from duanju.deals.earning.share_tiers import Tiering
from duanju.deals.earning.standings import MonthlyStanding
from duanju.deals.facts import month_of
from duanju.deals.measures import MEASURES, Aggregate
from duanju.kernel import Month, ProofStep

_ZERO = Fraction(0)
_Steps = Mapping[str, tuple[ProofStep, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class _Periods:
    """Where counting by periods stands after a month; never changed in place."""

    standing: MonthlyStanding = field(default_factory=MonthlyStanding)
    period: str = ""
    base_before: Fraction = _ZERO
    base: Fraction = _ZERO
    counted: int = 0
    ended: _Steps = field(default_factory=dict)
    earned: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TieredShares:
    """A title's shares by tiers.

    Attributes:
        clause: The clause.
        evaluation: The terms, as of a day.
        deducting: What leads from income to base.
        tiering: The tiers.
        title_id: The title.
    """

    clause: RevenueShare
    evaluation: Evaluation
    deducting: Deducting
    tiering: Tiering
    title_id: str

    def shares(self, base: ProofStep) -> Iterator[tuple[str, ProofStep]]:
        """Yield each role's share of a base, as the tiers divide it."""
        if self.clause.reset is Reset.NEVER:
            by = self.clause.tiers_by
            counted = base.result
            if by is not None:
                quantity = self.evaluation.quantity(by, self.title_id, self.clause.term)
                counted = Fraction(quantity)
            for role in self.clause.shares:
                tiers = tuple(self.tiering.divide(role, base.result, counted))
                yield role, self._sum("tiered_share", {"role": role}, (base, *tiers), tiers)
            return
        periods = self._periods()
        current = self._period_steps(periods)
        for role in self.clause.shares:
            steps = (*periods.ended.get(role, ()), *current.get(role, ()))
            result = periods.earned.get(role, _ZERO) + _total(current.get(role, ()))
            yield (
                role,
                self._step("tiered_share", "sum(period_share)", {"role": role}, result, steps),
            )

    def _periods(self) -> _Periods:
        key = "share periods", self.clause.id, self.title_id
        return self.evaluation.fold(key, _Periods(), self._after)

    def _after(self, periods: _Periods, month: Month) -> _Periods:
        first = month_of(self.evaluation.terms.starts_on)
        period = period_of_month(month, self.clause.reset, first)
        if period != periods.period:
            current = self._period_steps(periods)
            ended = {
                role: (*periods.ended.get(role, ()), *current.get(role, ()))
                for role in self.clause.shares
            }
            earned = {
                role: periods.earned.get(role, _ZERO) + _total(current.get(role, ()))
                for role in self.clause.shares
            }
            periods = replace(
                periods,
                period=period,
                base_before=periods.base,
                counted=0,
                ended=ended,
                earned=earned,
            )
        standing = periods.standing.after(self.clause, self.evaluation, self.title_id, month)
        base = self._base(standing, month)
        return replace(periods, standing=standing, base=base, counted=self._counted(periods, month))

    def _base(self, standing: MonthlyStanding, month: Month) -> Fraction:
        found = standing.standing(self.clause, self.evaluation, self.title_id, month)
        incomes = [self.deducting.income(*item) for item in found.income_by_channel.items()]
        return self.deducting.base(incomes, list(self.deducting.take(found))).result

    def _counted(self, periods: _Periods, month: Month) -> int:
        by = self.clause.tiers_by
        if by is None:
            return 0
        told = self.evaluation.by_month(by, self.title_id, self.clause.term).get(month, 0)
        is_sum = MEASURES[by.measure].aggregate is Aggregate.SUM
        return periods.counted + told if is_sum else max(periods.counted, told)

    def _period_steps(self, periods: _Periods) -> _Steps:
        """Return what a period brings each role: its tiers of what the base grew by in it."""
        grown = periods.base - periods.base_before
        if not grown:
            return {}
        counted = grown if self.clause.tiers_by is None else Fraction(periods.counted)
        steps: dict[str, tuple[ProofStep, ...]] = {}
        inputs: dict[str, Fraction | str] = {
            "period": periods.period,
            "base_minor": periods.base,
            "base_before_minor": periods.base_before,
        }
        base = self._step("period_base", "base_minor - base_before_minor", inputs, grown, ())
        for role in self.clause.shares:
            tiers = tuple(self.tiering.divide(role, grown, counted))
            named = {"role": role, "period": periods.period}
            steps[role] = (self._sum("period_share", named, (base, *tiers), tiers),)
        return steps

    def _sum(
        self,
        code: str,
        inputs: Mapping[str, Fraction | str],
        steps: tuple[ProofStep, ...],
        summed: tuple[ProofStep, ...],
    ) -> ProofStep:
        """Return the sum of some of the steps that it rests on."""
        codes = dict.fromkeys(step.code for step in summed)
        formula = " + ".join(f"sum({own})" for own in codes)
        return self._step(code, formula, inputs, _total(summed), steps)

    def _step(
        self,
        code: str,
        formula: str,
        inputs: Mapping[str, Fraction | str],
        result: Fraction,
        steps: tuple[ProofStep, ...],
    ) -> ProofStep:
        return ProofStep(code, formula, inputs, result, "minor", self.tiering.currency, steps)


def _total(steps: tuple[ProofStep, ...]) -> Fraction:
    return sum((step.result for step in steps), _ZERO)
