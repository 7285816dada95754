"""One amount that flows down through steps, split exactly where something changes.

Between two changes everything is proportional to the amount: each receiver has a fixed share of
the next fen. So the amount is marched piece by piece, each piece as long as nothing changes: no
limit is reached, no threshold is crossed. Every crossing is computed, not searched for.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple, TypeVar

from duanju.deals.clauses import Gauge, Order

OWED = "/owed"
REST = "/rest"
DEFICIT = "/deficit"
BESIDE = frozenset({OWED, REST, DEFICIT})
"""The places beside the steps; no step is named so."""

_Key = TypeVar("_Key", bound=Hashable)

_ZERO = Fraction(0)
_ONE = Fraction(1)


class Place(NamedTuple):
    """Where money arrives: a receiver of a step, or of `OWED`, `REST` or `DEFICIT`."""

    step: str
    role: str


@dataclass(frozen=True, slots=True)
class OpenReceiver:
    """A receiver of a step, as it stands in one month.

    Attributes:
        role: Who.
        weight: Its part beside the others; more than 0.
        limit: The most that it has received of the step ever, in minor units; `None` for no limit.
    """

    role: str
    weight: Fraction = _ONE
    limit: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A gate whose crossing is exact: on the pool, on a step or on what a role has received."""

    gauge: Gauge
    of: str = ""
    above: Fraction | None = None
    until: Fraction | None = None


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step, as it stands in one month: it takes its share and lets the rest flow on.

    Attributes:
        name: The step's name.
        takes: Share of what reaches it.
        receivers: Among whom that is divided.
        order: Side by side, or one after the other.
        limit: The most that it has taken ever, in minor units; `None` for no limit.
        thresholds: All must be open.
    """

    name: str
    receivers: tuple[OpenReceiver, ...]
    takes: Fraction = _ONE
    order: Order = Order.PRO_RATA
    limit: Fraction | None = None
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """The way that an amount takes: the steps that are open in its month, and who has the rest.

    Attributes:
        steps: From the top.
        residual: Role of who has what no step takes.
        deficit_payer: Role of who pays what is owed beyond the amount.
        owed: Role to share of the amount, owed beside the steps.
    """

    steps: tuple[OpenStep, ...]
    residual: str
    deficit_payer: str
    owed: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(slots=True)
class Levels:
    """How much has arrived where so far, in minor units: what gates and limits are read from.

    Attributes:
        pool: All that has been marched.
        places: By place.
        steps: By step, over its receivers.
        roles: By role, over all steps; what comes beside the steps is not among it.
    """

    pool: Fraction = _ZERO
    places: dict[Place, Fraction] = field(default_factory=dict)
    steps: dict[str, Fraction] = field(default_factory=dict)
    roles: dict[str, Fraction] = field(default_factory=dict)

    def copy(self) -> "Levels":
        """Return levels that rise and fall without these."""
        return Levels(self.pool, dict(self.places), dict(self.steps), dict(self.roles))

    def add(self, amount: Fraction, got: Mapping[Place, Fraction]) -> None:
        """Let an amount arrive, or, if it is negative, go back."""
        self.pool += amount
        for place, part in got.items():
            _raise(self.places, place, part)
            if place.step not in BESIDE:
                _raise(self.steps, place.step, part)
                _raise(self.roles, place.role, part)

    def read(self, gauge: Gauge, of: str) -> Fraction:
        """Return where a gauge stands."""
        if gauge is Gauge.POOL:
            return self.pool
        return (self.steps if gauge is Gauge.STEP else self.roles).get(of, _ZERO)


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of an amount along which every receiver's share is the same.

    Attributes:
        amount: How long it is, in minor units.
        got: What arrived where; sums to the amount.
        reached: What reached each step.
        admitted: That part of it which found the step's gates open.
    """

    amount: Fraction
    got: Mapping[Place, Fraction]
    reached: Mapping[str, Fraction]
    admitted: Mapping[str, Fraction]


