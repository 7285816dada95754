"""What is wrong with a co-investment."""

import re
from collections.abc import Iterator
from fractions import Fraction

from duanju.deals.checks.amounts import find_amount_problems, find_share_problems
from duanju.deals.checks.promises import find_promise_problems
from duanju.deals.checks.steps import StepChecks, find_income_problems, find_interest_problems
from duanju.deals.checks.values import Parameters, find_currency_problems, problem_at
from duanju.deals.clauses import CoInvestment, Scope, Stake
from duanju.kernel import Problem

_OWN_STEPS = re.compile(r"(recoup|hurdle|profit)(_[0-9]+)?")


def find_co_investment_problems(
    clause: CoInvestment, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a co-investment."""
    yield from find_income_problems(clause.counted, parameters, path, clause.id)
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    if clause.scope is Scope.STUDIO:
        yield problem_at("deals.scope-of-a-studio", f"{path}.scope", clause=clause.id)
    if not clause.residual:
        yield problem_at("deals.no-residual", f"{path}.residual", clause=clause.id)
    for index, step in enumerate(clause.before):
        if _OWN_STEPS.fullmatch(step.name):
            yield problem_at("deals.step-of-its-own", f"{path}.before.{index}.name", name=step.name)
    yield from StepChecks(parameters, f"{path}.before").find(clause.before)
    yield from _find_stakes(clause, parameters, path)
    if clause.hurdle is not None:
        yield from find_interest_problems(clause.hurdle, parameters, f"{path}.hurdle")
    for role, share in clause.profit.items():
        where = f"{path}.profit.{role}"
        if role == clause.residual:
            yield problem_at("deals.residual-has-a-share", where, role=role)
        yield from find_share_problems(share, parameters, where)
    yield from find_promise_problems(clause, parameters, path)


def _find_stakes(clause: CoInvestment, parameters: Parameters, path: str) -> Iterator[Problem]:
    if not clause.stakes:
        yield problem_at("deals.no-stake", f"{path}.stake", clause=clause.id)
    for index, stake in enumerate(clause.stakes):
        place = f"{path}.stake.{index}"
        if any(stake.role == own.role for own in clause.stakes[:index]):
            yield problem_at("deals.duplicate-stake", f"{place}.role", role=stake.role)
        yield from _find_capital(stake, parameters, place)
    shares = [own.share for own in clause.stakes if isinstance(own.share, Fraction)]
    total = sum(shares, Fraction(0))
    if total > 1:
        yield problem_at("deals.stakes-exceed-the-cost", f"{path}.stake", total=str(total))


def _find_capital(stake: Stake, parameters: Parameters, place: str) -> Iterator[Problem]:
    if stake.amount is not None and stake.share is not None:
        yield problem_at("deals.stake-of-two-sources", place, role=stake.role)
    if stake.amount == 0 or stake.share == 0:
        yield problem_at("deals.stake-without-capital", place, role=stake.role)
    if stake.amount is not None:
        yield from find_amount_problems(stake.amount, parameters, f"{place}.amount")
    if stake.share is not None:
        yield from find_share_problems(stake.share, parameters, f"{place}.share")
