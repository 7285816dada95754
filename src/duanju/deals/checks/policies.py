"""What is wrong with a policy before any deal is made under it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from duanju.deals.checks.awards import find_award_problems
from duanju.deals.checks.bonuses import find_bonus_bands_problems, find_tiered_bonus_problems
from duanju.deals.checks.caps import find_cap_problems
from duanju.deals.checks.clauses_together import find_problems_together
from duanju.deals.checks.co_investments import find_co_investment_problems
from duanju.deals.checks.commissions import find_commission_problems
from duanju.deals.checks.deductions import find_recoupment_problems
from duanju.deals.checks.fees import find_fee_problems
from duanju.deals.checks.guarantees import find_minimum_guarantee_problems
from duanju.deals.checks.pool_shares import find_pool_share_problems
from duanju.deals.checks.provisions import find_provision_problems
from duanju.deals.checks.reserves import find_reserve_problems
from duanju.deals.checks.revenue_shares import find_revenue_share_problems
from duanju.deals.checks.tiered_rates import find_tiered_rate_problems
from duanju.deals.checks.values import Parameters, problem_at
from duanju.deals.checks.waterfalls import find_waterfall_problems
from duanju.deals.clauses import (
    Award,
    BonusBands,
    Cap,
    Clause,
    CoInvestment,
    Commission,
    Fee,
    MinimumGuarantee,
    PoolShare,
    Reserve,
    RevenueShare,
    TieredBonus,
    TieredRate,
    Waterfall,
)
from duanju.deals.parameters import Parameter, ParameterKind, read_value
from duanju.deals.policy import Policy
from duanju.kernel import Problem, Where

Finder = Callable[[Any, Parameters, str], Iterator[Problem]]

FINDERS: Mapping[type[Clause], Finder] = MappingProxyType(
    {
        Award: find_award_problems,
        BonusBands: find_bonus_bands_problems,
        Cap: find_cap_problems,
        CoInvestment: find_co_investment_problems,
        Commission: find_commission_problems,
        Fee: find_fee_problems,
        MinimumGuarantee: find_minimum_guarantee_problems,
        PoolShare: find_pool_share_problems,
        Reserve: find_reserve_problems,
        RevenueShare: find_revenue_share_problems,
        TieredBonus: find_tiered_bonus_problems,
        TieredRate: find_tiered_rate_problems,
        Waterfall: find_waterfall_problems,
    }
)
"""What finds the problems of each kind of clause."""


def check_policy(policy: Policy) -> tuple[Problem, ...]:
    """Return everything that is wrong with a policy; paths are those of its TOML document.

    What this returns empty for can be settled once a deal has filled in its parameters, but for
    what only facts can show: a currency or a channel that the terms do not speak of.
    """
    return (
        *_find_header_problems(policy),
        *_find_repeated(
            "deals.duplicate-parameter",
            "parameter",
            [parameter.id for parameter in policy.parameters],
        ),
        *_find_parameter_problems(policy.parameters),
        *_find_repeated(
            "deals.duplicate-clause", "clause", [clause.id for clause in policy.clauses]
        ),
        *_find_clause_problems(policy),
        *find_recoupment_problems(policy),
        *find_problems_together(policy),
    )


def _find_header_problems(policy: Policy) -> Iterator[Problem]:
    if policy.valid_until is not None and policy.valid_until <= policy.valid_from:
        dates = {"valid_from": str(policy.valid_from), "valid_until": str(policy.valid_until)}
        yield problem_at("deals.ends-before-it-starts", "valid_until", **dates)
    if not policy.sources:
        yield problem_at("deals.no-source", "source")
    if not policy.clauses:
        yield problem_at("deals.no-clause", "clause")


def _find_repeated(code: str, table: str, ids: list[str]) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for index, own in enumerate(ids):
        if seen[own]:
            yield problem_at(code, f"{table}.{index}.id", id=own)
        seen[own] += 1


def _find_parameter_problems(parameters: Iterable[Parameter]) -> Iterator[Problem]:
    for index, parameter in enumerate(parameters):
        path = f"parameter.{index}"
        is_choice = parameter.kind is ParameterKind.CHOICE
        if is_choice and not parameter.options:
            yield problem_at("deals.choice-without-options", path, parameter=parameter.id)
        elif parameter.default is not None:
            where = Where(path=f"{path}.default")
            read = read_value(parameter, parameter.default, where=where)
            if isinstance(read, Problem):
                yield read
        yield from _find_limit_problems(parameter, path)
        if parameter.options and not is_choice:
            yield problem_at(
                "deals.options-without-choice", f"{path}.options", parameter=parameter.id
            )


def _find_limit_problems(parameter: Parameter, path: str) -> Iterator[Problem]:
    least, most = parameter.at_least, parameter.at_most
    if parameter.kind is ParameterKind.CHOICE and (least is not None or most is not None):
        yield problem_at("deals.limit-of-a-choice", path, parameter=parameter.id)
    elif least is not None and most is not None and least > most:
        yield problem_at(
            "deals.least-above-most", path, parameter=parameter.id, least=str(least), most=str(most)
        )


def _find_clause_problems(policy: Policy) -> Iterator[Problem]:
    parameters = {parameter.id: parameter for parameter in policy.parameters}
    for index, clause in enumerate(policy.clauses):
        yield from _find_problems(clause, parameters, f"clause.{index}")


def _find_problems(clause: Clause, parameters: Parameters, path: str) -> Iterator[Problem]:
    yield from FINDERS[type(clause)](clause, parameters, path)
    yield from find_provision_problems(clause, parameters, path)
