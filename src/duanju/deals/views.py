"""What each party may see of terms that bind only some of them."""

from collections.abc import Iterable
from dataclasses import replace

from duanju.deals.clauses import Clause, ParameterIs
from duanju.deals.clauses.roles import roles_of
from duanju.deals.clauses.visibility import audiences_of
from duanju.deals.clauses.walking import find_within
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.parameters import Chosen, Given
from duanju.deals.policy import Terms


def view_of(terms: Terms, role: str) -> Terms:
    """Return terms as one of their parties sees them.

    Left out are the clauses that bind others only, commissions of such clauses, and the parameters
    and parties that appear in no other. What the clauses that stay entitle to is unchanged, since a
    checked policy lets no clause name one that fewer may see.

    Args:
        terms: Of a checked policy.
        role: Whose view.
    """
    audiences = audiences_of(terms.policy.clauses)
    kept: list[Clause] = []
    hidden: list[Clause] = []
    for clause in terms.policy.clauses:
        audience = audiences[clause.id]
        (kept if audience is None or role in audience else hidden).append(clause)
    if not hidden:
        return terms
    parameters = _parameters_in(hidden) - _parameters_in(kept)
    roles = _roles_in(hidden) - _roles_in(kept) - {role}
    policy = replace(
        terms.policy,
        clauses=tuple(kept),
        parameters=tuple(own for own in terms.policy.parameters if own.id not in parameters),
    )
    return replace(
        terms,
        policy=policy,
        parties={own: party for own, party in terms.parties.items() if own not in roles},
        parameters={own: value for own, value in terms.parameters.items() if own not in parameters},
    )


def entitlements_for(
    entitlements: Iterable[Entitlement], *, terms: Terms, role: str
) -> tuple[Entitlement, ...]:
    """Return those entitlements that one of the parties may see, in their order.

    Args:
        entitlements: What everyone has earned under the terms.
        terms: The whole terms.
        role: Whose view.
    """
    audiences = audiences_of(terms.policy.clauses)
    return tuple(
        own
        for own in entitlements
        if (audience := audiences[own.clause_id]) is None or role in audience
    )


def _parameters_in(clauses: Iterable[Clause]) -> set[str]:
    found: set[str] = set()
    for clause in clauses:
        found |= {value.parameter for _, value in find_within(clause, Given)}
        found |= {value.parameter for _, value in find_within(clause, Chosen)}
        found |= {value.parameter for _, value in find_within(clause, ParameterIs)}
    return found


def _roles_in(clauses: Iterable[Clause]) -> set[str]:
    return {role for clause in clauses for role in roles_of(clause)}
