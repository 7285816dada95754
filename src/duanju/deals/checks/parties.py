"""What is wrong with whom a clause names as payer and receivers."""

from collections.abc import Iterable, Iterator

from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import (
    CHANNEL_ROLE,
    Award,
    Clause,
    CoInvestment,
    RevenueShare,
    Waterfall,
)
from duanju.kernel import Problem


def find_role_problems(clause: Clause, path: str) -> Iterator[Problem]:
    """Yield a problem where a clause owes a role to itself, or names the channel as a party.

    Only a deduction tells channels apart; nowhere else can the channel pay or receive.
    """
    if isinstance(clause, RevenueShare | Waterfall | CoInvestment):
        named = [*_named_by(clause)]
    else:
        named = [*_receivers(clause)]
        for place, role in named:
            if role == clause.payer:
                yield problem_at(
                    "deals.owed-to-itself", f"{path}.{place}", clause=clause.id, role=role
                )
        named.append(("payer", clause.payer))
        named.append(("earned_by", getattr(clause, "earned_by", "")))
    for place, role in named:
        if role == CHANNEL_ROLE:
            yield problem_at("deals.channel-of-no-channel", f"{path}.{place}", name=clause.id)


def _receivers(clause: Clause) -> Iterator[tuple[str, str]]:
    if isinstance(clause, Award):
        for index, role in enumerate(clause.receivers):
            yield f"receivers.{index}", role
    else:
        yield "payee", getattr(clause, "payee", "")


def _named_by(clause: RevenueShare | Waterfall | CoInvestment) -> Iterator[tuple[str, str]]:
    yield "holder", clause.holder
    yield "residual", clause.residual
    if isinstance(clause, RevenueShare):
        yield from _keys("shares", clause.shares)
        for index, tier in enumerate(clause.share_tiers):
            yield from _keys(f"share_tier.{index}.shares", tier.shares)
    if isinstance(clause, Waterfall):
        yield from _keys("owed_of_gross", clause.owed_of_gross)
    if isinstance(clause, CoInvestment):
        yield from _keys("profit", clause.profit)
        for index, stake in enumerate(clause.stakes):
            yield f"stake.{index}.role", stake.role
    else:
        yield "deficit_payer", clause.deficit_payer


def _keys(place: str, roles: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"{place}.{role}", role) for role in roles)
