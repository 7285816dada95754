"""What is wrong with a revenue share."""

from collections.abc import Iterator
from fractions import Fraction

from duanju.deals.checks.values import (
    Parameters,
    find_currency_problems,
    find_measure_problems,
    find_number_problems,
    problem_at,
)
from duanju.deals.clauses import AFTER, GROSS, RevenueShare
from duanju.deals.measures import MEASURES, Unit
from duanju.kernel import Problem


def find_revenue_share_problems(
    clause: RevenueShare, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a revenue share."""
    for counted in clause.counted:
        measure = counted.measure
        yield from find_measure_problems(measure, f"{path}.measure")
        if measure in MEASURES and MEASURES[measure].unit is not Unit.MINOR:
            yield problem_at("deals.not-an-income", f"{path}.measure", measure=measure)
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    yield from _find_base_problems(clause, path)
    yield from _find_deduction_problems(clause, parameters, path)
    yield from _find_share_problems(clause, parameters, path)


def _find_base_problems(clause: RevenueShare, path: str) -> Iterator[Problem]:
    known = [GROSS, *(AFTER + deduction.name for deduction in clause.deductions)]
    if clause.base not in known:
        yield problem_at(
            "deals.unknown-base", f"{path}.base", value=clause.base, known=", ".join(known)
        )


def _find_deduction_problems(
    clause: RevenueShare, parameters: Parameters, path: str
) -> Iterator[Problem]:
    names: set[str] = set()
    for index, deduction in enumerate(clause.deductions):
        place = f"{path}.deduction.{index}"
        if deduction.name in names:
            yield problem_at("deals.duplicate-deduction", f"{place}.name", name=deduction.name)
        names.add(deduction.name)
        if not deduction.rate_by_channel:
            yield problem_at("deals.no-channel", place, name=deduction.name)
        for channel, rate in deduction.rate_by_channel.items():
            where = f"{place}.rate_by_channel.{channel}"
            yield from find_number_problems(
                rate, parameters, where, is_share, "deals.share-out-of-range"
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
        yield from find_number_problems(
            share, parameters, where, is_share, "deals.share-out-of-range"
        )
    fixed = [share for share in clause.shares.values() if isinstance(share, Fraction)]
    if all(is_share(share) for share in fixed) and sum(fixed, Fraction(0)) > 1:
        total = str(sum(fixed, Fraction(0)))
        yield problem_at("deals.pays-out-more-than-comes-in", f"{path}.shares", total=total)


def is_share(value: Fraction) -> bool:
    """Say whether a number is a share: 0 to 1."""
    return 0 <= value <= 1
