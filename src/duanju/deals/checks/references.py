"""What is wrong with what clauses say of one another."""

from collections.abc import Iterator, Mapping, Sequence

from duanju.deals.checks.assignments import find_assignments, options_in_words
from duanju.deals.checks.values import Parameters, problem_at
from duanju.deals.clauses import (
    Cap,
    Clause,
    CoInvestment,
    Commission,
    MinimumGuarantee,
    ParameterIs,
    Reserve,
    Scope,
    TieredBonus,
    Treatment,
    Waterfall,
    WaterfallStep,
)
from duanju.deals.clauses.references import (
    AMOUNT_FIELDS,
    Reference,
    earners_of,
    is_chosen,
    is_distribution,
    payer_of,
    references_of,
)
from duanju.deals.clauses.titles import earns_by_title
from duanju.deals.clauses.walking import find_within
from duanju.deals.parameters import Given, ParameterValue, Word
from duanju.deals.policy import Policy
from duanju.kernel import Problem

_EARNED_BY = {"of", "against"}


def find_reference_problems(policy: Policy) -> Iterator[Problem]:
    """Yield everything that is wrong with what the clauses of a policy say of one another."""
    everything = {clause.id for clause in policy.clauses}
    parameters = {parameter.id: parameter for parameter in policy.parameters}
    before: dict[str, Clause] = {}
    for index, clause in enumerate(policy.clauses):
        path = f"clause.{index}"
        known = []
        for reference in references_of(clause):
            if reference.clause_id in before:
                known.append(reference)
                continue
            yield problem_at(
                _order_code(reference, clause, everything),
                f"{path}.{reference.path}",
                clause=clause.id,
                other=reference.clause_id,
            )
        for reference in known:
            other = before[reference.clause_id]
            yield from _find_unfit(clause, other, reference, path)
            if reference.field == "clause":
                yield from _find_left_out(clause, other, parameters, f"{path}.{reference.path}")
        yield from _find_nothing_earned(clause, known, before, path)
        before.setdefault(clause.id, clause)
    yield from find_mixed_currencies(policy, {})


def find_mixed_currencies(
    policy: Policy, values: Mapping[str, ParameterValue]
) -> Iterator[Problem]:
    """Yield a problem for each clause that takes up amounts in another currency than its own.

    Args:
        policy: Whose clauses are looked at.
        values: Those of the deal; empty to judge by the fixed currencies alone.
    """
    before: dict[str, Clause] = {}
    for index, clause in enumerate(policy.clauses):
        currency = _currency(clause.currency, values)
        for reference in references_of(clause):
            other = before.get(reference.clause_id)
            if other is None or reference.field not in AMOUNT_FIELDS:
                continue
            found = _currency(other.currency, values)
            if currency and found and currency != found:
                yield problem_at(
                    "deals.mixes-currencies",
                    f"clause.{index}.{reference.path}",
                    clause=clause.id,
                    currency=currency,
                    other=other.id,
                    found=found,
                )
        before.setdefault(clause.id, clause)


def _currency(value: Word, values: Mapping[str, ParameterValue]) -> str:
    found = value if isinstance(value, str) else values.get(value.parameter)
    return found if isinstance(found, str) else ""


def _order_code(reference: Reference, clause: Clause, everything: set[str]) -> str:
    if reference.clause_id == clause.id:
        return "deals.refers-to-itself"
    if reference.clause_id in everything:
        return "deals.refers-to-a-later-clause"
    return "deals.refers-to-no-clause"


