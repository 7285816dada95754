"""Computing a policy before anything is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from duanju.adapters.prose import may_read
from duanju.deals import (
    Entitlement,
    Fact,
    Policy,
    TieredRate,
    check_terms,
    entitle,
    month_ends_on,
)
from duanju.kernel import Month, Problem, ProblemsFound
from duanju.workflows.scaling import scale_facts, total_of
from duanju_web.deals.mapping.expectations import example_terms, first_month
from duanju_web.deals.mapping.numbers import number_in_words

CURVE_POINTS = 48
MINUTES_PER_HOUR = 60
MS_PER_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Calculation:
    """What an expectation would earn.

    Attributes:
        entitlements: All parts of everyone, in the policy's order.
        problems: Why it cannot be computed; then there are no entitlements.
    """

    entitlements: tuple[Entitlement, ...] = ()
    problems: tuple[Problem, ...] = ()

    def earned_by(self, role: str) -> dict[str, Fraction]:
        """Return what a role receives, exactly, in minor units by currency."""
        sums: dict[str, Fraction] = {}
        for own in self.entitlements:
            if own.party.role == role:
                sums[own.currency] = sums.get(own.currency, Fraction(0)) + own.amount
        return sums


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of the curve of income against viewing, of the clauses that pay for viewing."""

    effective_hours: Fraction
    amount_minor: int

    @property
    def hours_in_words(self) -> str:
        """The hours as people read them."""
        return number_in_words(self.effective_hours)


def calculate(
    *, policy: Policy, chosen: Mapping[str, object], facts: tuple[Fact, ...]
) -> Calculation:
    """Compute what one title would earn by a policy, with proofs.

    Args:
        policy: The policy.
        chosen: Parameter id to words, as a form or an offer holds them.
        facts: What the title would do.
    """
    try:
        terms = example_terms(policy=policy, chosen=chosen, starts_in=_begins(policy, facts))
        problems = check_terms(terms)
        if problems:
            return Calculation(problems=problems)
        return Calculation(
            entitlements=entitle(terms=terms, facts=facts, as_of=as_of(policy, facts))
        )
    except ProblemsFound as found:
        return Calculation(problems=found.problems)


def draw_curve(
    *,
    policy: Policy,
    chosen: Mapping[str, object],
    facts: tuple[Fact, ...],
    until_minutes: int,
    reader: str = "",
) -> tuple[CurvePoint, ...]:
    """Return what the studio earns by effective hours, from nothing to a number of minutes.

    Only clauses that pay for viewing, and that the reader may see, count. Thresholds are points
    of the curve, so that its bends are where the policy has them.
    """
    rates = tuple(
        clause
        for clause in policy.clauses
        if isinstance(clause, TieredRate)
        and clause.counted.measure == "effective_minutes"
        and may_read(policy, clause.id, reader)
    )
    if not rates or until_minutes <= 0:
        return ()
    viewing = tuple(own for own in facts if own.measure == "effective_minutes")
    supposed = total_of(viewing, "effective_minutes")
    if not supposed:
        return ()
    rest = tuple(own for own in facts if own.measure != "effective_minutes")
    even = {until_minutes * number // CURVE_POINTS for number in range(CURVE_POINTS + 1)}
    bends = {int(tier.threshold) for rate in rates for tier in rate.tiers}
    ids = {rate.id for rate in rates}
    points = []
    for minutes in sorted(even | {bend for bend in bends if bend <= until_minutes}):
        scaled = scale_facts(viewing, Fraction(minutes * MS_PER_MINUTE, supposed))
        found = calculate(policy=policy, chosen=chosen, facts=(*scaled, *rest))
        earned = sum(
            (
                own.amount
                for own in found.entitlements
                if own.clause_id in ids and own.party.role == "studio"
            ),
            Fraction(0),
        )
        points.append(CurvePoint(Fraction(minutes, MINUTES_PER_HOUR), round(earned)))
    return tuple(points)


def as_of(policy: Policy, facts: tuple[Fact, ...]) -> date:
    """Return the first day after all facts."""
    ends = [own.stretch.month for own in facts] or [first_month((policy,))]
    return month_ends_on(max(ends))


def _begins(policy: Policy, facts: tuple[Fact, ...]) -> Month:
    return min([own.stretch.month for own in facts] or [first_month((policy,))])
