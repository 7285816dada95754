"""The same drama under several terms: who gets what, and where the curves cross."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise

from duanju.deals import MEASURES, Entitlement, Fact, Terms, Unit, distinct_facts, entitle
from duanju.kernel import Problem, ProblemsFound
from duanju.workflows.scaling import SCALED, scale_facts, total_of

POINTS = 48
"""Points of a curve between nothing and `reach` times the facts."""

TERMS_MAX = 8
"""Most terms of one comparison."""

REACH = Fraction(2)
"""How far beyond the facts the curves go, unless said otherwise."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one of the terms comes to.

    Attributes:
        name: The terms' name in the comparison.
        currency: ISO 4217 code.
        by_role: Role to minor units, exact; deductions are under the role of who receives them.
        entitlements: All of them, with proofs.
    """

    name: str
    currency: str
    by_role: Mapping[str, Fraction]
    entitlements: tuple[Entitlement, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """What a role earns under one of the terms as the title does better.

    Attributes:
        name: The terms' name.
        points: (quantity of the axis in its term unit, minor units), by rising quantity.
    """

    name: str
    points: tuple[tuple[Fraction, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where two curves change sides.

    Attributes:
        at: The first quantity of the axis, in its integer unit, at which the other pays more, or
            as much.
        before: The terms that pay more below.
        after: The terms that pay more from there on; both pay the same where a curve only touches.
    """

    at: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several terms beside each other.

    Attributes:
        role: Whose income the curves show.
        axis: The measure along which they run; all of a title's results grow with it.
        supposed: How much of it the facts hold, in its integer unit.
        currency: Of all amounts.
        outcomes: What the facts as given come to, in the order of the terms.
        curves: One for each of the terms.
        crossings: By rising quantity.
    """

    role: str
    axis: str
    supposed: int
    currency: str
    outcomes: tuple[Outcome, ...]
    curves: tuple[Curve, ...]
    crossings: tuple[Crossing, ...]

    @property
    def best(self) -> str:
        """The terms under which the role earns most by the facts; the first of equals."""
        return max(self.outcomes, key=lambda own: own.by_role.get(self.role, Fraction(0))).name


def compare(
    *,
    terms_by_name: Mapping[str, Terms],
    facts: Iterable[Fact],
    as_of: date,
    role: str = "studio",
    axis: str = "",
    reach: Fraction = REACH,
) -> Comparison:
    """Compare what a title would earn under several terms.

    The curves are drawn at `POINTS` points between nothing and `reach` times the facts, and at the
    facts themselves. Between two points where two curves change sides the crossing is found by
    halving, exact to one unit of the axis, of facts that are scaled to whole units one by one:
    where they lie in several months, a crossing can be as many units later. Curves that cross twice
    between two points are not seen.

    Args:
        terms_by_name: Two to `TERMS_MAX` terms; they must cover the facts' titles.
        facts: What the title does, or is expected to do.
        as_of: First day that is no longer counted.
        role: Whose income is compared.
        axis: The measure of the horizontal axis; empty for effective minutes where the facts hold
            any, else the largest income.
        reach: How far the curves go, as a multiple of the facts.

    Raises:
        ProblemsFound: Terms or facts have problems, nothing of the axis is there, or the terms pay
            in different currencies.
        ValueError: Too few or too many terms.
    """
    if not 2 <= len(terms_by_name) <= TERMS_MAX:
        raise ValueError(f"{len(terms_by_name)} terms cannot be compared, 2 to {TERMS_MAX} can")
    known = distinct_facts(facts)
    axis = axis or find_axis(known)
    supposed = total_of(known, axis)
    if supposed <= 0:
        raise ProblemsFound((Problem("workflows.nothing-on-the-axis", params={"measure": axis}),))
    line = _Line(terms_by_name, known, as_of, role, supposed)
    outcomes = tuple(outcome_of(name, terms, known, as_of) for name, terms in terms_by_name.items())
    currency = _common_currency(outcomes)
    quantities = _quantities(supposed, reach)
    amounts = {name: [line.earned(name, at) for at in quantities] for name in terms_by_name}
    per_unit = MEASURES[axis].per_term_unit
    curves = tuple(
        Curve(
            name,
            tuple(
                (Fraction(at, per_unit), amount) for at, amount in zip(quantities, own, strict=True)
            ),
        )
        for name, own in amounts.items()
    )
    crossings = sorted(line.crossings(quantities, amounts), key=lambda own: own.at)
    return Comparison(role, axis, supposed, currency, outcomes, curves, tuple(crossings))


def find_axis(facts: Iterable[Fact]) -> str:
    """Return the measure by which a title's success is told: viewing, else its largest income."""
    totals: dict[str, int] = defaultdict(int)
    for fact in facts:
        if fact.measure in SCALED:
            totals[fact.measure] += fact.quantity
    if totals.get("effective_minutes"):
        return "effective_minutes"
    incomes = [name for name in totals if MEASURES[name].unit is Unit.MINOR and totals[name] > 0]
    rest = [name for name in totals if totals[name] > 0]
    return max(incomes or rest or ["effective_minutes"], key=lambda name: (totals[name], name))


