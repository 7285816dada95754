"""What a flow is made of, with every number filled in, and the course that a month makes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from duanju.deals.clauses import InterestKind, Order
from duanju.deals.earning.flow.marching import Course, OpenReceiver, OpenStep, Place, Threshold
from duanju.kernel import Month

_ZERO = Fraction(0)
MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitPlan:
    """The most that a step or receiver takes: an amount, a cost and the interest on what is left.

    Attributes:
        amount: Minor units.
        cost_share: Share of the cost that facts tell; `None` without a cost.
        cost_cap: The most of that cost which counts, in minor units.
        rate: Interest a year, as a share; 0 for none.
        kind: Simple or compound.
        bears: Whose unpaid capital bears the interest; `None` for the limit's own.
    """

    amount: Fraction = _ZERO
    cost_share: Fraction | None = None
    cost_cap: Fraction | None = None
    rate: Fraction = _ZERO
    kind: InterestKind = InterestKind.SIMPLE
    bears: Place | None = None

    def counted_cost(self, cost: int) -> Fraction:
        """Return that part of a cost which the limit is raised by."""
        if self.cost_share is None:
            return _ZERO
        counted = Fraction(max(0, cost))
        if self.cost_cap is not None:
            counted = min(counted, self.cost_cap)
        return counted * self.cost_share

    def capital(self, cost: int) -> Fraction:
        """Return the limit without interest."""
        return self.amount + self.counted_cost(cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverPlan:
    """A receiver of a step; without a weight, the capital that bears its limit is its weight."""

    role: str
    weight: Fraction | None = Fraction(1)
    limit: LimitPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredGate:
    """A gate on an external count, in the integer unit of its measure; it is read by month."""

    above: Fraction | None = None
    until: Fraction | None = None
    is_level: bool = False

    def is_open(self, count: int) -> bool:
        """Say whether it is open once so much has been counted."""
        return (self.above is None or count > self.above) and (
            self.until is None or count <= self.until
        )

    def counted(self, before: int, news: int) -> int:
        """Return the count after a month: a sum, or of a level the highest."""
        return max(before, news) if self.is_level else before + news


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPlan:
    """A step with every number filled in; see `WaterfallStep`."""

    name: str
    receivers: tuple[ReceiverPlan, ...]
    takes: Fraction = Fraction(1)
    order: Order = Order.PRO_RATA
    limit: LimitPlan | None = None
    thresholds: tuple[Threshold, ...] = ()
    measured: tuple[MeasuredGate, ...] = ()
    from_day: date | None = None
    until_day: date | None = None
    is_deduction: bool = False

    def is_open_on(self, day: date) -> bool:
        """Say whether income of a day can enter."""
        begun = self.from_day is None or day >= self.from_day
        return begun and (self.until_day is None or day < self.until_day)

    def limits(self) -> Iterator[tuple[Place, LimitPlan]]:
        """Yield every limit with its place; the step's own has no role."""
        if self.limit is not None:
            yield Place(self.name, ""), self.limit
        for receiver in self.receivers:
            if receiver.limit is not None:
                yield Place(self.name, receiver.role), receiver.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowPlan:
    """A whole flow: steps from the top, what is owed beside them, and who has or bears the rest."""

    steps: tuple[StepPlan, ...]
    residual: str
    deficit_payer: str
    owed: Mapping[str, Fraction] = field(default_factory=dict)
    currency: str

    def limits(self) -> Iterator[tuple[Place, LimitPlan]]:
        """Yield every limit with its place, from the top."""
        for step in self.steps:
            yield from step.limits()

    def boundaries(self) -> Sequence[date]:
        """Return the days on which a step opens or closes, in the order of time."""
        days = {day for step in self.steps for day in (step.from_day, step.until_day)}
        return sorted(day for day in days if day is not None)


@dataclass(frozen=True, slots=True)
class Inflow:
    """What came in over days that have one course.

    Attributes:
        when: The month, or the first of the days where steps open or close within the month.
        day: The first day.
        amount: Minor units, net of refunds; negative where those exceed income.
    """

    when: str
    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class MonthNews:
    """What facts tell of one month: never more than that month's own.

    Attributes:
        month: The month.
        inflows: In the order of time.
        costs: By the place of the limit that they raise, in minor units.
        counts: By the name of a step and the index of its measured gate.
    """

    month: Month
    inflows: tuple[Inflow, ...]
    costs: Mapping[Place, int] = field(default_factory=dict)
    counts: Mapping[tuple[str, int], int] = field(default_factory=dict)


def course_of(
    plan: FlowPlan,
    day: date,
    *,
    capital: Mapping[Place, Fraction],
    interest: Mapping[Place, Fraction],
    counts: Mapping[tuple[str, int], int],
) -> Course:
    """Return the way that income of a day takes: the steps that are open, with their limits."""

    def limit(place: Place) -> Fraction | None:
        return capital[place] + interest.get(place, _ZERO) if place in capital else None

    steps = tuple(
        OpenStep(
            name=step.name,
            receivers=tuple(
                OpenReceiver(
                    receiver.role,
                    weight_of(step, receiver, capital),
                    limit(Place(step.name, receiver.role)),
                )
                for receiver in step.receivers
            ),
            takes=step.takes,
            order=step.order,
            limit=limit(Place(step.name, "")),
            thresholds=step.thresholds,
        )
        for step in plan.steps
        if step.is_open_on(day) and _measures_are_open(step, counts)
    )
    return Course(steps, plan.residual, plan.deficit_payer, plan.owed)


def weight_of(
    step: StepPlan, receiver: ReceiverPlan, capital: Mapping[Place, Fraction]
) -> Fraction:
    """Return the weight of a receiver; where none is stated, the capital that it put in."""
    if receiver.weight is not None:
        return receiver.weight
    place = Place(step.name, receiver.role)
    bears = receiver.limit.bears if receiver.limit is not None else None
    return capital.get(bears or place, _ZERO)


def _measures_are_open(step: StepPlan, counts: Mapping[tuple[str, int], int]) -> bool:
    return all(
        gate.is_open(counts.get((step.name, index), 0)) for index, gate in enumerate(step.measured)
    )
