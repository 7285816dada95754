"""What conditions hold back of what a clause earns, and what a clause takes back that it replaces.

A condition that releases lets all through once it holds. One that loses lets through only what is
earned in the whole months in which it holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from duanju.deals.clauses import (
    Clause,
    Condition,
    FromDay,
    Held,
    MeasureReached,
    MilestoneReached,
    ParameterIs,
    Recouped,
)
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.obligations import minor_step
from duanju.deals.facts import month_ends_on, month_of

_ZERO = Fraction(0)


def held_back(
    clause: Clause, evaluation: Evaluation, entitlements: Iterable[Entitlement]
) -> Iterator[Entitlement]:
    """Yield entitlements as the conditions of their clause let them through.

    Args:
        clause: Whose conditions.
        evaluation: The terms, as of a day.
        entitlements: What the clause would earn without them.
    """
    conditions = [own for own in clause.when if not isinstance(own, ParameterIs)]
    if not conditions:
        yield from entitlements
        return
    for own in entitlements:
        unmet = _first_unmet(conditions, evaluation, own.title_id)
        left = _without_lost(conditions, evaluation, own)
        yield left if unmet is None else _withheld(left, unmet)


def replacing(
    clause: Clause, evaluation: Evaluation, entitlements: Iterable[Entitlement]
) -> Iterator[Entitlement]:
    """Yield entitlements less what their parties have earned by the clauses that are replaced.

    Where a clause earns nothing, what it would replace stays.
    """
    for own in entitlements:
        if not clause.replaces or not own.amount:
            yield own
            continue
        replaced = evaluation.earned(clause.replaces, own.party.role, own.title_id)
        proof = minor_step(
            "replacing",
            f"sum({own.proof.code}) - sum(earned)",
            {"clause": clause.id},
            own.amount - replaced.result,
            own.currency,
            (own.proof, replaced),
        )
        yield replace(own, amount=proof.result, proof=proof)


def _first_unmet(
    conditions: Sequence[Condition], evaluation: Evaluation, title_id: str
) -> Condition | None:
    return next((own for own in conditions if _held_from(own, evaluation, title_id) is None), None)


def _held_from(condition: Condition, evaluation: Evaluation, title_id: str) -> date | None:
    """Return the day from which a condition holds, or `None` if it does not as of now.

    Where only what is known at a month's end tells, it is the day after the month.
    """
    match condition:
        case MilestoneReached():
            return evaluation.reached_on(condition.milestone, title_id)
        case FromDay():
            return condition.day if condition.day < evaluation.as_of else None
        case MeasureReached():
            quantity = evaluation.quantity(condition.counted, title_id)
            reached = evaluation.in_terms(condition.counted, quantity)
            is_met = reached >= evaluation.number(condition.at_least)
        case Recouped():
            is_met = evaluation.recouped(condition.clause, condition.step, title_id)
        case ParameterIs():
            is_met = True
    return evaluation.as_of if is_met else None


def _withheld(own: Entitlement, unmet: Condition) -> Entitlement:
    """Return an entitlement to nothing yet, with what it would come to beneath its proof."""
    proof = minor_step(
        "held",
        f"sum({own.proof.code}) * released",
        {"clause": own.clause_id, "condition": unmet.kind, "released": _ZERO},
        _ZERO,
        own.currency,
        (own.proof,),
    )
    return replace(own, amount=_ZERO, proof=proof)


def _without_lost(
    conditions: Sequence[Condition], evaluation: Evaluation, own: Entitlement
) -> Entitlement:
    """Return an entitlement without what was earned before the conditions held that lose it."""
    losing = [condition for condition in conditions if _loses(condition)]
    if not losing:
        return own
    key = "before conditions", own.clause_id, own.title_id, own.party, own.name, own.kind
    amounts: dict[date, Fraction] = evaluation.memory((*key, "amounts"), dict)
    amounts[evaluation.as_of] = own.amount
    days: dict[int, date] = evaluation.memory((*key, "days"), dict)
    for number, condition in enumerate(losing):
        day = _held_from(condition, evaluation, own.title_id)
        if day is not None:
            days[number] = min(day, days.get(number, day))
    begins = _first_month_from(max(days.values())) if len(days) == len(losing) else date.max
    lost = own.amount if begins >= evaluation.as_of else amounts.get(begins, _ZERO)
    if not lost:
        return own
    proof = minor_step(
        "lost",
        f"sum({own.proof.code}) - lost_minor",
        {"clause": own.clause_id, "lost_minor": lost},
        own.amount - lost,
        own.currency,
        (own.proof,),
    )
    return replace(own, amount=proof.result, proof=proof)


def _first_month_from(day: date) -> date:
    """Return the first day of the first whole month that a day does not come after."""
    return day if day.day == 1 else month_ends_on(month_of(day))


def _loses(condition: Condition) -> bool:
    return not isinstance(condition, ParameterIs) and condition.held is Held.LOST
