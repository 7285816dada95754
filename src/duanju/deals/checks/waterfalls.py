"""What is wrong with a waterfall."""

from collections.abc import Iterator

from duanju.deals.checks.amounts import find_share_problems
from duanju.deals.checks.promises import find_promise_problems
from duanju.deals.checks.steps import StepChecks, find_income_problems
from duanju.deals.checks.values import Parameters, find_currency_problems, problem_at
from duanju.deals.clauses import Scope, Waterfall
from duanju.kernel import Problem


def find_waterfall_problems(
    clause: Waterfall, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a waterfall."""
    yield from find_income_problems(clause.counted, parameters, path, clause.id)
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    if clause.scope is Scope.STUDIO:
        yield problem_at("deals.scope-of-a-studio", f"{path}.scope", clause=clause.id)
    if not clause.residual:
        yield problem_at("deals.no-residual", f"{path}.residual", clause=clause.id)
    if not clause.steps:
        yield problem_at("deals.no-step", f"{path}.step", clause=clause.id)
    yield from StepChecks(parameters, f"{path}.step").find(clause.steps)
    for role, share in clause.owed_of_gross.items():
        yield from find_share_problems(share, parameters, f"{path}.owed_of_gross.{role}")
    yield from find_promise_problems(clause, parameters, path)
