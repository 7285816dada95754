"""What is wrong with a cap."""

from collections.abc import Iterator

from duanju.deals.checks.amounts import find_amount_problems, find_named_problems
from duanju.deals.checks.values import Parameters, find_currency_problems
from duanju.deals.clauses import Cap
from duanju.kernel import Problem


def find_cap_problems(clause: Cap, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield everything that is wrong with a cap by itself."""
    yield from find_named_problems(clause.of, clause, f"{path}.of")
    yield from find_amount_problems(clause.amount, parameters, f"{path}.amount")
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
