"""What a clause of each kind earns, proof and all, and what each other value of it makes of that.

The table begins with each entitlement and the steps of its proof, and what it was on the way. Then
it tells, value by value, what is wrong with a deal that has it, or who earns what; values that
change nothing are left out.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duanju.deals import Entitlement, check_policy, check_terms, entitle
from duanju.deals.clauses import Clause
from duanju.kernel import Problem, ProblemsFound, ProofStep
from tests.support.full_clauses import FULL, policy_with
from tests.support.full_facts import FACTS, NEW_YEAR, full_terms
from tests.support.proofs import recompute
from tests.support.spoiling import spoiled

TABLES = Path(__file__).with_name("earned_values")
ON_THE_WAY = tuple(
    date(2026, month, day)
    for month, day in ((9, 22), (10, 1), (10, 10), (11, 1), (11, 3), (12, 1), (12, 8))
)


def earned_by(clause: Clause, as_of: date = NEW_YEAR) -> tuple[Entitlement, ...]:
    """Return what everyone has earned by a clause, at the end of the autumn or before."""
    earned = entitle(terms=full_terms(clause), facts=FACTS, as_of=as_of)
    return tuple(own for own in earned if own.clause_id == clause.id)


def told_of_proof(step: ProofStep, depth: int = 1) -> Iterator[str]:
    """Yield a step and those beneath it, a line each."""
    inputs = ", ".join(f"{name}={value}" for name, value in step.inputs.items())
    unit = f"{step.unit} {step.currency}".rstrip()
    yield f"{'  ' * depth}{step.code}: {step.formula} = {step.result} {unit} ({inputs})"
    for inner in step.steps:
        yield from told_of_proof(inner, depth + 1)


def told_of_earnings(earned: tuple[Entitlement, ...]) -> Iterator[str]:
    """Yield each entitlement with its proof, which is computed again."""
    for own in earned:
        assert recompute(own.proof) == own.amount
        yield (
            f"{own.kind} {own.name} of {own.party.role}, by {own.payer.role},"
            f" {own.title_id or '-'}: {own.amount} {own.currency};"
            f" {own.quantity} {own.measure or '-'}"
        )
        yield from told_of_proof(own.proof)


def told_of_months(clause: Clause) -> Iterator[str]:
    """Yield what everyone has earned on the way, with the last steps of each proof."""
    for as_of in ON_THE_WAY:
        for own in earned_by(clause, as_of):
            assert recompute(own.proof) == own.amount
            last = [own.proof, *own.proof.steps]
            said = "; ".join(f"{step.code}: {step.formula} = {step.result}" for step in last)
            yield f"{as_of} {own.name} {own.title_id or '-'}: {said}"


def told_of_values(clause: Clause) -> Iterator[str]:
    """Yield what each other value makes of a clause that is good with it."""
    usual = _amounts(earned_by(clause))
    for path, words, changed in spoiled(clause):
        if check_policy(policy_with(changed)):
            continue
        problems = check_terms(full_terms(changed))
        if not problems:
            try:
                amounts = _amounts(earned_by(changed))
            except ProblemsFound as refused:
                problems = refused.problems
            else:
                if amounts != usual:
                    yield f"{path}: {words}: {amounts}"
        for own in dict.fromkeys(_said(own) for own in problems):
            yield f"{path}: {words}: {own}"


def _amounts(earned: tuple[Entitlement, ...]) -> str:
    return ", ".join(
        f"{own.name} {own.title_id}={own.amount}".replace(" =", "=") for own in earned if own.amount
    )


def _said(problem: Problem) -> str:
    params = ", ".join(f"{name}={value}" for name, value in problem.params.items())
    return f"{problem.code.removeprefix('deals.')} at {problem.where.path} ({params})"


def told_of(clause: Clause) -> list[str]:
    """Return all lines of a clause's table."""
    return [
        *told_of_earnings(earned_by(clause)),
        "",
        *told_of_months(clause),
        "",
        *told_of_values(clause),
    ]


@pytest.mark.parametrize("clause", FULL, ids=lambda own: own.id)
def test_clause_earns_what_its_table_tells(clause: Clause) -> None:
    table = TABLES / f"{clause.id}.txt"
    assert told_of(clause) == table.read_text("utf-8").splitlines()


def write_tables() -> None:
    """Write the tables anew, to be read before they are kept."""
    for clause in FULL:
        (TABLES / f"{clause.id}.txt").write_text("\n".join(told_of(clause)) + "\n", "utf-8")
