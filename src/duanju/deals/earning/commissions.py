"""What an agent receives of a party's earnings."""

from collections.abc import Iterator

from duanju.deals.clauses import Commission
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.obligations import minor_step, owed
from duanju.deals.earning.titles import titles_of


def entitle_commission(clause: Commission, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield the payee's share of what a role has earned by the clauses named, a title each.

    Where one of those clauses counts the titles together, it is once for all of them. Earnings
    that refunds have made negative make the commission so.
    """
    currency = evaluation.word(clause.currency)
    rate = evaluation.number(clause.rate)
    for title_id in titles_of(clause, evaluation):
        earned = evaluation.earned(clause.of, clause.earned_by, title_id)
        proof = minor_step(
            "commission",
            "sum(earned) * rate",
            {"clause": clause.id, "role": clause.earned_by, "rate": rate},
            earned.result * rate,
            currency,
            [earned],
        )
        yield owed(clause, evaluation, proof, title_id=title_id, payee=clause.payee)
