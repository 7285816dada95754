"""What a minimum guarantee comes to beside what is earned."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from duanju.deals.clauses import MinimumGuarantee, Scope, Treatment
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.instalments import (
    clawed_back,
    ended_by_clawback_on,
    fallen_due,
    fell_due_on,
    instalments_of,
)
from duanju.deals.earning.obligations import minor_step, owed, total
from duanju.kernel import Month, ProofStep


def entitle_minimum_guarantee(
    clause: MinimumGuarantee, evaluation: Evaluation
) -> Iterator[Entitlement]:
    """Yield what is paid by a guarantee, a title each, or once for the deal.

    On top, that is what has fallen due. Recoupable, it is what has fallen due less what is kept
    back of the payee's earnings; over time it comes down to nothing as these rise. Topped up, it
    is what the earnings lacked of the amount at the end of the month of reckoning.
    """
    for title_id, proof in _proofs(clause, evaluation).items():
        yield owed(clause, evaluation, proof, title_id=title_id, payee=clause.payee)


def _proofs(clause: MinimumGuarantee, evaluation: Evaluation) -> Mapping[str, ProofStep]:
    titles = evaluation.title_ids(clause.scope)
    treatment = Treatment(evaluation.word(clause.treatment))
    if treatment is Treatment.TOP_UP:
        return {title_id: _topped_up(clause, evaluation, title_id) for title_id in titles}
    paid = {title: fallen_due("guarantee", clause, evaluation, title) for title in titles}
    if treatment is Treatment.ON_TOP:
        return paid
    if clause.cross_collateralised and clause.scope is Scope.TITLE:
        recouped = _recouped_together(clause, evaluation, paid)
    else:
        recouped = {
            title: _recouped(clause, evaluation, title, paid[title].result) for title in titles
        }
        for title in titles:
            is_level = recouped[title].result == paid[title].result
            _note(clause, evaluation, [title], is_level=is_level)
    return {title: _unrecouped(clause, paid[title], recouped[title]) for title in titles}


def _recouped(
    clause: MinimumGuarantee, evaluation: Evaluation, title_id: str, paid: Fraction
) -> ProofStep:
    """Return what is kept back of a title's earnings: all of them or a share, up to what was paid.

    Where refunds have made the earnings negative, so is what is kept back: the payee has what was
    paid in any case.
    """
    earned = evaluation.earned(clause.against, clause.payee, title_id)
    at = evaluation.number(clause.at)
    return minor_step(
        "recouped",
        "min(paid_minor, sum(earned) * at)",
        {"clause": clause.id, "paid_minor": paid, "at": at},
        min(paid, earned.result * at),
        evaluation.word(clause.currency),
        [earned],
    )


def _recouped_together(
    clause: MinimumGuarantee, evaluation: Evaluation, paid: Mapping[str, ProofStep]
) -> Mapping[str, ProofStep]:
    """Return what all titles recoup together, allocated to them by what each has earned."""
    all_paid = total([*paid.values()])
    together = _recouped(clause, evaluation, "", all_paid)
    _note(clause, evaluation, [*paid], is_level=together.result == all_paid)
    all_earned = together.steps[0].result
    return {
        title: _part(together, evaluation.earned(clause.against, clause.payee, title), all_earned)
        for title in paid
    }


def _part(together: ProofStep, own: ProofStep, all_earned: Fraction) -> ProofStep:
    """Return a title's part of what is recouped together; nothing earned recoups nothing."""
    if all_earned == 0:
        return minor_step(
            "nothing_recouped", "sum(recouped)", {}, together.result, together.currency, [together]
        )
    return minor_step(
        "recouped_part",
        "sum(recouped) * sum(earned) / all_minor",
        {"all_minor": all_earned},
        together.result * own.result / all_earned,
        together.currency,
        [together, own],
    )


def _unrecouped(clause: MinimumGuarantee, paid: ProofStep, recouped: ProofStep) -> ProofStep:
    return minor_step(
        "unrecouped",
        f"sum(guarantee) - sum({recouped.code})",
        {"clause": clause.id},
        paid.result - recouped.result,
        paid.currency,
        [paid, recouped],
    )


def _note(
    clause: MinimumGuarantee, evaluation: Evaluation, titles: list[str], *, is_level: bool
) -> None:
    """Tell whether all that will be paid has been recouped, for conditions of later clauses.

    Where a clawback has ended it, nothing more will be paid.
    """
    reached = [
        evaluation.reached_on(instalment.milestone, title) is not None
        or ended_by_clawback_on(clause, evaluation, title) is not None
        for title in titles
        for instalment in instalments_of(clause)
    ]
    for title in titles:
        evaluation.note_recouped(clause.id, "", title, full=is_level and all(reached))


def _topped_up(clause: MinimumGuarantee, evaluation: Evaluation, title_id: str) -> ProofStep:
    """Return what the earnings lacked on the last milestone, less what is taken back of it."""
    currency = evaluation.word(clause.currency)
    reckoned_on = fell_due_on(clause, instalments_of(clause)[-1], evaluation, title_id)
    lacking: list[tuple[date, ProofStep]] = []
    if reckoned_on is not None:
        lacking.append((reckoned_on, _lacking(clause, evaluation, title_id, reckoned_on)))
    steps = [step for _, step in lacking]
    taken_back = clawed_back(clause, evaluation, title_id, lacking)
    formula = "sum(lacking) - sum(clawback)" if taken_back else "sum(lacking)"
    return minor_step(
        "top_up",
        formula,
        {"clause": clause.id},
        total(steps) - total(taken_back),
        currency,
        [*steps, *taken_back],
    )


def _lacking(
    clause: MinimumGuarantee, evaluation: Evaluation, title_id: str, reckoned_on: date
) -> ProofStep:
    """Return what the amount exceeds the earnings by, at the end of the month of reckoning."""
    currency = evaluation.word(clause.currency)
    amount = evaluation.minor(clause.amount, currency)
    by_month = evaluation.earned_by_month(clause.against, clause.payee, title_id)
    month = Month(reckoned_on.year, reckoned_on.month)
    earned = by_month.get(month, Fraction(0))
    return minor_step(
        "lacking",
        "amount_minor - min(amount_minor, earned_minor)",
        {"amount_minor": amount, "earned_minor": earned, "month": str(month)},
        amount - min(amount, earned),
        currency,
    )
