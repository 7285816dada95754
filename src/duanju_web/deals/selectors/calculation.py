"""Computing a policy before anything is signed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from duanju.deals import (
    MEASURES,
    Entitlement,
    Fact,
    Policy,
    RevenueShare,
    Stretch,
    Terms,
    TieredRate,
    Word,
    check_terms,
    entitle,
)
from duanju.kernel import Month, Problem, ProblemsFound
from duanju_web.deals.mapping.contracts import Covered, terms_of
from duanju_web.deals.mapping.numbers import number_in_words

EXAMPLE_TITLE = "1"
CURVE_POINTS = 48
MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class Supposition:
    """What somebody supposes a title will do.

    Attributes:
        effective_minutes: Since release.
        income_minor_by_channel: Unlock income since release, in minor units, by channel.
    """

    effective_minutes: int = 0
    income_minor_by_channel: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """What a supposition would earn.

    Attributes:
        entitlements: All parts of everyone, in the policy's order.
        problems: Why it cannot be computed; then there are no entitlements.
    """

    entitlements: tuple[Entitlement, ...] = ()
    problems: tuple[Problem, ...] = ()


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
    *, policy: Policy, chosen: Mapping[str, object], supposed: Supposition
) -> Calculation:
    """Compute what one title would earn by a policy, with proofs.

    Args:
        policy: The policy.
        chosen: Parameter id to words, as a form or an offer holds them.
        supposed: What the title would do, all in one month.
    """
    try:
        terms = _example_terms(policy, chosen)
        problems = check_terms(terms)
        if problems:
            return Calculation(problems=problems)
        facts = _facts(terms, supposed)
        entitlements = entitle(terms=terms, facts=facts, as_of=_stretch(policy).ends_on)
    except ProblemsFound as found:
        return Calculation(problems=found.problems)
    return Calculation(entitlements=entitlements)


def draw_curve(
    *, policy: Policy, chosen: Mapping[str, object], until_minutes: int
) -> tuple[CurvePoint, ...]:
    """Return what the studio earns by effective hours, from nothing to a number of minutes.

    Only clauses that pay for viewing count. Thresholds are points of the curve, so that its bends
    are where the policy has them.
    """
    rates = tuple(clause for clause in policy.clauses if isinstance(clause, TieredRate))
    if not rates or until_minutes <= 0:
        return ()
    viewing = replace(policy, clauses=rates)
    even = {until_minutes * number // CURVE_POINTS for number in range(CURVE_POINTS + 1)}
    bends = {int(tier.threshold) for rate in rates for tier in rate.tiers}
    points = sorted(even | {bend for bend in bends if bend <= until_minutes})
    return tuple(_point(viewing, chosen, minutes) for minutes in points)


def channels_of(policy: Policy) -> tuple[str, ...]:
    """Return the channels whose income a policy speaks of, in its order."""
    named = (
        channel
        for clause in policy.clauses
        if isinstance(clause, RevenueShare)
        for deduction in clause.deductions
        for channel in deduction.rate_by_channel
    )
    return tuple(dict.fromkeys(named))


def income_currency(policy: Policy, chosen: Mapping[str, object]) -> str:
    """Return the currency in which a policy divides an income, or an empty string if still open."""
    for clause in policy.clauses:
        if isinstance(clause, RevenueShare):
            return _word(clause.currency, policy, chosen)
    return ""


def _point(policy: Policy, chosen: Mapping[str, object], minutes: int) -> CurvePoint:
    found = calculate(policy=policy, chosen=chosen, supposed=Supposition(minutes))
    earned = sum((part.amount for part in found.entitlements), Fraction(0))
    return CurvePoint(Fraction(minutes, MINUTES_PER_HOUR), round(earned))


def _word(word: Word, policy: Policy, chosen: Mapping[str, object]) -> str:
    if isinstance(word, str):
        return word
    defaults = {parameter.id: parameter.default for parameter in policy.parameters}
    return str(chosen.get(word.parameter) or defaults.get(word.parameter) or "")


def _example_terms(policy: Policy, chosen: Mapping[str, object]) -> Terms:
    covered = Covered(
        platform="platform",
        studio="studio",
        title_ids=frozenset({EXAMPLE_TITLE}),
        starts_on=_stretch(policy).starts_on,
        ends_on=None,
    )
    return terms_of(policy=policy, chosen=chosen, covered=covered)


def _stretch(policy: Policy) -> Stretch:
    first: date = policy.valid_from
    return Stretch.of_month(Month(first.year, first.month).next())


def _facts(terms: Terms, supposed: Supposition) -> tuple[Fact, ...]:
    stretch = _stretch(terms.policy)
    viewing = MEASURES["effective_minutes"]
    facts = [
        Fact(
            measure=viewing.name,
            title_id=EXAMPLE_TITLE,
            stretch=stretch,
            quantity=supposed.effective_minutes * viewing.per_term_unit,
            unit=viewing.unit,
        )
    ]
    income = MEASURES["unlock_income"]
    currency = income_currency(terms.policy, {**terms.parameters})
    for channel, amount_minor in (supposed.income_minor_by_channel or {}).items():
        facts.append(
            Fact(
                measure=income.name,
                title_id=EXAMPLE_TITLE,
                stretch=stretch,
                quantity=amount_minor,
                unit=income.unit,
                currency=currency,
                channel=channel,
            )
        )
    return tuple(facts)
