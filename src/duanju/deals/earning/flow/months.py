"""A flow month by month: income marches down, refunds go back up, interest accrues.

A refund takes back what was paid last: the latest pieces of income are undone first, each from
exactly those who received it. What no earlier income covers is borne by the deficit payer, until
later income makes it good.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from duanju.deals.clauses import InterestKind
from duanju.deals.earning.flow.marching import DEFICIT, Levels, Place, march
from duanju.deals.earning.flow.plan import (
    FlowPlan,
    Inflow,
    LimitPlan,
    MonthNews,
    StepPlan,
    course_of,
)
from duanju.deals.earning.flow.proofs import (
    Entry,
    Reversal,
    Room,
    prove_interest,
    prove_payment,
    prove_refund,
)
from duanju.kernel import ProofStep

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Income that has been paid out and not been refunded, above that which came before it.

    Attributes:
        amount: Minor units, more than 0.
        got: Who received it; sums to the amount.
        when: When it came in.
        below: The piece before; `None` for the first.
    """

    amount: Fraction
    got: Mapping[Place, Fraction]
    when: str
    below: "Piece | None"


@dataclass(frozen=True, slots=True, eq=False)
class FlowState:
    """Where a flow stands after a month; never changed, so that any month can be gone on from.

    Attributes:
        levels: What has arrived where.
        last: The latest piece of income not refunded.
        deficit: What was refunded beyond all income, in minor units.
        costs: By the place of the limit, the cost so far.
        interest: By the place of the limit, the interest accrued so far.
        counts: By step and measured gate, the count so far.
        proofs: By place, why it has what it has, in the order of time.
        accrued: By place, the interest that no proof has shown yet.
    """

    levels: Levels = field(default_factory=Levels)
    last: Piece | None = None
    deficit: Fraction = _ZERO
    costs: Mapping[Place, int] = field(default_factory=dict)
    interest: Mapping[Place, Fraction] = field(default_factory=dict)
    counts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    proofs: Mapping[Place, tuple[ProofStep, ...]] = field(default_factory=dict)
    accrued: Mapping[Place, tuple[ProofStep, ...]] = field(default_factory=dict)

    def capital(self, plan: FlowPlan) -> dict[Place, Fraction]:
        """Return every limit without its interest."""
        return {place: limit.capital(self.costs.get(place, 0)) for place, limit in plan.limits()}

    def paid(self, place: Place) -> Fraction:
        """Return what has been taken of a limit."""
        if place.role:
            return self.levels.places.get(place, _ZERO)
        return self.levels.steps.get(place.step, _ZERO)

    def rooms(self, plan: FlowPlan) -> Iterator[Room]:
        """Yield what each limit leaves, with what it is made of."""
        for place, limit in plan.limits():
            yield Room(
                place,
                limit,
                self.costs.get(place, 0),
                self.interest.get(place, _ZERO),
                self.paid(place),
                self.accrued.get(place, ()),
            )

    def is_full(self, plan: FlowPlan, names: Collection[str]) -> bool:
        """Say whether steps have been paid all that their limits let them take by now.

        A limit of nothing, of costs that no fact has told yet, is not full.
        """
        rooms = {room.place: room for room in self.rooms(plan)}
        steps = [step for step in plan.steps if step.name in names]
        begun = any(rooms[place].limited > 0 for step in steps for place, _ in step.limits())
        return begun and all(_is_full(step, rooms) for step in steps)


def _is_full(step: StepPlan, rooms: Mapping[Place, Room]) -> bool:
    own = rooms.get(Place(step.name, ""))
    if own is not None and own.left <= 0:
        return True
    receivers = [rooms.get(Place(step.name, receiver.role)) for receiver in step.receivers]
    return all(room is not None and room.left <= 0 for room in receivers)


def advance(plan: FlowPlan, state: FlowState, news: MonthNews) -> FlowState:
    """Return where a flow stands after one month more.

    Args:
        plan: The flow.
        state: Where it stood after the month before.
        news: What facts tell of this month.

    Returns:
        The next state. Costs of the month raise the limits of its own income; counts open and
        close gates from the next month on; interest accrues at the end.
    """
    state = replace(state, costs=_added(state.costs, news.costs))
    for inflow in news.inflows:
        state = _enter(plan, state, inflow)
    return _end(plan, state, news)


def _enter(plan: FlowPlan, state: FlowState, inflow: Inflow) -> FlowState:
    if inflow.amount < 0:
        return _refund(plan, state, inflow)
    return _pay(plan, state, inflow) if inflow.amount else state


