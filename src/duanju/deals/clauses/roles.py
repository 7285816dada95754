"""Whom a clause needs."""

from collections.abc import Iterator

from duanju.deals.clauses import (
    Award,
    Clause,
    CoInvestment,
    RevenueShare,
    Waterfall,
)
from duanju.deals.clauses.revenue_share import CHANNEL_ROLE
from duanju.deals.clauses.waterfall import Gauge, WaterfallStep


def roles_of(clause: Clause) -> tuple[str, ...]:
    """Return every role that a clause names, each once, in its order.

    The channel is not among them: it is whoever sold.
    """
    return tuple(role for role in dict.fromkeys(_named(clause)) if role not in ("", CHANNEL_ROLE))


def _named(clause: Clause) -> Iterator[str]:
    if isinstance(clause, RevenueShare | Waterfall | CoInvestment):
        yield clause.holder
        yield from _of_distribution(clause)
        yield clause.residual
    else:
        yield clause.payer
        yield from clause.receivers if isinstance(clause, Award) else (clause.payee,)
    yield getattr(clause, "earned_by", "")
    yield from clause.binds


def _of_distribution(clause: RevenueShare | Waterfall | CoInvestment) -> Iterator[str]:
    if isinstance(clause, RevenueShare):
        yield from (deduction.receiver for deduction in clause.deductions)
        yield from clause.shares
        yield clause.deficit_payer
    elif isinstance(clause, Waterfall):
        yield from _of_steps(clause.steps)
        yield from clause.owed_of_gross
        yield clause.deficit_payer
    else:
        yield from _of_steps(clause.before)
        yield from (stake.role for stake in clause.stakes)
        yield from clause.profit


def _of_steps(steps: tuple[WaterfallStep, ...]) -> Iterator[str]:
    for step in steps:
        yield from (receiver.role for receiver in step.receivers)
        yield from (gate.of for gate in step.gates if gate.gauge is Gauge.PARTY)
