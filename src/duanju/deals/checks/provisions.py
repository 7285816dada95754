"""What is wrong with what clauses of several kinds have in common."""

from collections.abc import Iterator

from duanju.deals.checks.coefficients import find_coefficient_problems
from duanju.deals.checks.conditions import find_condition_problems
from duanju.deals.checks.counting import find_counted_problems, find_term_problems
from duanju.deals.checks.parties import find_role_problems
from duanju.deals.checks.values import Parameters, problem_at
from duanju.deals.clauses import Clause, PoolShare, RevenueShare, TieredBonus, TieredRate
from duanju.deals.measures import MEASURES
from duanju.kernel import Problem


def find_provision_problems(clause: Clause, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield what is wrong with the conditions, the term and the coefficients of a clause."""
    yield from find_condition_problems(clause, parameters, path)
    yield from find_role_problems(clause, path)
    if isinstance(clause, TieredRate | TieredBonus):
        yield from _find_platform_wide(clause, path)
    is_termed = TieredRate | TieredBonus | RevenueShare | PoolShare
    if isinstance(clause, is_termed) and clause.term is not None:
        yield from find_term_problems(clause.term, parameters, f"{path}.term")
    if isinstance(clause, TieredRate | PoolShare):
        yield from find_coefficient_problems(clause, parameters, path)
    if isinstance(clause, PoolShare):
        named = {"pool": clause.pool, "own": clause.own, "all": clause.all}
        for name, counted in named.items():
            yield from find_counted_problems(counted, parameters, f"{path}.{name}", adds_up=True)


def _find_platform_wide(clause: TieredRate | TieredBonus, path: str) -> Iterator[Problem]:
    """Yield a problem for a platform's whole, which every title would be paid for again."""
    counted = clause.counted if isinstance(clause, TieredBonus) else (clause.counted,)
    for own in counted:
        if own.measure in MEASURES and MEASURES[own.measure].is_platform_wide:
            yield problem_at("deals.not-by-title", f"{path}.measure", measure=own.measure)
