"""Whether a clause earns a title at a time, or once for all titles of the deal."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from duanju.deals.clauses.commission import Commission
from duanju.deals.clauses.counting import Scope
from duanju.deals.clauses.pool_share import PoolShare
from duanju.deals.clauses.reserve import Reserve
from duanju.deals.clauses.revenue_share import RevenueShare

if TYPE_CHECKING:
    from duanju.deals.clauses import Clause


def earns_by_title(clause: "Clause", before: Mapping[str, "Clause"]) -> bool:
    """Say whether a clause's entitlements name a title each.

    A commission and a reserve follow the clauses that they are of: where one of those counts the
    titles together, so do they.

    Args:
        clause: Which.
        before: The clauses before it, by id; those that it names and that are not here are passed
            over.
    """
    if isinstance(clause, RevenueShare | PoolShare):
        return True
    if isinstance(clause, Commission | Reserve):
        named = [before[own] for own in clause.of if own in before and own != clause.id]
        return all(earns_by_title(own, before) for own in named)
    return clause.scope is Scope.TITLE


def earlier_clauses(clauses: Iterable["Clause"], clause_id: str) -> Mapping[str, "Clause"]:
    """Return the clauses that stand before one, by id; of a repeated id, the first."""
    earlier: dict[str, Clause] = {}
    for clause in clauses:
        if clause.id == clause_id:
            break
        earlier.setdefault(clause.id, clause)
    return earlier
