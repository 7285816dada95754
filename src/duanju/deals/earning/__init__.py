"""What each kind of clause comes to: its evaluator, by the clause's class."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from duanju.deals.clauses import (
    Award,
    BonusBands,
    Cap,
    Clause,
    CoInvestment,
    Commission,
    Fee,
    Held,
    MinimumGuarantee,
    ParameterIs,
    PoolShare,
    Reserve,
    Reset,
    RevenueShare,
    TieredBonus,
    TieredRate,
    Treatment,
    Waterfall,
)
from duanju.deals.earning.awards import entitle_award
from duanju.deals.earning.bonus_bands import entitle_bonus_bands
from duanju.deals.earning.caps import entitle_cap
from duanju.deals.earning.co_investments import entitle_co_investment
from duanju.deals.earning.commissions import entitle_commission
from duanju.deals.earning.conditions import held_back, replacing
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.fees import entitle_fee
from duanju.deals.earning.guarantees import entitle_minimum_guarantee
from duanju.deals.earning.pool_shares import entitle_pool_share
from duanju.deals.earning.reserves import entitle_reserve
from duanju.deals.earning.revenue_shares import entitle_revenue_share
from duanju.deals.earning.tiered_bonuses import entitle_tiered_bonus
from duanju.deals.earning.tiered_rates import entitle_tiered_rate
from duanju.deals.earning.waterfalls import entitle_waterfall

Evaluator = Callable[[Any, Evaluation], Iterator[Entitlement]]

EVALUATORS: Mapping[type[Clause], Evaluator] = MappingProxyType(
    {
        Award: entitle_award,
        BonusBands: entitle_bonus_bands,
        Cap: entitle_cap,
        CoInvestment: entitle_co_investment,
        Commission: entitle_commission,
        Fee: entitle_fee,
        MinimumGuarantee: entitle_minimum_guarantee,
        PoolShare: entitle_pool_share,
        Reserve: entitle_reserve,
        RevenueShare: entitle_revenue_share,
        TieredBonus: entitle_tiered_bonus,
        TieredRate: entitle_tiered_rate,
        Waterfall: entitle_waterfall,
    }
)
"""Every kind of clause has its evaluator here."""


def entitle_clause(clause: Clause, evaluation: Evaluation) -> tuple[Entitlement, ...]:
    """Return what everyone has earned by a clause, as of the evaluation's day.

    Its conditions hold back what they do not let through yet, and what it replaces is taken off.

    Raises:
        KeyError: No evaluator is written for this kind.
    """
    evaluator = EVALUATORS.get(type(clause))
    if evaluator is None:
        raise KeyError(f"no evaluator for {clause.kind} of clause {clause.id}")
    evaluation.clause = clause
    found = evaluator(clause, evaluation)
    return tuple(replacing(clause, evaluation, held_back(clause, evaluation, found)))


def needs_history(clause: Clause) -> bool:
    """Say whether a clause can be evaluated only after every month before has been.

    Such a clause looks back on what others had earned, or on when a condition began to hold.
    """
    conditions = [own for own in clause.when if not isinstance(own, ParameterIs)]
    if any(own.held is Held.LOST for own in conditions) or isinstance(clause, Reserve):
        return True
    if isinstance(clause, Cap):
        return clause.reset is not Reset.NEVER
    if isinstance(clause, MinimumGuarantee):
        return clause.treatment not in (Treatment.ON_TOP, Treatment.RECOUPABLE)
    if isinstance(clause, RevenueShare):
        recoups = any(own.recoups for own in clause.deductions)
        return recoups and bool(clause.share_tiers) and clause.reset is not Reset.NEVER
    return isinstance(clause, TieredBonus) and bool(clause.of) and clause.reset is not Reset.NEVER


__all__ = ["EVALUATORS", "Entitlement", "Evaluation", "entitle_clause", "needs_history"]
