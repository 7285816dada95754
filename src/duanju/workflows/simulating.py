"""Terms under uncertain performance: how often, and how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from duanju.deals import Fact, Terms, distinct_facts, entitle
from duanju.forecasts import HitShape, draw_factors
from duanju.kernel import Problem, ProblemsFound, currency, round_half_even
from duanju.workflows.comparing import find_axis, outcome_of
from duanju.workflows.scaling import scale_facts, total_of

RUNS = 1000
"""Draws of a simulation, unless said otherwise."""

SEARCH_STEPS_MAX = 64
"""Most doublings when the break-even point is looked for; 2^64 times the facts is never reached."""


class Anchor(StrEnum):
    """Which title the facts describe: the middle one, or one that just does not lose money."""

    MIDDLE = "middle"
    BREAK_EVEN = "break_even"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What chance is assumed.

    Attributes:
        seed: The same seed gives the same answer.
        runs: How many draws; see `duanju.forecasts.RUNS_MAX`.
        shape: How unequal titles are.
        anchor: Which title the facts describe.
    """

    seed: int
    runs: int = RUNS
    shape: HitShape = field(default_factory=HitShape)
    anchor: Anchor = Anchor.MIDDLE

    def factors(self) -> tuple[Fraction, ...]:
        """Return by how much each draw does better or worse than the facts."""
        own = self.anchor is Anchor.BREAK_EVEN
        divisor = self.shape.break_even_factor if own else Fraction(1)
        drawn = draw_factors(shape=self.shape, runs=self.runs, seed=self.seed)
        return tuple(factor / divisor for factor in drawn)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a role can expect.

    Attributes:
        role: Whose income.
        currency: ISO 4217 code.
        runs: How many draws.
        low: The 10th percentile, in minor units, exact; the lower of two neighbours.
        median: The 50th percentile.
        high: The 90th percentile.
        mean: The mean of all draws.
        recouped: In which part of the draws the role earns at least `invested`.
        invested: What it must earn back, in minor units.
        axis: The measure that `break_even` counts.
        supposed: How much of the axis the facts hold, in its integer unit.
        break_even: The least quantity of the axis, in its integer unit, at which `invested` is
            earned; `None` where no success is enough.
        amounts: Of every draw, rising.
    """

    role: str
    currency: str
    runs: int
    low: Fraction
    median: Fraction
    high: Fraction
    mean: Fraction
    recouped: Fraction
    invested: int
    axis: str
    supposed: int
    break_even: int | None
    amounts: tuple[Fraction, ...]

    @property
    def break_even_factor(self) -> Fraction | None:
        """How many times the facts the break-even point is."""
        return None if self.break_even is None else Fraction(self.break_even, self.supposed)


def simulate(
    *,
    terms: Terms,
    facts: Iterable[Fact],
    as_of: date,
    forecast: Forecast,
    role: str = "studio",
    invested_major: Fraction = Fraction(0),
) -> Simulation:
    """Compute terms over and over for a title that does better or worse by chance.

    Args:
        terms: The terms.
        facts: What the title of the anchor does.
        as_of: First day that is no longer counted.
        forecast: What chance is assumed.
        role: Whose income is looked at.
        invested_major: What that role has put in, in major units of the terms' currency.

    Raises:
        ProblemsFound: Terms or facts have problems, or nothing of any result is in the facts.
        ValueError: `runs` is out of range.
    """
    known = distinct_facts(facts)
    axis = find_axis(known)
    supposed = total_of(known, axis)
    if supposed <= 0:
        raise ProblemsFound((Problem("workflows.nothing-on-the-axis", params={"measure": axis}),))
    title = _Title(terms, known, as_of, role)
    code = outcome_of("", terms, known, as_of).currency
    invested = round_half_even(invested_major * currency(code).minor_per_major) if code else 0
    amounts = sorted(title.earned(factor) for factor in forecast.factors())
    return Simulation(
        role=role,
        currency=code,
        runs=forecast.runs,
        low=percentile(amounts, Fraction(1, 10)),
        median=percentile(amounts, Fraction(1, 2)),
        high=percentile(amounts, Fraction(9, 10)),
        mean=sum(amounts, Fraction(0)) / forecast.runs,
        recouped=Fraction(sum(1 for amount in amounts if amount >= invested), forecast.runs),
        invested=invested,
        axis=axis,
        supposed=supposed,
        break_even=title.break_even(invested, supposed),
        amounts=tuple(amounts),
    )


def percentile(rising: Sequence[Fraction], part: Fraction) -> Fraction:
    """Return the value below or at which that part of rising values lies; never an average.

    >>> percentile([Fraction(n) for n in (1, 2, 3, 4)], Fraction(1, 2))
    Fraction(2, 1)
    """
    rank = -(-part.numerator * len(rising) // part.denominator)
    return rising[max(rank, 1) - 1]


@dataclass(frozen=True, slots=True)
class _Title:
    terms: Terms
    facts: tuple[Fact, ...]
    as_of: date
    role: str

    def earned(self, factor: Fraction) -> Fraction:
        """Return what the role earns where the title does `factor` times as well."""
        facts = scale_facts(self.facts, factor)
        found = entitle(terms=self.terms, facts=facts, as_of=self.as_of)
        return sum((own.amount for own in found if own.party.role == self.role), Fraction(0))

    def break_even(self, invested: int, supposed: int) -> int | None:
        """Return the least quantity of the axis at which as much is earned as was invested.

        Found by doubling and halving, so where more success can mean less income it is one such
        quantity, not always the least.
        """

        def is_enough(at: int) -> bool:
            return self.earned(Fraction(at, supposed)) >= invested

        if is_enough(0):
            return 0
        above = supposed
        for _ in range(SEARCH_STEPS_MAX):
            if is_enough(above):
                break
            above *= 2
        else:
            return None
        below = 0
        while above - below > 1:
            middle = (below + above) // 2
            if is_enough(middle):
                above = middle
            else:
                below = middle
        return above
