"""The tables of clauses of fixed amounts: fees, guarantees and awards."""

from fractions import Fraction
from typing import Any, ClassVar, Literal

from pydantic import Field

from duanju.adapters.documents.policy_tables.provision import ProvisionTable
from duanju.adapters.documents.policy_tables.table import Table
from duanju.adapters.documents.policy_tables.values import (
    ClauseId,
    CurrencyValue,
    Milestone,
    NumberValue,
    Role,
    TitleOrPool,
    TreatmentValue,
)
from duanju.deals.clauses import Award, Clawback, Fee, Instalment, MinimumGuarantee, Scope


class InstalmentTable(Table):
    """`[[clause.instalment]]`."""

    becomes: ClassVar[type[Any]] = Instalment
    milestone: Milestone
    share: NumberValue


class ClawbackTable(Table):
    """`clawback = { milestone = "cancelled", share = 1 }`."""

    becomes: ClassVar[type[Any]] = Clawback
    milestone: Milestone
    share: NumberValue
    later_still_due: bool = False


class FeeTable(ProvisionTable):
    """`[[clause]]` of kind `fee`."""

    becomes: ClassVar[type[Any]] = Fee
    kind: Literal["fee"]
    amount: NumberValue
    currency: CurrencyValue
    scope: TitleOrPool = Scope.TITLE
    instalments: list[InstalmentTable] = Field(default=[], alias="instalment")
    clawback: ClawbackTable | None = None
    payer: Role = "platform"
    payee: Role = "studio"


class MinimumGuaranteeTable(ProvisionTable):
    """`[[clause]]` of kind `minimum_guarantee`."""

    becomes: ClassVar[type[Any]] = MinimumGuarantee
    kind: Literal["minimum_guarantee"]
    amount: NumberValue
    currency: CurrencyValue
    treatment: TreatmentValue
    against: list[ClauseId] = []
    at: NumberValue = Fraction(1)
    cross_collateralised: bool = False
    scope: TitleOrPool = Scope.TITLE
    instalments: list[InstalmentTable] = Field(default=[], alias="instalment")
    clawback: ClawbackTable | None = None
    payer: Role = "platform"
    payee: Role = "studio"


class AwardTable(ProvisionTable):
    """`[[clause]]` of kind `award`."""

    becomes: ClassVar[type[Any]] = Award
    kind: Literal["award"]
    receivers: list[Role]
    limit: NumberValue = None
    scope: TitleOrPool = Scope.TITLE
    currency: CurrencyValue
    payer: Role = "platform"
