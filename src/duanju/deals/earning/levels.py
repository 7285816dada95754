"""How far a measure has come, as a step of a proof."""

from fractions import Fraction

from duanju.deals.clauses import Counted
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.measures import MEASURES, Unit
from duanju.kernel import ProofStep, currency


def level_step(counted: Counted, quantity: int, evaluation: Evaluation) -> ProofStep:
    """Return a quantity as terms speak of it; an income in major units of the clause's currency."""
    measure = MEASURES[counted.measure]
    is_money = measure.unit is Unit.MINOR
    per_unit = measure.per_term_unit
    if is_money:
        per_unit = currency(evaluation.word(evaluation.clause.currency)).minor_per_major
    return ProofStep(
        code="measured",
        formula="quantity / per_unit",
        inputs={
            "measure": measure.name,
            "quantity": Fraction(quantity),
            "per_unit": Fraction(per_unit),
        },
        result=Fraction(quantity, per_unit),
        unit="major" if is_money else measure.term_unit,
    )
