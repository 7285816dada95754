"""The tables of clauses that divide an income step by step: waterfalls and co-investments."""

from fractions import Fraction
from typing import Any, ClassVar, Literal

from pydantic import Field

from duanju.adapters.documents.policy_tables.counting import CountedValue, CountedValues
from duanju.adapters.documents.policy_tables.provision import ProvisionTable
from duanju.adapters.documents.policy_tables.table import Table
from duanju.adapters.documents.policy_tables.values import (
    CurrencyValue,
    Day,
    FreeWord,
    GaugeWord,
    InterestWord,
    NumberValue,
    OrderWord,
    Role,
    RoleOrNone,
    RoundingWord,
    StepName,
    TextValue,
    TitleOrPool,
    WholeNumber,
)
from duanju.deals.clauses import (
    CoInvestment,
    Gate,
    Interest,
    Limit,
    Order,
    Receiver,
    Scope,
    Stake,
    Waterfall,
    WaterfallStep,
)
from duanju.kernel import RoundingRule


class InterestTable(Table):
    """`interest = { rate = 0.08, kind = "compound" }`."""

    becomes: ClassVar[type[Any]] = Interest
    rate: NumberValue
    kind: InterestWord


class LimitTable(Table):
    """`limit = { amount = 500_000, cost = "production_cost", cost_cap = 800_000 }`."""

    becomes: ClassVar[type[Any]] = Limit
    amount: NumberValue = None
    cost: CountedValue | None = None
    cost_cap: NumberValue = None
    interest: InterestTable | None = None


class ReceiverTable(Table):
    """`[[clause.step.receiver]]`."""

    becomes: ClassVar[type[Any]] = Receiver
    role: Role
    weight: NumberValue = Fraction(1)
    limit: LimitTable | None = None


class GateTable(Table):
    """`[[clause.step.gate]]`."""

    becomes: ClassVar[type[Any]] = Gate
    gauge: GaugeWord
    of: FreeWord = ""
    counted: CountedValue | None = Field(default=None, alias="measure")
    above: NumberValue = None
    until: NumberValue = None


class StepTable(Table):
    """`[[clause.step]]` of a waterfall, `[[clause.before]]` of a co-investment."""

    becomes: ClassVar[type[Any]] = WaterfallStep
    name: StepName
    title: TextValue
    takes: NumberValue = Fraction(1)
    receivers: list[ReceiverTable] = Field(alias="receiver")
    order: OrderWord = Order.PRO_RATA
    limit: LimitTable | None = None
    gates: list[GateTable] = Field(default=[], alias="gate")
    from_day: Day | None = None
    until_day: Day | None = None
    is_deduction: bool = False


class WaterfallTable(ProvisionTable):
    """`[[clause]]` of kind `waterfall`; without `residual` it is read, and then refused."""

    becomes: ClassVar[type[Any]] = Waterfall
    kind: Literal["waterfall"]
    counted: CountedValues = Field(alias="measure")
    currency: CurrencyValue
    steps: list[StepTable] = Field(alias="step")
    owed_of_gross: dict[Role, NumberValue] = {}
    scope: TitleOrPool = Scope.TITLE
    residual: RoleOrNone = ""
    deficit_payer: RoleOrNone = ""
    rounding: RoundingWord = RoundingRule.LARGEST_REMAINDER
    holder: Role = "platform"


class StakeTable(Table):
    """`[[clause.stake]]`."""

    becomes: ClassVar[type[Any]] = Stake
    role: Role
    amount: NumberValue = None
    share: NumberValue = None
    seniority: WholeNumber = 1


class CoInvestmentTable(ProvisionTable):
    """`[[clause]]` of kind `co_investment`; without `residual` it is read, and then refused."""

    becomes: ClassVar[type[Any]] = CoInvestment
    kind: Literal["co_investment"]
    counted: CountedValues = Field(alias="measure")
    currency: CurrencyValue
    stakes: list[StakeTable] = Field(alias="stake")
    before: list[StepTable] = []
    order: OrderWord = Order.PRO_RATA
    hurdle: InterestTable | None = None
    profit: dict[Role, NumberValue] = {}
    residual: RoleOrNone = ""
    scope: TitleOrPool = Scope.TITLE
    rounding: RoundingWord = RoundingRule.LARGEST_REMAINDER
    holder: Role = "platform"
