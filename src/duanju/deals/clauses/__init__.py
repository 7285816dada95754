"""The kinds of clause that terms are made of: data only."""

from duanju.deals.clauses.award import Award
from duanju.deals.clauses.bonus_bands import BandReading, BonusBands
from duanju.deals.clauses.cap import Cap
from duanju.deals.clauses.co_investment import CoInvestment, Stake
from duanju.deals.clauses.coefficients import Band, Coefficient, StepDown, StepDownReading
from duanju.deals.clauses.commission import Commission
from duanju.deals.clauses.conditions import (
    Condition,
    FromDay,
    Held,
    MeasureReached,
    MilestoneReached,
    ParameterIs,
    Recouped,
)
from duanju.deals.clauses.counting import (
    Counted,
    EarningTerm,
    Fraud,
    Lengthening,
    Reading,
    Reset,
    Scope,
    TermMeasured,
)
from duanju.deals.clauses.fee import Fee
from duanju.deals.clauses.instalments import SIGNING, Clawback, Instalment
from duanju.deals.clauses.minimum_guarantee import MinimumGuarantee, Treatment
from duanju.deals.clauses.pool_share import EmptyPool, PoolShare
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.clauses.reserve import Reserve
from duanju.deals.clauses.revenue_share import (
    AFTER,
    CHANNEL_ROLE,
    GROSS,
    Deduction,
    RevenueShare,
    ShareTier,
)
from duanju.deals.clauses.tiered_bonus import TieredBonus
from duanju.deals.clauses.tiered_rate import Tier, TieredRate
from duanju.deals.clauses.waterfall import (
    Gate,
    Gauge,
    Interest,
    InterestKind,
    Limit,
    Order,
    Receiver,
    Waterfall,
    WaterfallStep,
)

Clause = (
    TieredRate
    | TieredBonus
    | BonusBands
    | Fee
    | MinimumGuarantee
    | PoolShare
    | Award
    | Commission
    | Cap
    | Reserve
    | RevenueShare
    | Waterfall
    | CoInvestment
)

__all__ = [
    "AFTER",
    "CHANNEL_ROLE",
    "GROSS",
    "SIGNING",
    "Award",
    "Band",
    "BandReading",
    "BonusBands",
    "Cap",
    "Clause",
    "Clawback",
    "CoInvestment",
    "Coefficient",
    "Commission",
    "Condition",
    "Counted",
    "Deduction",
    "Direction",
    "EarningTerm",
    "EmptyPool",
    "Fee",
    "Fraud",
    "FromDay",
    "Gate",
    "Gauge",
    "Held",
    "Instalment",
    "Interest",
    "InterestKind",
    "Lengthening",
    "Limit",
    "MeasureReached",
    "MilestoneReached",
    "MinimumGuarantee",
    "Order",
    "ParameterIs",
    "PoolShare",
    "Provision",
    "Reading",
    "Receiver",
    "Recouped",
    "Reserve",
    "Reset",
    "RevenueShare",
    "Scope",
    "ShareTier",
    "Stake",
    "StepDown",
    "StepDownReading",
    "TermMeasured",
    "Tier",
    "TieredBonus",
    "TieredRate",
    "Treatment",
    "Waterfall",
    "WaterfallStep",
]
