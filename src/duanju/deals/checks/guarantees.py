"""What is wrong with a minimum guarantee."""

from collections.abc import Iterator

from duanju.deals.checks.amounts import find_due_problems, find_named_problems, find_share_problems
from duanju.deals.checks.values import Parameters, find_word_problems, problem_at
from duanju.deals.clauses import MinimumGuarantee, Treatment
from duanju.kernel import Problem

_TREATMENTS = {treatment.value: treatment for treatment in Treatment}


def find_minimum_guarantee_problems(
    clause: MinimumGuarantee, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a minimum guarantee."""
    yield from find_due_problems(clause, parameters, path)
    yield from find_word_problems(
        clause.treatment, parameters, f"{path}.treatment", _TREATMENTS, "deals.unknown-treatment"
    )
    yield from find_share_problems(clause.at, parameters, f"{path}.at")
    if clause.against:
        yield from find_named_problems(clause.against, clause, f"{path}.against")
        return
    for treatment in _treatments_of(clause, parameters):
        if treatment in (Treatment.RECOUPABLE, Treatment.TOP_UP):
            yield problem_at(
                "deals.nothing-to-recoup-from",
                f"{path}.against",
                clause=clause.id,
                treatment=treatment,
            )


def _treatments_of(clause: MinimumGuarantee, parameters: Parameters) -> list[str]:
    if isinstance(clause.treatment, str):
        return [clause.treatment]
    parameter = parameters.get(clause.treatment.parameter)
    return list(parameter.options) if parameter else []
