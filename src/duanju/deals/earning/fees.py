"""What has fallen due of a fee."""

from collections.abc import Iterator

from duanju.deals.clauses import Fee
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.instalments import fallen_due
from duanju.deals.earning.obligations import owed


def entitle_fee(clause: Fee, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield what of the fee has fallen due, a title each, or once for the deal."""
    for title_id in evaluation.title_ids(clause.scope):
        proof = fallen_due("fee", clause, evaluation, title_id)
        yield owed(clause, evaluation, proof, title_id=title_id, payee=clause.payee)