def _find_unfit(
    clause: Clause, other: Clause, reference: Reference, path: str
) -> Iterator[Problem]:
    """Yield what is wrong with a single reference to a clause that stands before."""
    place = f"{path}.{reference.path}"
    if reference.field == "clause" and not _can_be_recouped(clause, other, reference):
        yield problem_at("deals.never-recouped", place, clause=clause.id, other=other.id)
    if reference.field == "replaces" and (is_distribution(clause) or is_distribution(other)):
        yield problem_at("deals.replaces-a-distribution", place, clause=clause.id, other=other.id)
    if reference.field == "replaces":
        yield from _find_replacing_nothing(clause, other, place)
    if isinstance(clause, Cap | Reserve) and reference.field == "of":
        payer = payer_of(other)
        if payer != clause.payer:
            params = {"role": clause.payer, "other": other.id, "payer": payer}
            yield problem_at("deals.owed-by-another", place, **params)


def _find_left_out(
    clause: Clause, other: Clause, parameters: Parameters, place: str
) -> Iterator[Problem]:
    """Yield a problem where a deal can have a clause, but not the one whose recoupment it awaits.

    It would wait for ever, and say so to nobody.
    """
    names = [own.parameter for _, own in find_within((clause.when, other.when), ParameterIs)]
    for assignment in find_assignments(names, parameters):
        if is_chosen(clause, assignment) and not is_chosen(other, assignment):
            yield problem_at(
                "deals.awaits-a-clause-left-out",
                place,
                clause=clause.id,
                other=other.id,
                options=options_in_words(assignment),
            )
            return


def _find_replacing_nothing(clause: Clause, other: Clause, place: str) -> Iterator[Problem]:
    if other.id in clause.adds_to:
        yield problem_at("deals.adds-to-what-it-replaces", place, clause=clause.id, other=other.id)
    roles = earners_of(clause)
    if not roles & earners_of(other):
        yield problem_at(
            "deals.never-earns-by-these",
            place,
            clause=clause.id,
            role=", ".join(sorted(roles)),
            others=other.id,
        )


def _can_be_recouped(clause: Clause, other: Clause, reference: Reference) -> bool:
    condition = clause.when[int(reference.path.split(".")[1])]
    step = getattr(condition, "step", "")
    if isinstance(other, Waterfall):
        return any(own.name == step and _can_be_full(own) for own in other.steps)
    if step:
        return False
    if isinstance(other, MinimumGuarantee):
        treatment = other.treatment
        return isinstance(treatment, Given) or treatment == Treatment.RECOUPABLE
    return isinstance(other, CoInvestment)


def _can_be_full(step: WaterfallStep) -> bool:
    """Say whether a step, or each of its receivers, ever has all that it can take."""
    return step.limit is not None or all(own.limit is not None for own in step.receivers)


def _find_nothing_earned(
    clause: Clause, known: Sequence[Reference], before: Mapping[str, Clause], path: str
) -> Iterator[Problem]:
    """Yield a problem where a clause takes up what its role never earns, or not by title."""
    references = [own for own in known if own.field in _EARNED_BY]
    others = [before[own.clause_id] for own in references]
    if not references:
        return
    role = _earner_sought(clause)
    if not any(role in earners_of(other) for other in others):
        names = ", ".join(other.id for other in others)
        yield problem_at(
            "deals.never-earns-by-these",
            f"{path}.{references[0].field}",
            clause=clause.id,
            role=role,
            others=names,
        )
    if not _wants_titles(clause):
        return
    for reference, other in zip(references, others, strict=True):
        if not earns_by_title(other, before):
            yield problem_at(
                "deals.counts-titles-together",
                f"{path}.{reference.path}",
                clause=clause.id,
                other=other.id,
            )


def _earner_sought(clause: Clause) -> str:
    if isinstance(clause, Commission | TieredBonus):
        return clause.earned_by
    assert isinstance(clause, Cap | MinimumGuarantee | Reserve)
    return clause.payee


def _wants_titles(clause: Clause) -> bool:
    """Say whether a clause compares what others earn a title at a time."""
    if isinstance(clause, MinimumGuarantee) and clause.cross_collateralised:
        return False
    if not isinstance(clause, Cap | MinimumGuarantee | TieredBonus):
        return False
    return clause.scope is Scope.TITLE
