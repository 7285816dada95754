"""What every kind of clause says, by its class."""

from collections.abc import Callable, Mapping
from typing import Any

from duanju.adapters.prose.clauses.obligations import (
    tell_award,
    tell_cap,
    tell_commission,
    tell_fee,
    tell_minimum_guarantee,
    tell_pool_share,
    tell_reserve,
)
from duanju.adapters.prose.clauses.provisions import tell_provision
from duanju.adapters.prose.clauses.revenue_shares import tell_revenue_share
from duanju.adapters.prose.clauses.tiers import (
    tell_bonus_bands,
    tell_tiered_bonus,
    tell_tiered_rate,
)
from duanju.adapters.prose.clauses.waterfalls import tell_co_investment, tell_waterfall
from duanju.adapters.prose.narrating import Narrator, Telling
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

TELLERS: Mapping[type, Callable[[Any, Narrator], Telling]] = {
    TieredRate: tell_tiered_rate,
    TieredBonus: tell_tiered_bonus,
    BonusBands: tell_bonus_bands,
    Fee: tell_fee,
    MinimumGuarantee: tell_minimum_guarantee,
    PoolShare: tell_pool_share,
    Award: tell_award,
    Commission: tell_commission,
    Cap: tell_cap,
    Reserve: tell_reserve,
    RevenueShare: tell_revenue_share,
    Waterfall: tell_waterfall,
    CoInvestment: tell_co_investment,
}
"""A function for every kind of clause."""


def tell_clause(clause: Clause, narrator: Narrator) -> Telling:
    """Yield all that a clause says, in order: sentences, and tables where they belong."""
    yield from TELLERS[type(clause)](clause, narrator)
    yield from tell_provision(clause, narrator)
