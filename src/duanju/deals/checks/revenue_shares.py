"""What is wrong with a revenue share."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from duanju.deals.checks.amounts import find_share_problems
from duanju.deals.checks.counting import find_counted_problems
from duanju.deals.checks.deductions import find_deduction_problems
from duanju.deals.checks.promises import find_promise_problems
from duanju.deals.checks.steps import find_income_problems
from duanju.deals.checks.values import (
    THRESHOLDS,
    Parameters,
    find_currency_problems,
    find_number_problems,
    find_word_problems,
    problem_at,
)
from duanju.deals.clauses import AFTER, GROSS, Reading, RevenueShare
from duanju.deals.clauses.references import is_chosen
from duanju.deals.parameters import ParameterValue, find_number
from duanju.deals.policy import Terms
from duanju.kernel import Problem

_READINGS = {reading.value: reading for reading in Reading}


def find_revenue_share_problems(
    clause: RevenueShare, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a revenue share."""
    yield from find_income_problems(clause.counted, parameters, path, clause.id)
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
        yield from find_counted_problems(clause.tiers_by, parameters, f"{path}.tiers_by")
    yield from _find_falling_tiers(clause, {}, path)
    for index, tier in enumerate(clause.share_tiers):
        place = f"{path}.share_tier.{index}"
        yield from find_number_problems(
            tier.threshold,
            parameters,
            place,
            lambda own: own >= 0,
            "deals.negative-amount",
            THRESHOLDS,
        )
        for role, share in tier.shares.items():
            yield from find_share_problems(share, parameters, f"{place}.shares.{role}")
        if set(tier.shares) != set(clause.shares):
            roles = ", ".join(clause.shares)
            yield problem_at("deals.tier-of-other-roles", f"{place}.shares", roles=roles)


def find_falling_tiers(terms: Terms) -> Iterator[Problem]:
    """Yield a problem for each tier whose threshold, as the deal fills it in, does not rise."""
    for index, clause in enumerate(terms.policy.clauses):
        if isinstance(clause, RevenueShare) and is_chosen(clause, terms.values):
            yield from _find_falling_tiers(clause, terms.values, f"clause.{index}")


def _find_falling_tiers(
    clause: RevenueShare, values: Mapping[str, ParameterValue], path: str
) -> Iterator[Problem]:
    before = Fraction(0)
    for index, tier in enumerate(clause.share_tiers):
        threshold = find_number(tier.threshold, values)
        if threshold is None:
            continue
        if threshold <= before:
            yield problem_at(
                "deals.tiers-not-rising",
                f"{path}.share_tier.{index}",
                threshold=str(threshold),
                before=str(before),
            )
        before = threshold


def _is_share(value: object) -> bool:
    """Say whether a value can be a share: 0 to 1, or what a deal fills in."""
    return not isinstance(value, Fraction) or 0 <= value <= 1
