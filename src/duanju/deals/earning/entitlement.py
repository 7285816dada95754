"""What every kind of clause evaluates to."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from duanju.kernel import Party, ProofStep


class EntitlementKind(StrEnum):
    """Why a party is entitled: to a share, or to a deduction taken before the shares."""

    SHARE = "share"
    DEDUCTION = "deduction"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What one party has earned by one clause since the start, exactly.

    Attributes:
        party: Who has earned it.
        payer: Who owes it, or holds the income that it is a part of.
        clause_id: By which clause.
        title_id: For which title; empty where titles are counted together.
        currency: ISO 4217 code.
        amount: Minor units, cumulative, exact.
        measure: What was counted; empty for nothing, and for several incomes together.
        quantity: How much of it, cumulative, in the integer unit of the measure.
        kind: Share or deduction.
        name: The role of the share, or the name of the deduction.
        proof: Clause → inputs → arithmetic → `amount`.
    """

    party: Party
    payer: Party
    clause_id: str
    title_id: str
    currency: str
    amount: Fraction
    measure: str
    quantity: int
    kind: EntitlementKind
    name: str
    proof: ProofStep
