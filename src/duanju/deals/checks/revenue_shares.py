"""What is wrong with a revenue share."""

from collections.abc import Iterator
from fractions import Fraction

from duanju.deals.checks.amounts import find_share_problems
from duanju.deals.checks.deductions import find_deduction_problems
from duanju.deals.checks.promises import find_promise_problems
from duanju.deals.checks.steps import find_income_problems
from duanju.deals.checks.values import (
    Parameters,
    find_currency_problems,
    find_measure_problems,
    find_word_problems,
    problem_at,
)
from duanju.deals.clauses import AFTER, GROSS, Reading, RevenueShare
from duanju.kernel import Problem

_READINGS = {reading.value: reading for reading in Reading}


def find_revenue_share_problems(
    clause: RevenueShare, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a revenue share."""
    yield from find_income_problems(clause.counted, path, clause.id)
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    yield from _find_base_problems(clause, path)
    yield from find_deduction_problems(clause, parameters, path)
    yield from _find_share_problems(clause, parameters, path)
    yield from _find_tier_problems(clause, parameters, path)
    if all(_is_share(own) for own in clause.shares.values()):
        yield from find_promise_problems(clause, parameters, path)


def _find_base_problems(clause: RevenueShare, path: str) -> Iterator[Problem]:
    known = [GROSS, *(AFTER + deduction.name for deduction in clause.deductions)]
    if clause.base not in known:
        yield problem_at(
            "deals.unknown-base", f"{path}.base", value=clause.base, known=", ".join(known)
        )


def _find_share_problems(
    clause: RevenueShare, parameters: Parameters, path: str
) -> Iterator[Problem]:
    if not clause.residual:
        yield problem_at("deals.no-residual", f"{path}.residual", clause=clause.id)
    if not clause.shares:
        yield problem_at("deals.no-share", f"{path}.shares", clause=clause.id)
    for role, share in clause.shares.items():
        where = f"{path}.shares.{role}"
        if role == clause.residual:
            yield problem_at("deals.residual-has-a-share", where, role=role)
        yield from find_share_problems(share, parameters, where)


def _find_tier_problems(
    clause: RevenueShare, parameters: Parameters, path: str
) -> Iterator[Problem]:
    if clause.share_tiers:
        yield from find_word_problems(
            clause.reading, parameters, f"{path}.reading", _READINGS, "deals.unknown-reading"
        )
    if clause.tiers_by is not None:
        yield from find_measure_problems(clause.tiers_by.measure, f"{path}.tiers_by")
    before = Fraction(0)
    for index, tier in enumerate(clause.share_tiers):
        place = f"{path}.share_tier.{index}"
        if tier.threshold <= before:
            yield problem_at(
                "deals.tiers-not-rising",
                place,
                threshold=str(tier.threshold),
                before=str(before),
            )
        before = tier.threshold
        for role, share in tier.shares.items():
            yield from find_share_problems(share, parameters, f"{place}.shares.{role}")
        if set(tier.shares) != set(clause.shares):
            roles = ", ".join(clause.shares)
            yield problem_at("deals.tier-of-other-roles", f"{place}.shares", roles=roles)


def _is_share(value: object) -> bool:
    """Say whether a value can be a share: 0 to 1, or what a deal fills in."""
    return not isinstance(value, Fraction) or 0 <= value <= 1
