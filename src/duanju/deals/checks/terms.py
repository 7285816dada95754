"""What is wrong with what a deal chose."""

from collections.abc import Collection, Iterator, Mapping

from duanju.deals.checks.amounts import find_unassigned_amounts
from duanju.deals.checks.clauses_together import find_terms_problems_together
from duanju.deals.checks.filled_in import at_its_parameter, find_unfit_values
from duanju.deals.checks.promises import find_overpayments
from duanju.deals.checks.reserves import find_reserve_terms_problems
from duanju.deals.checks.revenue_shares import find_falling_tiers
from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import Clause, ParameterIs
from duanju.deals.clauses.references import is_chosen
from duanju.deals.clauses.roles import roles_of
from duanju.deals.clauses.walking import find_within
from duanju.deals.parameters import (
    Chosen,
    Given,
    ParameterValue,
    read_value,
)
from duanju.deals.policy import Policy, Terms
from duanju.kernel import Problem, Where


def read_parameters(
    *, policy: Policy, chosen: Mapping[str, object]
) -> tuple[dict[str, ParameterValue], tuple[Problem, ...]]:
    """Read what a deal fills in, as typed values.

    Args:
        policy: Whose parameters they are.
        chosen: Id to int, Decimal or text (`0.5`, `50%`, an option's word); `None` and empty text
            mean that nothing was chosen.

    Returns:
        The values that are good, and all problems: unknown ids, wrong values, required ones that
        are missing. Paths are `parameters.<id>`.
    """
    known = {parameter.id: parameter for parameter in policy.parameters}
    values: dict[str, ParameterValue] = {}
    problems: list[Problem] = []
    filled = {name: value for name, value in chosen.items() if value not in (None, "")}
    for name, value in filled.items():
        if name not in known:
            problems.append(
                problem_at("deals.unknown-parameter", f"parameters.{name}", parameter=name)
            )
            continue
        read = read_value(known[name], value, where=Where(path=f"parameters.{name}"))
        if isinstance(read, Problem):
            problems.append(read)
        else:
            values[name] = read
    for name, parameter in known.items():
        if parameter.required and parameter.default is None and name not in filled:
            path = f"parameters.{name}"
            problems.append(problem_at("deals.missing-parameter", path, parameter=name))
    return values, tuple(problems)


def check_terms(terms: Terms) -> tuple[Problem, ...]:
    """Return everything that is wrong with terms whose policy is good."""
    _, problems = read_parameters(policy=terms.policy, chosen=terms.parameters)
    found = (
        *problems,
        *_find_date_problems(terms),
        *_find_party_problems(terms),
        *_find_unset_values(terms, {str(p.params.get("parameter")) for p in problems}),
        *find_falling_tiers(terms),
        *find_overpayments(terms),
        *find_unassigned_amounts(terms),
        *find_reserve_terms_problems(terms),
        *find_terms_problems_together(terms),
    )
    known = {(problem.code, problem.where.path) for problem in found}
    unfit = [own for own in find_unfit_values(terms) if (own.code, own.where.path) not in known]
    return (*found, *(at_its_parameter(problem, terms) for problem in unfit))


def _find_date_problems(terms: Terms) -> Iterator[Problem]:
    if not terms.title_ids:
        yield problem_at("deals.no-title", "titles")
    if terms.ends_on is not None and terms.ends_on <= terms.starts_on:
        dates = {"valid_from": str(terms.starts_on), "valid_until": str(terms.ends_on)}
        yield problem_at("deals.ends-before-it-starts", "ends_on", **dates)
    signed, policy = terms.signed_on, terms.policy
    if signed is None:
        return
    if signed < policy.valid_from or (policy.valid_until and signed >= policy.valid_until):
        yield problem_at(
            "deals.policy-not-in-force",
            "signed_on",
            policy=policy.id,
            version=policy.version,
            signed_on=str(signed),
        )


def _find_party_problems(terms: Terms) -> Iterator[Problem]:
    needed = dict.fromkeys(role for clause in _chosen(terms) for role in roles_of(clause))
    for role in needed:
        party = terms.parties.get(role)
        if party is None:
            yield problem_at("deals.missing-party", f"parties.{role}", role=role)
        elif party.role != role:
            yield problem_at("deals.party-in-another-role", f"parties.{role}", role=party.role)


def _find_unset_values(terms: Terms, reported: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each parameter without which a clause comes to nothing.

    The rate of a channel is not among them: it is needed only once something is paid there.
    """
    names: dict[str, None] = {
        condition.parameter: None
        for clause in terms.policy.clauses
        for condition in clause.when
        if isinstance(condition, ParameterIs)
    }
    for clause in _chosen(terms):
        found: list[tuple[str, Given | Chosen]] = [
            *find_within(clause, Given),
            *find_within(clause, Chosen),
        ]
        names |= {
            value.parameter: None
            for path, value in found
            if "rate_by_channel" not in path.split(".")
        }
    for name in names:
        if name not in terms.values and name not in reported:
            yield problem_at("deals.missing-parameter", f"parameters.{name}", parameter=name)


def _chosen(terms: Terms) -> Iterator[Clause]:
    """Yield the clauses that the deal's choices let stand."""
    values = terms.values
    return (clause for clause in terms.policy.clauses if is_chosen(clause, values))
