"""What is wrong with an award."""

from collections.abc import Iterator

from duanju.deals.checks.amounts import find_amount_problems, find_scope_problems
from duanju.deals.checks.values import Parameters, find_currency_problems, problem_at
from duanju.deals.clauses import Award
from duanju.kernel import Problem


def find_award_problems(clause: Award, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield everything that is wrong with an award."""
    if not clause.receivers:
        yield problem_at("deals.no-receiver", f"{path}.receivers", clause=clause.id)
    for index, role in enumerate(clause.receivers):
        if role in clause.receivers[:index]:
            yield problem_at("deals.receiver-named-twice", f"{path}.receivers.{index}", role=role)
    if clause.limit is not None:
        yield from find_amount_problems(clause.limit, parameters, f"{path}.limit")
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    yield from find_scope_problems(clause, path)
