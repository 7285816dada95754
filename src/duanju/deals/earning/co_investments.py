"""What a co-investment comes to: a flow of expenses, capital, hurdle and profit."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from duanju.deals.clauses import CoInvestment, Counted, Order, Stake
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.flow import FlowPlan, LimitPlan, Place, ReceiverPlan, StepPlan
from duanju.deals.earning.flowing import Flow
from duanju.deals.earning.waterfalls import StepFilling

RECOUP = "recoup"
HURDLE = "hurdle"
PROFIT = "profit"
"""The names of the steps that a co-investment is made of, after those before them. By seniority,
the first two are followed by a rank: `recoup_1`."""

_ZERO = Fraction(0)
_PRODUCTION_COST = Counted(measure="production_cost")


def entitle_co_investment(clause: CoInvestment, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield, a title at a time or once for all, the parts of everyone; they sum to the income."""
    flow = _flow_of(clause, evaluation)
    recoups = [name for name, _ in _ranks(clause, RECOUP)]
    for title_id in evaluation.title_ids(clause.scope):
        state = flow.state(evaluation, title_id)
        full = state.is_full(flow.plan, recoups)
        evaluation.note_recouped(clause.id, "", title_id, full=full)
        yield from flow.entitlements(evaluation, title_id, state)


def _ranks(clause: CoInvestment, step: str) -> Iterator[tuple[str, list[Stake]]]:
    """Yield the steps by which stakes are paid, with the stakes of each, the most senior first."""
    if clause.order is Order.PRO_RATA:
        yield step, list(clause.stakes)
        return
    for rank in sorted({stake.seniority for stake in clause.stakes}):
        yield f"{step}_{rank}", [own for own in clause.stakes if own.seniority == rank]


def _flow_of(clause: CoInvestment, evaluation: Evaluation) -> Flow:
    currency = evaluation.word(clause.currency)
    filling = StepFilling(evaluation, currency)
    before = filling.fill(clause.before)
    recoups = [_recoup(name, own, filling) for name, own in _ranks(clause, RECOUP)]
    hurdles = [
        _hurdle(clause, name, own, evaluation)
        for name, own in _ranks(clause, HURDLE)
        if clause.hurdle is not None
    ]
    plan = FlowPlan(
        steps=(*before, *recoups, *hurdles, *_profit(clause, evaluation)),
        residual=clause.residual,
        deficit_payer=clause.residual,
        currency=currency,
    )
    return Flow(clause, plan, filling.costs, filling.gauges)


def _recoup(name: str, stakes: Sequence[Stake], filling: StepFilling) -> StepPlan:
    """Return the step that pays capital back, in proportion to it."""
    receivers = []
    for stake in stakes:
        if stake.amount is not None:
            limit = LimitPlan(amount=filling.evaluation.minor(stake.amount, filling.currency))
        elif stake.share is not None:
            limit = LimitPlan(cost_share=filling.evaluation.number(stake.share))
            filling.costs[Place(name, stake.role)] = _PRODUCTION_COST
        else:
            limit = LimitPlan(cost_share=Fraction(1))
            filling.costs[Place(name, stake.role)] = _invested_by(stake.role)
        receivers.append(ReceiverPlan(role=stake.role, weight=None, limit=limit))
    return StepPlan(name=name, receivers=tuple(receivers))


@cache
def _invested_by(role: str) -> Counted:
    return Counted(measure="investment", items=(role,))


def _hurdle(
    clause: CoInvestment, name: str, stakes: Sequence[Stake], evaluation: Evaluation
) -> StepPlan:
    """Return the step that pays what capital earned while it was unpaid."""
    assert clause.hurdle is not None
    rate, kind = evaluation.number(clause.hurdle.rate), clause.hurdle.kind
    recoup = name.replace(HURDLE, RECOUP)
    receivers = tuple(
        ReceiverPlan(
            role=stake.role,
            weight=None,
            limit=LimitPlan(rate=rate, kind=kind, bears=Place(recoup, stake.role)),
        )
        for stake in stakes
    )
    return StepPlan(name=name, receivers=receivers)


def _profit(clause: CoInvestment, evaluation: Evaluation) -> Iterator[StepPlan]:
    """Yield the step that divides the profit; the residual receiver has what it leaves."""
    shares = {role: evaluation.number(share) for role, share in clause.profit.items()}
    total = sum(shares.values(), _ZERO)
    if total:
        receivers = tuple(
            ReceiverPlan(role=role, weight=share) for role, share in shares.items() if share
        )
        yield StepPlan(name=PROFIT, receivers=receivers, takes=total)
