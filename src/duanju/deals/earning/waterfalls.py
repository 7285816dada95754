"""What a waterfall comes to, with its proofs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from duanju.deals.clauses import (
    Counted,
    Gate,
    Gauge,
    InterestKind,
    Limit,
    Waterfall,
    WaterfallStep,
)
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.flow import (
    FlowPlan,
    LimitPlan,
    MeasuredGate,
    Place,
    ReceiverPlan,
    StepPlan,
    Threshold,
)
from duanju.deals.earning.flowing import Flow
from duanju.deals.measures import MEASURES, Aggregate, Unit
from duanju.deals.parameters import Number

_ZERO = Fraction(0)


def entitle_waterfall(clause: Waterfall, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield, a title at a time or once for all, the parts of everyone; they sum to the income."""
    flow = _flow_of(clause, evaluation)
    for title_id in evaluation.title_ids(clause.scope):
        state = flow.state(evaluation, title_id)
        for step in flow.plan.steps:
            full = state.is_full(flow.plan, [step.name])
            evaluation.note_recouped(clause.id, step.name, title_id, full=full)
        yield from flow.entitlements(evaluation, title_id, state)


@dataclass(slots=True)
class StepFilling:
    """Fills every number of steps in, and notes what facts they are fed with.

    Attributes:
        evaluation: Whose parameters are filled in.
        currency: ISO 4217 code of all amounts.
        costs: What raises limits, by place.
        gauges: What gates count, by step and index.
    """

    evaluation: Evaluation
    currency: str
    costs: dict[Place, Counted] = field(default_factory=dict)
    gauges: dict[tuple[str, int], Counted] = field(default_factory=dict)

    def fill(self, steps: Iterable[WaterfallStep]) -> tuple[StepPlan, ...]:
        """Return steps with every number filled in."""
        return tuple(self._step(step) for step in steps)

    def _step(self, step: WaterfallStep) -> StepPlan:
        measured = [gate for gate in step.gates if gate.counted is not None]
        for index, gate in enumerate(measured):
            assert gate.counted is not None
            self.gauges[step.name, index] = gate.counted
        return StepPlan(
            name=step.name,
            receivers=tuple(
                ReceiverPlan(
                    role=receiver.role,
                    weight=self.evaluation.number(receiver.weight),
                    limit=self._limit(receiver.limit, Place(step.name, receiver.role)),
                )
                for receiver in step.receivers
            ),
            takes=self.evaluation.number(step.takes),
            order=step.order,
            limit=self._limit(step.limit, Place(step.name, "")),
            thresholds=tuple(
                Threshold(gate.gauge, gate.of, self._minor(gate.above), self._minor(gate.until))
                for gate in step.gates
                if gate.gauge is not Gauge.MEASURE
            ),
            measured=tuple(self._measured(gate) for gate in measured),
            from_day=step.from_day,
            until_day=step.until_day,
            is_deduction=step.is_deduction,
        )

    def _limit(self, limit: Limit | None, place: Place) -> LimitPlan | None:
        if limit is None:
            return None
        if limit.cost is not None:
            self.costs[place] = limit.cost
        interest = limit.interest
        return LimitPlan(
            amount=self._minor(limit.amount) or _ZERO,
            cost_share=None if limit.cost is None else Fraction(1),
            cost_cap=self._minor(limit.cost_cap),
            rate=_ZERO if interest is None else self.evaluation.number(interest.rate),
            kind=InterestKind.SIMPLE if interest is None else interest.kind,
        )

    def _measured(self, gate: Gate) -> MeasuredGate:
        assert gate.counted is not None
        measure = MEASURES[gate.counted.measure]

        def scaled(value: Number | None) -> Fraction | None:
            if value is None or measure.unit is Unit.MINOR:
                return self._minor(value)
            return self.evaluation.number(value) * measure.per_term_unit

        is_level = measure.aggregate is not Aggregate.SUM
        return MeasuredGate(above=scaled(gate.above), until=scaled(gate.until), is_level=is_level)

    def _minor(self, value: Number | None) -> Fraction | None:
        return None if value is None else self.evaluation.minor(value, self.currency)


def _flow_of(clause: Waterfall, evaluation: Evaluation) -> Flow:
    currency = evaluation.word(clause.currency)
    filling = StepFilling(evaluation, currency)
    plan = FlowPlan(
        steps=filling.fill(clause.steps),
        residual=clause.residual,
        deficit_payer=clause.deficit_payer or clause.residual,
        owed=_numbers(clause.owed_of_gross, evaluation),
        currency=currency,
    )
    return Flow(clause, plan, filling.costs, filling.gauges)


def _numbers(shares: Mapping[str, Number], evaluation: Evaluation) -> dict[str, Fraction]:
    return {role: evaluation.number(share) for role, share in shares.items()}
