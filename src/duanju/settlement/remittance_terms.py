"""How a party is paid: in which currency, from which amount on, and what of it is kept back."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

PAYABLE = "payable:"
"""What the accounts begin with on which settlement posts what is earned; role and id follow."""

RESERVE_MONTHS_MAX = 60
"""Longer is no reserve."""


class NegativeBalance(StrEnum):
    """What becomes of a currency in which a party owes: it waits, or the others pay it."""

    CARRIED = "carried"
    RECOUPED = "recouped"


@dataclass(frozen=True, slots=True)
class RemittanceTerms:
    """How a party is paid.

    Attributes:
        role: As in the accounts, `studio`.
        party_id: Whose.
        taxpayer: Kind of taxpayer, as rules name it; empty where no tax is the payer's business.
        currency: ISO 4217 code of what it is paid in.
        minimum_minor: Less than that is not paid but carried.
        negative: What becomes of a currency in which it owes.
        reserve_rate: Share of what a month earns that is held back, 0 to 1.
        reserve_months: For how many months; 0 where nothing is held.
    """

    role: str
    party_id: str
    taxpayer: str
    currency: str
    minimum_minor: int = 0
    negative: NegativeBalance = NegativeBalance.CARRIED
    reserve_rate: Fraction = Fraction(0)
    reserve_months: int = 0

    @property
    def party(self) -> str:
        """The end of the names of its accounts, `studio:lanxi`."""
        return f"{self.role}:{self.party_id}"
