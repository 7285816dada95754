"""Several offers or policies beside one another, computed on the same expectation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from duanju.deals import Fact, Policy, Terms, check_terms, month_ends_on
from duanju.kernel import Problem, ProblemsFound
from duanju.workflows import compare, find_differences, simulate
from duanju.workflows.comparing import Comparison
from duanju.workflows.differing import Difference
from duanju.workflows.simulating import Forecast, Simulation
from duanju_web.deals.mapping.expectations import (
    Expectation,
    Expected,
    example_terms,
    facts_expected,
    first_month,
)
from duanju_web.deals.mapping.parameters import values_of
from duanju_web.deals.mapping.policies import policy_of
from duanju_web.deals.models import Offer, PolicyVersion
from duanju_web.deals.selectors.deals import offers_of
from duanju_web.shared.models import Organisation

POLICY, OFFER = "policy", "offer"
RUNS = 300
"""Draws of a forecast on a page: enough for its percentiles, and soon there."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of those that are compared.

    Attributes:
        key: By which addresses name it: `policy:id/1`, `offer:7`.
        version: The policy's version.
        fixed: What an offer has chosen; None where the reader chooses.
        offer: The offer, or None.
    """

    key: str
    version: PolicyVersion
    fixed: Mapping[str, str] | None = None
    offer: Offer | None = None

    @property
    def policy(self) -> Policy:
        """What it says."""
        return policy_of(self.version)


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison came to.

    Attributes:
        comparison: The curves and crossings, or None where there is a problem.
        problems: What is wrong, by the name of the terms; an empty name for all together.
    """

    comparison: Comparison | None = None
    problems: tuple[tuple[str, Problem], ...] = ()


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a forecast came to, by the name of the terms."""

    by_name: Mapping[str, Simulation] = field(default_factory=dict)
    problems: tuple[tuple[str, Problem], ...] = ()


def find_candidate(*, key: str, organisation: Organisation | None) -> Candidate | None:
    """Return what a key names, or None; of offers only those that the organisation may see."""
    kind, _colon, rest = key.partition(":")
    if kind == POLICY:
        policy_id, _slash, number = rest.partition("/")
        if not number.isdecimal():
            return None
        version = PolicyVersion.objects.filter(policy_id=policy_id, version=int(number)).first()
        return Candidate(key, version) if version else None
    if kind == OFFER and rest.isdecimal() and organisation is not None:
        offer = offers_of(organisation).filter(pk=int(rest)).first()
        return Candidate(key, offer.policy_version, offer.parameters, offer) if offer else None
    return None


def compare_candidates(
    *,
    policies: Mapping[str, tuple[Policy, Mapping[str, object]]],
    expected: Iterable[Expected],
    expectation: Expectation,
    role: str = "studio",
) -> Compared:
    """Compute what a title would earn under several policies, and where their curves cross.

    Args:
        policies: Name to policy and what is chosen of its parameters.
        expected: The figures that they ask for.
        expectation: What is supposed of them.
        role: Whose income the curves show.
    """
    terms, problems = _terms(policies)
    if problems:
        return Compared(problems=problems)
    facts, as_of = _facts(policies, expected, expectation)
    try:
        made = compare(terms_by_name=terms, facts=facts, as_of=as_of, role=role)
    except ProblemsFound as found:
        return Compared(problems=tuple(("", problem) for problem in found.problems))
    return Compared(made)


def simulate_candidates(
    *,
    policies: Mapping[str, tuple[Policy, Mapping[str, object]]],
    expected: Iterable[Expected],
    expectation: Expectation,
    invested_major: Fraction,
    seed: int,
    role: str = "studio",
) -> Simulated:
    """Compute several policies over and over for a title that does better or worse by chance.

    Args:
        policies: As for `compare_candidates`.
        expected: As for `compare_candidates`.
        expectation: What the middle title does.
        invested_major: What the role must earn back, in major units.
        seed: The same seed gives the same answer.
        role: Whose income is looked at.
    """
    terms, problems = _terms(policies)
    if problems:
        return Simulated(problems=problems)
    facts, as_of = _facts(policies, expected, expectation)
    made: dict[str, Simulation] = {}
    found: list[tuple[str, Problem]] = []
    for name, own in terms.items():
        try:
            made[name] = simulate(
                terms=own,
                facts=facts,
                as_of=as_of,
                forecast=Forecast(seed=seed, runs=RUNS),
                role=role,
                invested_major=invested_major,
            )
        except ProblemsFound as error:
            found += [(name, problem) for problem in error.problems]
    return Simulated(made, tuple(found))


def compare_versions(
    *,
    before: Policy,
    after: Policy,
    chosen: tuple[Mapping[str, object], Mapping[str, object]],
    expected: Sequence[Expected],
    expectation: Expectation,
) -> Difference | tuple[Problem, ...]:
    """Return what differs between two versions, and what each clause brings whom under either."""
    policies = {"before": (before, chosen[0]), "after": (after, chosen[1])}
    terms, problems = _terms(policies)
    if problems:
        return tuple(problem for _name, problem in problems)
    facts, as_of = _facts(policies, expected, expectation)
    try:
        return find_differences(
            before=terms["before"], after=terms["after"], facts=facts, as_of=as_of
        )
    except ProblemsFound as found:
        return found.problems


def _terms(
    policies: Mapping[str, tuple[Policy, Mapping[str, object]]],
) -> tuple[dict[str, Terms], tuple[tuple[str, Problem], ...]]:
    starts_in = first_month(policy for policy, _chosen in policies.values())
    terms: dict[str, Terms] = {}
    problems: list[tuple[str, Problem]] = []
    for name, (policy, chosen) in policies.items():
        try:
            own = example_terms(policy=policy, chosen=chosen, starts_in=starts_in)
        except ProblemsFound as found:
            problems += [(name, problem) for problem in found.problems]
            continue
        problems += [(name, problem) for problem in check_terms(own)]
        terms[name] = own
    return terms, tuple(problems)


def _facts(
    policies: Mapping[str, tuple[Policy, Mapping[str, object]]],
    expected: Iterable[Expected],
    expectation: Expectation,
) -> tuple[tuple[Fact, ...], date]:
    several = [policy for policy, _chosen in policies.values()]
    values = {
        name: value
        for policy, chosen in policies.values()
        for name, value in values_of(policy, chosen).items()
    }
    facts = facts_expected(
        expected=tuple(expected), expectation=expectation, policies=several, values=values
    )
    last = first_month(several)
    for _number in range(expectation.months - 1):
        last = last.next()
    return facts, month_ends_on(last)
