"""The tables of clauses that divide an income after named deductions."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from duanju.adapters.documents.policy_tables.counting import (
    CountedValue,
    CountedValues,
    EarningTermTable,
)
from duanju.adapters.documents.policy_tables.provision import ProvisionTable
from duanju.adapters.documents.policy_tables.table import Table, ThresholdTable
from duanju.adapters.documents.policy_tables.values import (
    Channel,
    CurrencyValue,
    FreeWord,
    Id,
    NumberValue,
    ReadingValue,
    ResetWord,
    Role,
    RoleOrNone,
    RoundingWord,
    TextValue,
)
from duanju.deals.clauses import CHANNEL_ROLE, Deduction, Reset, RevenueShare, ShareTier
from duanju.kernel import RoundingRule


class DeductionTable(Table):
    """`[[clause.deduction]]`."""

    becomes: ClassVar[type[Any]] = Deduction
    name: Id
    title: TextValue
    receiver: Role = CHANNEL_ROLE
    rate_by_channel: dict[Channel, NumberValue] = {}
    rate: NumberValue = None
    cost: CountedValue | None = None
    recoups: FreeWord = ""
    cap: NumberValue = None


class ShareTierTable(ThresholdTable):
    """`[[clause.share_tier]]`."""

    becomes: ClassVar[type[Any]] = ShareTier
    above: NumberValue = Field(
        default=None, description="The threshold; it belongs itself to what lies below."
    )
    from_: NumberValue = Field(
        default=None,
        alias="from",
        description="Instead of `above`: the threshold; it belongs itself to what begins here.",
    )
    shares: dict[Role, NumberValue]


class RevenueShareTable(ProvisionTable):
    """`[[clause]]` of kind `revenue_share`; without `residual` it is read, and then refused."""

    becomes: ClassVar[type[Any]] = RevenueShare
    kind: Literal["revenue_share"]
    counted: CountedValues = Field(alias="measure")
    currency: CurrencyValue
    base: FreeWord
    deductions: list[DeductionTable] = Field(default=[], alias="deduction")
    shares: dict[Role, NumberValue] = {}
    share_tiers: list[ShareTierTable] = Field(default=[], alias="share_tier")
    tiers_by: CountedValue | None = None
    reading: ReadingValue = "marginal"
    reset: ResetWord = Reset.NEVER
    term: EarningTermTable | None = None
    residual: RoleOrNone = ""
    deficit_payer: RoleOrNone = ""
    rounding: RoundingWord = RoundingRule.LARGEST_REMAINDER
    holder: Role = "platform"
