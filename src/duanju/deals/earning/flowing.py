"""A flow fed with facts, and the entitlements that it comes to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from duanju.deals.clauses import CoInvestment, Counted, Waterfall
from duanju.deals.clauses.references import measure_of
from duanju.deals.earning.entitlement import Entitlement, EntitlementKind
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.flow import (
    DEFICIT,
    OWED,
    REST,
    FlowPlan,
    FlowState,
    Inflow,
    MonthNews,
    Place,
    advance,
)
from duanju.deals.facts import Stretch
from duanju.kernel import Month, ProofStep

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Flow:
    """What a distribution makes of its facts.

    Attributes:
        clause: The clause.
        plan: Its steps, with every number filled in.
        costs: What raises limits, by the place of the limit.
        gauges: What gates count, by the name of a step and the index of its measured gate.
    """

    clause: Waterfall | CoInvestment
    plan: FlowPlan
    costs: Mapping[Place, Counted]
    gauges: Mapping[tuple[str, int], Counted]

    def state(self, evaluation: Evaluation, title_id: str) -> FlowState:
        """Return where the flow of a title, or of all together, stands as of now."""

        def step(state: FlowState, month: Month) -> FlowState:
            return advance(self.plan, state, self._news(evaluation, title_id, month))

        return evaluation.fold(("flow", self.clause.id, title_id), FlowState(), step)

    def entitlements(
        self, evaluation: Evaluation, title_id: str, state: FlowState
    ) -> Iterator[Entitlement]:
        """Yield the deductions, then one share a role; they sum to the income."""
        for step in self.plan.steps:
            if step.is_deduction:
                for receiver in step.receivers:
                    place = Place(step.name, receiver.role)
                    yield self._entitled(evaluation, title_id, state, step.name, [place])
        for role, places in self._shares().items():
            yield self._entitled(evaluation, title_id, state, "", places, role)

    def _shares(self) -> dict[str, list[Place]]:
        """Return where each role receives its share, in the order of the clause."""
        plan = self.plan
        places = [Place(OWED, role) for role in plan.owed]
        for step in plan.steps:
            if not step.is_deduction:
                places += [Place(step.name, receiver.role) for receiver in step.receivers]
        payers = dict.fromkeys([plan.residual, plan.deficit_payer])
        places += [Place(REST, role) for role in payers]
        places.append(Place(DEFICIT, plan.deficit_payer))
        shares: dict[str, list[Place]] = {}
        for place in places:
            shares.setdefault(place.role, []).append(place)
        return shares

    def _entitled(
        self,
        evaluation: Evaluation,
        title_id: str,
        state: FlowState,
        deduction: str,
        places: Sequence[Place],
        role: str = "",
    ) -> Entitlement:
        role = role or places[0].role
        proof = self._total(deduction, role, places, state)
        return Entitlement(
            party=evaluation.party(role),
            payer=evaluation.party(self.clause.holder),
            clause_id=self.clause.id,
            title_id=title_id,
            currency=self.plan.currency,
            amount=proof.result,
            measure=measure_of(self.clause),
            quantity=sum(evaluation.quantity(own, title_id) for own in self.clause.counted),
            kind=EntitlementKind.DEDUCTION if deduction else EntitlementKind.SHARE,
            name=deduction or role,
            proof=proof,
        )

    def _total(
        self, deduction: str, role: str, places: Sequence[Place], state: FlowState
    ) -> ProofStep:
        steps = tuple(step for place in places for step in state.proofs.get(place, ()))
        codes = dict.fromkeys(step.code for step in steps) or {"waterfall_step": None}
        inputs = {"clause": self.clause.id, "role": role}
        return ProofStep(
            code="waterfall_deduction" if deduction else "waterfall_share",
            formula=" + ".join(f"sum({code})" for code in codes),
            inputs=inputs | ({"deduction": deduction} if deduction else {}),
            result=sum((state.levels.places.get(place, _ZERO) for place in places), _ZERO),
            unit="minor",
            currency=self.plan.currency,
            steps=steps,
        )

    def _news(self, evaluation: Evaluation, title_id: str, month: Month) -> MonthNews:
        def told(counted: Counted) -> int:
            return evaluation.by_month(counted, title_id).get(month, 0)

        return MonthNews(
            month,
            tuple(self._inflows(evaluation, title_id, month)),
            {place: told(counted) for place, counted in self.costs.items()},
            {gate: told(counted) for gate, counted in self.gauges.items()},
        )

    def _inflows(self, evaluation: Evaluation, title_id: str, month: Month) -> Iterator[Inflow]:
        """Yield the month's net income, in as many parts as its days have courses.

        Facts of several days are of the first of them.
        """
        days = Stretch.of_month(month)
        inner = [day for day in self.plan.boundaries() if days.starts_on < day < days.ends_on]
        if not inner:
            amount = sum(
                evaluation.by_month(own, title_id).get(month, 0) for own in self.clause.counted
            )
            yield Inflow(str(month), days.starts_on, amount)
            return
        for begins_on, ends_on in zip(
            [days.starts_on, *inner], [*inner, days.ends_on], strict=True
        ):
            amount = sum(
                amount
                for own in self.clause.counted
                for day, amount in evaluation.by_day(own, title_id).items()
                if begins_on <= day < ends_on
            )
            yield Inflow(str(begins_on), begins_on, amount)
