"""The tables of clauses that pay by a result: rates, percentages, bands and pools."""

from fractions import Fraction
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
    BandReadingValue,
    ClauseId,
    CurrencyValue,
    EmptyPoolWord,
    ExactNumber,
    Id,
    Milestone,
    NumberValue,
    ReadingValue,
    ResetWord,
    Role,
    ScopeWord,
    StepDownWord,
    TextValue,
    TitleOrPool,
)
from duanju.deals.clauses import (
    Band,
    BonusBands,
    Coefficient,
    PoolShare,
    Reset,
    Scope,
    StepDown,
    StepDownReading,
    Tier,
    TieredBonus,
    TieredRate,
)


class TierTable(ThresholdTable):
    """`[[clause.tier]]`."""

    becomes: ClassVar[type[Any]] = Tier
    rate: NumberValue


class BandTable(ThresholdTable):
    """`[[clause.band]]` and `[[clause.coefficient.band]]`."""

    becomes: ClassVar[type[Any]] = Band
    value: NumberValue


class StepDownTable(Table):
    """`step_down = { milestone = "exclusivity_ended", value = 1 }`."""

    becomes: ClassVar[type[Any]] = StepDown
    milestone: Milestone
    value: NumberValue
    reading: StepDownWord = StepDownReading.FROM_THEN_ON


class CoefficientTable(Table):
    """`[[clause.coefficient]]`."""

    becomes: ClassVar[type[Any]] = Coefficient
    name: Id
    title: TextValue
    value: NumberValue
    counted: CountedValue | None = Field(default=None, alias="measure")
    bands: list[BandTable] = Field(default=[], alias="band")
    step_down: StepDownTable | None = None


class TieredRateTable(ProvisionTable):
    """`[[clause]]` of kind `tiered_rate`; without tiers it is read, and then refused."""

    becomes: ClassVar[type[Any]] = TieredRate
    kind: Literal["tiered_rate"]
    counted: CountedValue = Field(alias="measure")
    per: ExactNumber
    currency: CurrencyValue
    tiers: list[TierTable] = Field(default=[], alias="tier")
    reading: ReadingValue
    scope: ScopeWord = Scope.TITLE
    reset: ResetWord = Reset.NEVER
    coefficients: list[CoefficientTable] = Field(default=[], alias="coefficient")
    coefficient_cap: NumberValue = None
    term: EarningTermTable | None = None
    payer: Role = "platform"
    payee: Role = "studio"


class TieredBonusTable(ProvisionTable):
    """`[[clause]]` of kind `tiered_bonus`; without tiers it is read, and then refused."""

    becomes: ClassVar[type[Any]] = TieredBonus
    kind: Literal["tiered_bonus"]
    of: list[ClauseId] = []
    earned_by: Role = "studio"
    counted: CountedValues = Field(default=[], alias="measure")
    by: CountedValue | None = None
    tiers: list[TierTable] = Field(default=[], alias="tier")
    reading: ReadingValue
    scope: ScopeWord = Scope.TITLE
    reset: ResetWord = Reset.NEVER
    term: EarningTermTable | None = None
    currency: CurrencyValue
    payer: Role = "platform"
    payee: Role = "studio"


class BonusBandsTable(ProvisionTable):
    """`[[clause]]` of kind `bonus_bands`."""

    becomes: ClassVar[type[Any]] = BonusBands
    kind: Literal["bonus_bands"]
    counted: CountedValue = Field(alias="measure")
    bands: list[BandTable] = Field(alias="band")
    reading: BandReadingValue
    scope: TitleOrPool = Scope.TITLE
    reset: ResetWord = Reset.NEVER
    currency: CurrencyValue
    payer: Role = "platform"
    payee: Role = "studio"


class PoolShareTable(ProvisionTable):
    """`[[clause]]` of kind `pool_share`; without `when_empty` it is read, and then refused."""

    becomes: ClassVar[type[Any]] = PoolShare
    kind: Literal["pool_share"]
    pool: CountedValue
    own: CountedValue
    all: CountedValue
    share: NumberValue = Fraction(1)
    when_empty: EmptyPoolWord | None = None
    coefficients: list[CoefficientTable] = Field(default=[], alias="coefficient")
    coefficient_cap: NumberValue = None
    term: EarningTermTable | None = None
    currency: CurrencyValue
    payer: Role = "platform"
    payee: Role = "studio"
