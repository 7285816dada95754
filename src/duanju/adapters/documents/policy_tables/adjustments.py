"""The tables of clauses that stand on what other clauses earn: commissions, caps and reserves."""

from typing import Any, ClassVar, Literal

from duanju.adapters.documents.policy_tables.provision import ProvisionTable
from duanju.adapters.documents.policy_tables.values import (
    ClauseId,
    CurrencyValue,
    NumberValue,
    ResetWord,
    Role,
    ScopeWord,
)
from duanju.deals.clauses import Cap, Commission, Reserve, Reset, Scope


class CommissionTable(ProvisionTable):
    """`[[clause]]` of kind `commission`."""

    becomes: ClassVar[type[Any]] = Commission
    kind: Literal["commission"]
    of: list[ClauseId]
    earned_by: Role = "studio"
    rate: NumberValue
    currency: CurrencyValue
    payer: Role = "studio"
    payee: Role


class CapTable(ProvisionTable):
    """`[[clause]]` of kind `cap`."""

    becomes: ClassVar[type[Any]] = Cap
    kind: Literal["cap"]
    of: list[ClauseId]
    amount: NumberValue
    scope: ScopeWord = Scope.POOL
    reset: ResetWord = Reset.NEVER
    currency: CurrencyValue
    payer: Role = "platform"
    payee: Role = "studio"


class ReserveTable(ProvisionTable):
    """`[[clause]]` of kind `reserve`."""

    becomes: ClassVar[type[Any]] = Reserve
    kind: Literal["reserve"]
    of: list[ClauseId]
    rate: NumberValue
    months: NumberValue
    currency: CurrencyValue
    payer: Role = "platform"
    payee: Role = "studio"
