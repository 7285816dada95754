"""Terms as a policy alone would make them, before there is a deal."""

from collections.abc import Iterable, Mapping
from datetime import date

from duanju.deals import Fact, Policy, Terms, check_terms, read_parameters, roles_of
from duanju.kernel import Party, ProblemsFound

ONLY_TITLE = "1"
"""The title's number where nobody names one."""


def suppose_terms(
    *,
    policy: Policy,
    chosen: Mapping[str, object],
    title_ids: Iterable[str] = (ONLY_TITLE,),
    starts_on: date | None = None,
) -> Terms:
    """Return the terms of a supposed deal, in which each role is a party of that name.

    Args:
        policy: The policy.
        chosen: Parameter id to what the deal would say; see `read_parameters`.
        title_ids: The titles that it would cover.
        starts_on: Its first day; the policy's first where nothing is said.

    Raises:
        ProblemsFound: A parameter is missing or wrong, or the terms cannot be applied.
    """
    parameters, problems = read_parameters(policy=policy, chosen=chosen)
    if problems:
        raise ProblemsFound(problems)
    roles = dict.fromkeys(role for clause in policy.clauses for role in roles_of(clause))
    terms = Terms(
        policy=policy,
        parties={role: Party(role, role) for role in roles},
        title_ids=frozenset(title_ids),
        starts_on=starts_on or policy.valid_from,
        parameters=parameters,
    )
    found = check_terms(terms)
    if found:
        raise ProblemsFound(found)
    return terms


def suppose_terms_of_facts(
    *, policy: Policy, chosen: Mapping[str, object], facts: Iterable[Fact]
) -> Terms:
    """Return the terms of a supposed deal that covers just what facts speak of.

    It begins on the first day of the first fact's month.

    Raises:
        ProblemsFound: As `suppose_terms`.
    """
    known = tuple(facts)
    titles = {fact.title_id for fact in known if fact.title_id} or {ONLY_TITLE}
    first = min((fact.stretch.starts_on for fact in known), default=policy.valid_from)
    return suppose_terms(
        policy=policy, chosen=chosen, title_ids=titles, starts_on=first.replace(day=1)
    )
