"""What a revenue share comes to, with its proofs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from duanju.deals.clauses import AFTER, CHANNEL_ROLE, Deduction, RevenueShare, Scope
from duanju.deals.earning.entitlement import Entitlement, EntitlementKind
from duanju.deals.earning.evaluation import Evaluation
from duanju.kernel import Party, ProofStep

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Division:
    """One title's income, divided step by step."""

    clause: RevenueShare
    evaluation: Evaluation
    currency: str
    title_id: str
    income_by_channel: Mapping[str, int]

    def entitlements(self) -> Iterator[Entitlement]:
        """Yield the deductions, then the shares, then the rest; they sum to the income."""
        incomes = [self._income(*item) for item in self.income_by_channel.items()]
        deductions = list(self._deductions())
        for (name, receiver), steps in _grouped(deductions).items():
            yield self._entitled(EntitlementKind.DEDUCTION, name, receiver, steps)
        base = self._base(incomes, [step for _, _, step in deductions])
        shares = [self._share(role, base) for role in self.clause.shares]
        for role, share in zip(self.clause.shares, shares, strict=True):
            party = self.evaluation.party(role)
            yield self._entitled(EntitlementKind.SHARE, role, party, [share])
        residual = self.clause.residual
        rest = self._rest(incomes, [step for _, _, step in deductions], shares)
        party = self.evaluation.party(residual)
        yield self._entitled(EntitlementKind.SHARE, residual, party, [rest])

    def _income(self, channel: str, income_minor: int) -> ProofStep:
        amount = Fraction(income_minor)
        return self._step("income", "amount", {"amount": amount, "channel": channel}, amount)

    def _deductions(self) -> Iterator[tuple[str, Party, ProofStep]]:
        """Yield every deduction of every channel, each from what those before it left."""
        for channel, income_minor in self.income_by_channel.items():
            remaining = Fraction(income_minor)
            for deduction in self.clause.deductions:
                rate = self.evaluation.number(deduction.rate_by_channel[channel])
                inputs: dict[str, Fraction | str] = {
                    "remaining": remaining,
                    "rate": rate,
                    "deduction": deduction.name,
                    "channel": channel,
                }
                step = self._step("deduction", "remaining * rate", inputs, remaining * rate)
                remaining -= step.result
                yield deduction.name, self._receiver(deduction, channel), step

    def _receiver(self, deduction: Deduction, channel: str) -> Party:
        if deduction.receiver == CHANNEL_ROLE:
            return Party(CHANNEL_ROLE, channel)
        return self.evaluation.party(deduction.receiver)

    def _base(self, incomes: Sequence[ProofStep], deductions: Sequence[ProofStep]) -> ProofStep:
        before_base = set(self._names_before_base())
        counted = [step for step in deductions if step.inputs["deduction"] in before_base]
        result = _total(incomes) - _total(counted)
        formula = "sum(income) - sum(deduction)" if counted else "sum(income)"
        inputs = {"base": self.clause.base}
        return self._step("base", formula, inputs, result, (*incomes, *counted))

    def _names_before_base(self) -> Iterator[str]:
        if not self.clause.base.startswith(AFTER):
            return
        for deduction in self.clause.deductions:
            yield deduction.name
            if self.clause.base == AFTER + deduction.name:
                return

    def _share(self, role: str, base: ProofStep) -> ProofStep:
        share = self.evaluation.number(self.clause.shares[role])
        return self._step(
            "share",
            "sum(base) * share",
            {"share": share, "role": role},
            base.result * share,
            (base,),
        )

    def _rest(
        self,
        incomes: Sequence[ProofStep],
        deductions: Sequence[ProofStep],
        shares: Sequence[ProofStep],
    ) -> ProofStep:
        result = _total(incomes) - _total(deductions) - _total(shares)
        formula = "sum(income) - sum(deduction) - sum(share)"
        inputs = {"role": self.clause.residual}
        return self._step("rest", formula, inputs, result, (*incomes, *deductions, *shares))

    def _entitled(
        self, kind: EntitlementKind, name: str, party: Party, steps: Sequence[ProofStep]
    ) -> Entitlement:
        if len(steps) == 1:
            proof = steps[0]
        else:
            code = steps[0].code
            proof = self._step("total", f"sum({code})", {"name": name}, _total(steps), steps)
        return Entitlement(
            party=party,
            payer=self.evaluation.party(self.clause.holder),
            clause_id=self.clause.id,
            title_id=self.title_id,
            currency=self.currency,
            amount=proof.result,
            measure=self.clause.counted[0].measure,
            quantity=sum(self.income_by_channel.values()),
            kind=kind,
            name=name,
            proof=proof,
        )

    def _step(
        self,
        code: str,
        formula: str,
        inputs: Mapping[str, Fraction | str],
        result: Fraction,
        steps: Sequence[ProofStep] = (),
    ) -> ProofStep:
        return ProofStep(code, formula, inputs, result, "minor", self.currency, tuple(steps))


def entitle_revenue_share(clause: RevenueShare, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield, a title at a time, the parts of everyone; they sum to the title's income."""
    currency = evaluation.word(clause.currency)
    for title_id in evaluation.title_ids(Scope.TITLE):
        income: dict[str, int] = {}
        for counted in clause.counted:
            for channel, amount in evaluation.by_channel(counted, title_id).items():
                income[channel] = income.get(channel, 0) + amount
        division = _Division(clause, evaluation, currency, title_id, dict(sorted(income.items())))
        yield from division.entitlements()


def _grouped(
    deductions: Sequence[tuple[str, Party, ProofStep]],
) -> dict[tuple[str, Party], list[ProofStep]]:
    groups: dict[tuple[str, Party], list[ProofStep]] = {}
    for name, receiver, step in deductions:
        groups.setdefault((name, receiver), []).append(step)
    return groups


def _total(steps: Sequence[ProofStep]) -> Fraction:
    return sum((step.result for step in steps), _ZERO)
