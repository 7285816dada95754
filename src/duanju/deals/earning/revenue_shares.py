"""What a revenue share comes to, with its proofs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from duanju.deals.clauses import RevenueShare, Scope
from duanju.deals.clauses.references import measure_of
from duanju.deals.earning.deductions import Deducting, Taken, total
from duanju.deals.earning.entitlement import Entitlement, EntitlementKind
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.share_periods import TieredShares
from duanju.deals.earning.share_tiers import Tiering
from duanju.deals.earning.standings import quantity_of, standing_of
from duanju.kernel import Party, ProofStep

_ZERO = Fraction(0)
_Inputs = Mapping[str, Fraction | str]


def entitle_revenue_share(clause: RevenueShare, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield, a title at a time, the parts of everyone; they sum to the title's income."""
    currency = evaluation.word(clause.currency)
    deducting = Deducting(clause, evaluation, currency)
    for title_id in evaluation.title_ids(Scope.TITLE):
        yield from _Division(clause, evaluation, deducting, currency, title_id).entitlements()


@dataclass(frozen=True, slots=True)
class _Division:
    """One title's income, divided step by step."""

    clause: RevenueShare
    evaluation: Evaluation
    deducting: Deducting
    currency: str
    title_id: str

    def entitlements(self) -> Iterator[Entitlement]:
        """Yield the deductions, then the shares, then the rest; they sum to the income."""
        standing = standing_of(self.clause, self.evaluation, self.title_id)
        incomes = [self.deducting.income(*item) for item in standing.income_by_channel.items()]
        taken = list(self.deducting.take(standing))
        for (name, receiver), steps in _grouped(taken).items():
            yield self._entitled(EntitlementKind.DEDUCTION, name, receiver, steps)
        base = self.deducting.base(incomes, taken)
        shares = dict(self._shares(base))
        parts = {role: [step] for role, step in shares.items()}
        deducted = [own.step for own in taken]
        for role, step in self._rests(incomes, deducted, list(shares.values())):
            parts.setdefault(role, []).append(step)
        parts[self.clause.residual] += self._later()
        for role, steps in parts.items():
            party = self.evaluation.party(role)
            yield self._entitled(EntitlementKind.SHARE, role, party, steps)

    def _shares(self, base: ProofStep) -> Iterator[tuple[str, ProofStep]]:
        if self.clause.share_tiers:
            tiering = Tiering.of(self.clause, self.evaluation, self.currency)
            tiered = TieredShares(
                self.clause, self.evaluation, self.deducting, tiering, self.title_id
            )
            yield from tiered.shares(base)
            return
        for role, value in self.clause.shares.items():
            share = self.evaluation.number(value)
            inputs: _Inputs = {"share": share, "role": role}
            result = base.result * share
            yield role, self._step("share", "sum(base) * share", inputs, result, (base,))

    def _rests(
        self,
        incomes: Sequence[ProofStep],
        deducted: Sequence[ProofStep],
        shares: Sequence[ProofStep],
    ) -> Iterator[tuple[str, ProofStep]]:
        """Yield what is left for the residual receiver, and what the deficit payer pays.

        Where the parts exceed the income, what is left has the other sign than the income.
        """
        steps = (*incomes, *deducted, *shares)
        codes = dict.fromkeys(step.code for step in (*deducted, *shares))
        formula = " - ".join(["sum(income)", *(f"sum({code})" for code in codes)])
        result = total(incomes) - total(deducted) - total(shares)
        residual, payer = self.clause.residual, self.clause.deficit_payer
        if not payer or payer == residual:
            yield residual, self._step("rest", formula, {"role": residual}, result, steps)
            return
        of_residual, of_payer = ("max", "min") if total(incomes) >= 0 else ("min", "max")
        least = max(_ZERO, result) if of_residual == "max" else min(_ZERO, result)
        for code, role, function, part in (
            ("rest", residual, of_residual, least),
            ("excess", payer, of_payer, result - least),
        ):
            inputs: _Inputs = {"role": role, "nothing_minor": _ZERO}
            clipped = f"{function}({formula}, nothing_minor)"
            yield role, self._step(code, clipped, inputs, part, steps)

    def _later(self) -> list[ProofStep]:
        """Return the income that came after the clause's own term, if any."""
        term = self.clause.term
        if term is None:
            return []
        within = quantity_of(self.clause, self.evaluation, self.title_id, term)
        later = Fraction(quantity_of(self.clause, self.evaluation, self.title_id) - within)
        if not later:
            return []
        return [self._step("later_income", "amount_minor", {"amount_minor": later}, later)]

    def _entitled(
        self, kind: EntitlementKind, name: str, party: Party, steps: Sequence[ProofStep]
    ) -> Entitlement:
        proof = steps[0]
        if len(steps) > 1:
            codes = dict.fromkeys(step.code for step in steps)
            formula = " + ".join(f"sum({code})" for code in codes)
            proof = self._step("total", formula, {"name": name}, total(steps), steps)
        return Entitlement(
            party=party,
            payer=self.evaluation.party(self.clause.holder),
            clause_id=self.clause.id,
            title_id=self.title_id,
            currency=self.currency,
            amount=proof.result,
            measure=measure_of(self.clause),
            quantity=quantity_of(self.clause, self.evaluation, self.title_id),
            kind=kind,
            name=name,
            proof=proof,
        )

    def _step(
        self,
        code: str,
        formula: str,
        inputs: _Inputs,
        result: Fraction,
        steps: Sequence[ProofStep] = (),
    ) -> ProofStep:
        return ProofStep(code, formula, inputs, result, "minor", self.currency, tuple(steps))


def _grouped(deductions: Sequence[Taken]) -> dict[tuple[str, Party], list[ProofStep]]:
    groups: dict[tuple[str, Party], list[ProofStep]] = {}
    for own in deductions:
        groups.setdefault((own.name, own.receiver), []).append(own.step)
    return groups
