"""What of an amount has fallen due by its milestones, and what is taken back of it."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from duanju.deals.clauses import SIGNING, Fee, Instalment, MinimumGuarantee
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.obligations import minor_step, total
from duanju.kernel import ProofStep

ON_SIGNING = (Instalment(milestone=SIGNING, share=Fraction(1)),)
"""How an amount without instalments falls due."""


def instalments_of(clause: Fee | MinimumGuarantee) -> Sequence[Instalment]:
    """Return by which milestones a clause falls due."""
    return clause.instalments or ON_SIGNING


def fallen_due(
    code: str, clause: Fee | MinimumGuarantee, evaluation: Evaluation, title_id: str
) -> ProofStep:
    """Return what has fallen due, less what is taken back.

    On a day after that of the clawback nothing falls due any more, unless the clause says so; then
    it is not taken back. Nor is what fell due under terms that these took over.

    Args:
        code: Of the step.
        clause: Which.
        evaluation: The terms, as of a day.
        title_id: Whose milestones; empty for those of the deal.
    """
    currency = evaluation.word(clause.currency)
    amount = evaluation.minor(clause.amount, currency)
    due: list[tuple[date, ProofStep]] = []
    for instalment in instalments_of(clause):
        reached_on = fell_due_on(clause, instalment, evaluation, title_id)
        if reached_on is not None:
            share = evaluation.number(instalment.share)
            inputs: dict[str, Fraction | str] = {
                "milestone": instalment.milestone,
                "reached_on": str(reached_on),
                "amount_minor": amount,
                "share": share,
            }
            formula = "amount_minor * share"
            step = minor_step("instalment", formula, inputs, amount * share, currency)
            due.append((reached_on, step))
    steps = [step for _, step in due]
    taken_back = clawed_back(clause, evaluation, title_id, due)
    formula = "sum(instalment) - sum(clawback)" if taken_back else "sum(instalment)"
    result = total(steps) - total(taken_back)
    return minor_step(code, formula, {"clause": clause.id}, result, currency, [*steps, *taken_back])


def fell_due_on(
    clause: Fee | MinimumGuarantee, instalment: Instalment, evaluation: Evaluation, title_id: str
) -> date | None:
    """Return the day on which an instalment fell due, or `None` where it has not or never will."""
    day = evaluation.fell_due_on(instalment.milestone, title_id)
    ended_on = ended_by_clawback_on(clause, evaluation, title_id)
    return None if day is None or (ended_on is not None and day > ended_on) else day


def ended_by_clawback_on(
    clause: Fee | MinimumGuarantee, evaluation: Evaluation, title_id: str
) -> date | None:
    """Return the day after which nothing falls due any more, or `None` where there is none.

    A clawback under terms that these took over ended what was due there, and nothing here.
    """
    clawback = clause.clawback
    if clawback is None or clawback.later_still_due:
        return None
    return evaluation.fell_due_on(clawback.milestone, title_id)


def clawed_back(
    clause: Fee | MinimumGuarantee,
    evaluation: Evaluation,
    title_id: str,
    due: Sequence[tuple[date, ProofStep]],
) -> list[ProofStep]:
    """Return the step that takes back a share of what had fallen due, or none.

    Args:
        clause: Which.
        evaluation: The terms, as of a day.
        title_id: Whose milestone; empty for that of the deal.
        due: Day and step of each amount that has fallen due; all steps have one code.
    """
    clawback = clause.clawback
    reached_on = evaluation.reached_on(clawback.milestone, title_id) if clawback else None
    if clawback is None or reached_on is None:
        return []
    until = [step for day, step in due if day <= reached_on]
    share = evaluation.number(clawback.share)
    code = until[0].code if until else "instalment"
    return [
        minor_step(
            "clawback",
            f"sum({code}) * share",
            {"milestone": clawback.milestone, "reached_on": str(reached_on), "share": share},
            total(until) * share,
            evaluation.word(clause.currency),
            until,
        )
    ]