def _pay(plan: FlowPlan, state: FlowState, inflow: Inflow) -> FlowState:
    made_good = min(Fraction(inflow.amount), state.deficit)
    levels = state.levels.copy()
    levels.add(_ZERO, {Place(DEFICIT, plan.deficit_payer): made_good})
    course = course_of(
        plan,
        inflow.day,
        capital=state.capital(plan),
        interest=state.interest,
        counts=state.counts,
    )
    portions = march(inflow.amount - made_good, course, levels)
    last = state.last
    for portion in portions:
        last = Piece(portion.amount, portion.got, inflow.when, last)
    entry = Entry(inflow, state.deficit, portions, {room.place: room for room in state.rooms(plan)})
    proofs = prove_payment(plan, entry, course)
    return replace(
        state,
        levels=levels,
        last=last,
        deficit=state.deficit - made_good,
        proofs=_extended(state.proofs, proofs.steps),
        accrued={k: steps for k, steps in state.accrued.items() if k not in proofs.shown},
    )


def _refund(plan: FlowPlan, state: FlowState, inflow: Inflow) -> FlowState:
    levels = state.levels.copy()
    last, remaining = state.last, Fraction(-inflow.amount)
    reversals = []
    while last is not None and remaining > 0:
        returned = min(remaining, last.amount)
        part = returned / last.amount
        levels.add(-returned, {place: -got * part for place, got in last.got.items()})
        reversals.append(Reversal(last.when, returned, last.amount, last.got))
        remaining -= returned
        last = _shortened(last, returned)
    levels.add(_ZERO, {Place(DEFICIT, plan.deficit_payer): -remaining})
    entry = Entry(inflow, state.deficit, (), {}, tuple(reversals))
    return replace(
        state,
        levels=levels,
        last=last,
        deficit=state.deficit + remaining,
        proofs=_extended(state.proofs, prove_refund(plan, entry).steps),
    )


def _shortened(piece: Piece, returned: Fraction) -> Piece | None:
    if returned == piece.amount:
        return piece.below
    left = 1 - returned / piece.amount
    got = {place: part * left for place, part in piece.got.items()}
    return replace(piece, amount=piece.amount - returned, got=got)


def _end(plan: FlowPlan, state: FlowState, news: MonthNews) -> FlowState:
    """Let interest accrue, and count what gates are read from."""
    interest, accrued = dict(state.interest), dict(state.accrued)
    unpaid = _Unpaid(state, state.capital(plan))
    for place, limit in plan.limits():
        balance = unpaid.balance(place, limit) if limit.rate else _ZERO
        if balance:
            step = prove_interest(place, news.month, balance, limit, plan.currency)
            interest[place] = interest.get(place, _ZERO) + step.result
            accrued[place] = (*accrued.get(place, ()), step)
    counts = dict(state.counts)
    for own in plan.steps:
        for index, gate in enumerate(own.measured):
            key = own.name, index
            counts[key] = gate.counted(counts.get(key, 0), news.counts.get(key, 0))
    return replace(state, interest=interest, accrued=accrued, counts=counts)


@dataclass(frozen=True, slots=True)
class _Unpaid:
    """What is left of limits at the end of a month."""

    state: FlowState
    capital: Mapping[Place, Fraction]

    def balance(self, place: Place, limit: LimitPlan) -> Fraction:
        """Return what bears interest: unpaid capital, or with compound interest all unpaid."""
        bears = limit.bears or place
        if limit.kind is InterestKind.SIMPLE:
            return max(_ZERO, self.capital[bears] - self.state.paid(bears))
        return sum((self._left(own) for own in {bears, place}), _ZERO)

    def _left(self, place: Place) -> Fraction:
        limit = self.capital[place] + self.state.interest.get(place, _ZERO)
        return max(_ZERO, limit - self.state.paid(place))


def _added(before: Mapping[Place, int], news: Mapping[Place, int]) -> Mapping[Place, int]:
    if not any(news.values()):
        return before
    return dict(before) | {place: before.get(place, 0) + cost for place, cost in news.items()}


def _extended(
    before: Mapping[Place, tuple[ProofStep, ...]], news: Mapping[Place, list[ProofStep]]
) -> dict[Place, tuple[ProofStep, ...]]:
    extended = dict(before)
    for place, steps in news.items():
        extended[place] = (*extended.get(place, ()), *steps)
    return extended
