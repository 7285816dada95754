"""What is wrong with a reserve."""

from collections.abc import Iterator
from fractions import Fraction

from duanju.deals.checks.amounts import find_named_problems, find_share_problems
from duanju.deals.checks.values import (
    COUNTS,
    Parameters,
    find_currency_problems,
    find_number_problems,
    problem_at,
)
from duanju.deals.clauses import Reserve
from duanju.deals.parameters import find_number
from duanju.deals.policy import Terms
from duanju.kernel import Problem


def find_reserve_problems(clause: Reserve, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield everything that is wrong with a reserve by itself."""
    yield from find_named_problems(clause.of, clause, f"{path}.of")
    yield from find_share_problems(clause.rate, parameters, f"{path}.rate")
    yield from find_number_problems(
        clause.months, parameters, f"{path}.months", _is_months, "deals.not-whole-months", COUNTS
    )
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")


def find_reserve_terms_problems(terms: Terms) -> Iterator[Problem]:
    """Yield a problem for each reserve that a deal would hold for no whole number of months."""
    for index, clause in enumerate(terms.policy.clauses):
        if isinstance(clause, Reserve):
            months = find_number(clause.months, terms.values)
            if months is not None and not _is_months(months):
                path = f"clause.{index}.months"
                yield problem_at("deals.not-whole-months", path, value=str(months))


def _is_months(value: Fraction) -> bool:
    return value >= 1 and value.denominator == 1
