"""The kinds of clause that terms are made of."""

from duanju.deals.clauses.revenue_share import AFTER, CHANNEL_ROLE, GROSS, Deduction, RevenueShare
from duanju.deals.clauses.tiered_rate import Reading, Reset, Scope, Tier, TieredRate

Clause = TieredRate | RevenueShare

__all__ = [
    "AFTER",
    "CHANNEL_ROLE",
    "GROSS",
    "Clause",
    "Deduction",
    "Reading",
    "Reset",
    "RevenueShare",
    "Scope",
    "Tier",
    "TieredRate",
]
