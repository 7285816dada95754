"""What of others' entitlements is held back for a while."""

from collections.abc import Iterator
from fractions import Fraction

from duanju.deals.clauses import Reserve
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.obligations import minor_step, owed
from duanju.deals.earning.titles import titles_of
from duanju.kernel import ProofStep


def entitle_reserve(clause: Reserve, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield, as negative amounts, what is held of the last months' earnings, a title each.

    Where refunds have made the earnings of those months negative, nothing is held. Months that
    have left the reserve are released by no longer being held.
    """
    for title_id in titles_of(clause, evaluation):
        proof = _held(clause, evaluation, title_id)
        yield owed(clause, evaluation, proof, title_id=title_id, payee=clause.payee)


def _held(clause: Reserve, evaluation: Evaluation, title_id: str) -> ProofStep:
    earned = evaluation.earned(clause.of, clause.payee, title_id)
    by_month = evaluation.earned_by_month(clause.of, clause.payee, title_id)
    months = evaluation.months()
    months_held = int(evaluation.number(clause.months))
    released = months[-months_held - 1] if len(months) > months_held else None
    before = Fraction(0) if released is None else by_month.get(released, Fraction(0))
    rate = evaluation.number(clause.rate)
    return minor_step(
        "reserve",
        "(min(before_minor, sum(earned)) - sum(earned)) * rate",
        {
            "clause": clause.id,
            "before_minor": before,
            "months": Fraction(months_held),
            "rate": rate,
        },
        (min(before, earned.result) - earned.result) * rate,
        evaluation.word(clause.currency),
        [earned],
    )
