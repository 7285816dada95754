"""What is wrong with a fee."""

from collections.abc import Iterator

from duanju.deals.checks.amounts import find_due_problems
from duanju.deals.checks.values import Parameters
from duanju.deals.clauses import Fee
from duanju.kernel import Problem


def find_fee_problems(clause: Fee, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield everything that is wrong with a fee."""
    yield from find_due_problems(clause, parameters, path)
