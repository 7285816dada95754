"""What people have been awarded, up to a limit."""

from collections.abc import Iterator
from fractions import Fraction

from duanju.deals.clauses import Award, Counted
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.obligations import minor_step, owed, total
from duanju.kernel import ProofStep

AWARD = "award"
"""The measure whose facts tell who was awarded how much."""


def entitle_award(clause: Award, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield what each receiver has been awarded, a title each, or once for the deal.

    Where the awards exceed the limit, the earlier ones are paid first; on one day, those of the
    receivers that the clause names first.
    """
    counted = Counted(measure=AWARD, items=clause.receivers)
    for title_id in evaluation.title_ids(clause.scope):
        amounts = evaluation.by_item(counted, title_id)
        awarded = _awarded(clause, evaluation, title_id)
        for role in clause.receivers:
            own = [step for step in awarded if step.inputs["role"] == role]
            proof = minor_step(
                "awards",
                "sum(awarded)" if clause.limit is None else "sum(awarded_within_limit)",
                {"clause": clause.id, "role": role},
                total(own),
                evaluation.word(clause.currency),
                own,
            )
            quantity = sum(amount for (_, item), amount in amounts.items() if item == role)
            yield owed(
                clause,
                evaluation,
                proof,
                title_id=title_id,
                payee=role,
                measure=AWARD,
                quantity=quantity,
            )


def _awarded(clause: Award, evaluation: Evaluation, title_id: str) -> list[ProofStep]:
    """Return a step for each award, the earliest first, each with what those before it left."""
    currency = evaluation.word(clause.currency)
    left = None if clause.limit is None else evaluation.minor(clause.limit, currency)
    place = {role: index for index, role in enumerate(clause.receivers)}
    counted = Counted(measure=AWARD, items=clause.receivers)
    amounts = evaluation.by_item(counted, title_id)
    steps = []
    for day, role in sorted(amounts, key=lambda own: (own[0], place[own[1]])):
        amount = Fraction(amounts[day, role])
        inputs: dict[str, Fraction | str] = {"role": role, "day": str(day), "amount_minor": amount}
        if left is None:
            steps.append(minor_step("awarded", "amount_minor", inputs, amount, currency))
            continue
        paid = min(amount, left)
        inputs["left_minor"] = left
        formula = "min(amount_minor, left_minor)"
        steps.append(minor_step("awarded_within_limit", formula, inputs, paid, currency))
        left -= paid
    return steps
