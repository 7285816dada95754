"""Suspense and surprise, as paths of belief.

Source: Ely, Frankel and Kamenica 2015, Suspense and Surprise, Journal of Political Economy 123:
suspense is the variance of the next belief, surprise the distance from the last one. Beliefs and
the chances of the next ones come from readers' annotations; all are exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

Belief = Mapping[str, Fraction]
"""How probable each outcome is held to be; the values sum to one."""


@dataclass(frozen=True, slots=True)
class BeliefStep:
    """What is believed after a line, and what may be believed next.

    Attributes:
        line: The line after which it holds.
        belief: How probable each outcome is held to be.
        next: Beliefs that may follow, each with its chance; empty, if nobody wrote them down.
    """

    line: int
    belief: Belief
    next: tuple[tuple[Fraction, Belief], ...] = ()


@dataclass(frozen=True, slots=True)
class BeliefPath:
    """What one reader believed, line by line."""

    reader: str
    steps: tuple[BeliefStep, ...]


class ImpossibleBelief(Exception):
    """Raised where probabilities do not sum to one, or the next beliefs do not average to this."""

    code = "screenplays.impossible-belief"


def suspense_of(step: BeliefStep) -> Fraction:
    """Return the variance of the next belief: the chance-weighted squared distance from this one.

    Raises:
        ImpossibleBelief: Probabilities do not sum to one, or the next beliefs do not come to this
            one on average, as those of a reasonable reader must.

    Example:
        >>> half = {"guilty": Fraction(1, 2), "not": Fraction(1, 2)}
        >>> sure = {"guilty": Fraction(1), "not": Fraction(0)}
        >>> free = {"guilty": Fraction(0), "not": Fraction(1)}
        >>> step = BeliefStep(7, half, ((Fraction(1, 2), sure), (Fraction(1, 2), free)))
        >>> suspense_of(step)
        Fraction(1, 2)
    """
    _check(step.belief)
    if not step.next:
        return Fraction(0)
    if sum(chance for chance, _ in step.next) != 1:
        raise ImpossibleBelief(step.line)
    outcomes = set(step.belief).union(*(set(belief) for _, belief in step.next))
    for outcome in outcomes:
        mean = sum(
            (chance * belief.get(outcome, Fraction(0)) for chance, belief in step.next),
            Fraction(0),
        )
        if mean != step.belief.get(outcome, Fraction(0)):
            raise ImpossibleBelief(step.line, outcome)
    return sum(
        (chance * _distance(step.belief, belief) for chance, belief in step.next), Fraction(0)
    )


def surprise_of(path: BeliefPath) -> tuple[tuple[int, Fraction], ...]:
    """Return, for each step but the first, its line and the squared distance of the beliefs."""
    for step in path.steps:
        _check(step.belief)
    return tuple(
        (after.line, _distance(before.belief, after.belief))
        for before, after in pairwise(path.steps)
    )


def _check(belief: Belief) -> None:
    if sum(belief.values()) != 1 or any(value < 0 for value in belief.values()):
        raise ImpossibleBelief(dict(belief))


def _distance(one: Belief, other: Belief) -> Fraction:
    outcomes = set(one) | set(other)
    zero = Fraction(0)
    return sum(((one.get(name, zero) - other.get(name, zero)) ** 2 for name in outcomes), zero)