def outcome_of(name: str, terms: Terms, facts: Iterable[Fact], as_of: date) -> Outcome:
    """Return what one of the terms comes to, by role.

    Raises:
        ProblemsFound: The terms pay in several currencies, or terms or facts have problems.
    """
    entitlements = entitle(terms=terms, facts=facts, as_of=as_of)
    currencies = dict.fromkeys(own.currency for own in entitlements)
    if len(currencies) > 1:
        params: dict[str, str | int] = {"terms": name, "currencies": ", ".join(currencies)}
        raise ProblemsFound((Problem("workflows.several-currencies", params=params),))
    by_role: dict[str, Fraction] = {}
    for own in entitlements:
        by_role[own.party.role] = by_role.get(own.party.role, Fraction(0)) + own.amount
    return Outcome(name, next(iter(currencies), ""), by_role, entitlements)


def _common_currency(outcomes: Sequence[Outcome]) -> str:
    currencies = dict.fromkeys(own.currency for own in outcomes if own.currency)
    if len(currencies) > 1:
        names = ", ".join(f"{own.name} {own.currency}" for own in outcomes)
        params: dict[str, str | int] = {"terms": names}
        raise ProblemsFound((Problem("workflows.different-currencies", params=params),))
    return next(iter(currencies), "")


def _quantities(supposed: int, reach: Fraction) -> list[int]:
    furthest = supposed * reach.numerator // reach.denominator
    return sorted({supposed, *(furthest * step // POINTS for step in range(POINTS + 1))})


@dataclass(frozen=True, slots=True)
class _Line:
    """The terms along the axis."""

    terms_by_name: Mapping[str, Terms]
    facts: tuple[Fact, ...]
    as_of: date
    role: str
    supposed: int

    def earned(self, name: str, at: int) -> Fraction:
        """Return what the role earns where the title has `at` of the axis."""
        facts = scale_facts(self.facts, Fraction(at, self.supposed))
        found = entitle(terms=self.terms_by_name[name], facts=facts, as_of=self.as_of)
        return sum((own.amount for own in found if own.party.role == self.role), Fraction(0))

    def crossings(
        self, quantities: Sequence[int], amounts: Mapping[str, Sequence[Fraction]]
    ) -> Iterator[Crossing]:
        """Yield where each two curves change sides."""
        for first, second in combinations(self.terms_by_name, 2):
            leads = [a - b for a, b in zip(amounts[first], amounts[second], strict=True)]
            told = [(at, lead) for at, lead in zip(quantities, leads, strict=True) if lead]
            for (below, lead), (above, later) in pairwise(told):
                if (lead > 0) is not (later > 0):
                    before, after = (first, second) if lead > 0 else (second, first)
                    yield Crossing(
                        self._first_not_ahead(before, after, below, above), before, after
                    )

    def _first_not_ahead(self, before: str, after: str, below: int, above: int) -> int:
        """Return the least quantity at which `before` no longer pays more, by halving."""
        while above - below > 1:
            middle = (below + above) // 2
            if self.earned(before, middle) > self.earned(after, middle):
                below = middle
            else:
                above = middle
        return above
