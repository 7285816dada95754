"""The titles that an adjusting clause names in its entitlements."""

from duanju.deals.clauses import Commission, Reserve
from duanju.deals.clauses.counting import Scope
from duanju.deals.clauses.titles import earlier_clauses, earns_by_title
from duanju.deals.earning.evaluation import Evaluation


def titles_of(clause: Commission | Reserve, evaluation: Evaluation) -> tuple[str, ...]:
    """Return every title, or the empty one where a clause that it is of counts them together."""
    before = earlier_clauses(evaluation.terms.policy.clauses, clause.id)
    is_by_title = earns_by_title(clause, before)
    return evaluation.title_ids(Scope.TITLE if is_by_title else Scope.POOL)
