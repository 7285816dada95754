"""Whom clauses concern, and who may see them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from duanju.deals.clauses.commission import Commission
from duanju.deals.clauses.references import references_of

if TYPE_CHECKING:
    from duanju.deals.clauses import Clause

Audience = frozenset[str] | None
"""Roles, or `None` for everyone."""


def audiences_of(clauses: Iterable["Clause"]) -> Mapping[str, Audience]:
    """Return who may see each clause, by its id.

    That is whom it binds; of a commission, only those of them who may see the clauses that it is
    of, since it would tell what those earn.
    """
    audiences: dict[str, Audience] = {}
    for clause in clauses:
        audience: Audience = frozenset(clause.binds) or None
        if isinstance(clause, Commission):
            for reference in references_of(clause):
                audience = _both(audience, audiences.get(reference.clause_id))
        audiences.setdefault(clause.id, audience)
    return audiences


def sees_all(audience: Audience, other: Audience) -> bool:
    """Say whether everyone of one audience also belongs to another."""
    return other is None or (audience is not None and audience <= other)


def _both(first: Audience, second: Audience) -> Audience:
    if first is None or second is None:
        return second if first is None else first
    return first & second