def march(amount: Fraction, course: Course, levels: Levels) -> tuple[Portion, ...]:
    """March an amount through a course; the levels rise by it.

    Args:
        amount: Minor units, 0 or more.
        course: The steps as they stand.
        levels: What has arrived so far; raised in place.

    Returns:
        At most one portion more than there are limits and thresholds; they sum to the amount.
    """
    portions = []
    remaining = amount
    while remaining > 0:
        shares = _shares(course, levels)
        length = min([remaining, *_lengths(course, levels, shares.got)])
        portion = _scaled(shares, length)
        levels.add(length, portion.got)
        portions.append(portion)
        remaining -= length
    most = 1 + sum(_changes(step) for step in course.steps)
    if len(portions) > most:
        raise AssertionError(f"{len(portions)} portions where {most} can be")
    return tuple(portions)


def _changes(step: OpenStep) -> int:
    limits = sum(receiver.limit is not None for receiver in step.receivers)
    return limits + (step.limit is not None) + 2 * len(step.thresholds)


def _shares(course: Course, levels: Levels) -> Portion:
    """Return where the next unit goes, as shares of it."""
    got: dict[Place, Fraction] = {}
    reached: dict[str, Fraction] = {}
    admitted: dict[str, Fraction] = {}
    flowing = _ONE
    for step in course.steps:
        reached[step.name] = flowing
        if not all(_is_open(threshold, levels) for threshold in step.thresholds):
            continue
        admitted[step.name] = flowing
        takers = _takers(step, levels)
        if not takers or not flowing or not step.takes:
            continue
        taken = flowing * step.takes
        weights = sum((receiver.weight for receiver in takers), _ZERO)
        for receiver in takers:
            got[Place(step.name, receiver.role)] = taken * receiver.weight / weights
        flowing -= taken
    for role, share in course.owed.items():
        got[Place(OWED, role)] = share
        flowing -= share
    if flowing:
        role = course.residual if flowing > 0 else course.deficit_payer
        got[Place(REST, role)] = flowing
    return Portion(_ONE, got, reached, admitted)


def _is_open(threshold: Threshold, levels: Levels) -> bool:
    level = levels.read(threshold.gauge, threshold.of)
    begun = threshold.above is None or level >= threshold.above
    return begun and (threshold.until is None or level < threshold.until)


def _takers(step: OpenStep, levels: Levels) -> Sequence[OpenReceiver]:
    """Return who receives of a step next; empty once it is full."""
    if step.limit is not None and levels.steps.get(step.name, _ZERO) >= step.limit:
        return ()
    takers = [
        receiver
        for receiver in step.receivers
        if receiver.limit is None
        or levels.places.get(Place(step.name, receiver.role), _ZERO) < receiver.limit
    ]
    return takers[:1] if step.order is Order.PRIORITY else takers


def _lengths(course: Course, levels: Levels, got: Mapping[Place, Fraction]) -> Sequence[Fraction]:
    """Return how much can flow before each thing that is ahead changes."""
    rates = Levels()
    rates.add(_ONE, got)
    lengths = []
    for step in course.steps:
        limits = [(step.limit, levels.steps.get(step.name, _ZERO), rates.steps.get(step.name))]
        for receiver in step.receivers:
            place = Place(step.name, receiver.role)
            limits.append(
                (receiver.limit, levels.places.get(place, _ZERO), rates.places.get(place))
            )
        for threshold in step.thresholds:
            level = levels.read(threshold.gauge, threshold.of)
            rate = rates.read(threshold.gauge, threshold.of)
            limits += [(threshold.above, level, rate), (threshold.until, level, rate)]
        lengths += [
            (limit - level) / rate
            for limit, level, rate in limits
            if limit is not None and rate and limit > level
        ]
    return lengths


def _scaled(shares: Portion, length: Fraction) -> Portion:
    return Portion(
        length,
        {place: share * length for place, share in shares.got.items()},
        {name: share * length for name, share in shares.reached.items()},
        {name: share * length for name, share in shares.admitted.items()},
    )


def _raise(sums: dict[_Key, Fraction], key: _Key, part: Fraction) -> None:
    sums[key] = sums.get(key, _ZERO) + part
