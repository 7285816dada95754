"""Money that leaves for bank accounts: who is paid what, and how far it has come."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PAYOUTS_MAX = 1_000
"""In one batch; each is one transfer, and the ledger takes so many in one call."""

AMOUNT_MINOR_MAX = 10**15
ID_CHARACTERS_MAX = 35
"""Of a batch and of a payout; ISO 20022 has no room for more."""

NAME_CHARACTERS_MAX = 140
REMITTANCE_CHARACTERS_MAX = 140
NUMBER_CHARACTERS_MAX = 34
SHOWN_DIGITS = 4


class Characters(StrEnum):
    """Which letters a bank takes in names and texts.

    KEEP sends them as they are, as banks in China and most of ISO 20022 take them. TRANSLITERATE
    takes accents away and refuses what has no Latin letter of its own. LATIN refuses at once.
    """

    KEEP = "keep"
    TRANSLITERATE = "transliterate"
    LATIN = "latin"


class PayoutState(StrEnum):
    """How far a payout has come; only from waiting and accepted does it go on."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SETTLED = "settled"
    REJECTED = "rejected"

    @property
    def is_final(self) -> bool:
        """Whether the bank has said its last word."""
        return self in (PayoutState.SETTLED, PayoutState.REJECTED)


@dataclass(frozen=True, slots=True)
class PayoutAccount:
    """A bank account that pays or is paid: an IBAN, or a number at a bank that is named.

    Attributes:
        holder: Whose it is, as the bank has it, in any script.
        iban: Without spaces, or empty.
        number: Where there is no IBAN: the account's number.
        bic: Of the bank: 8 or 11 characters, or empty.
        clearing_system: ISO 20022's code of who numbers the banks: `CNAPS`, `USABA`, or empty.
        clearing_member: The bank's number there, or empty.
    """

    holder: str
    iban: str = ""
    number: str = ""
    bic: str = ""
    clearing_system: str = ""
    clearing_member: str = ""

    @property
    def masked(self) -> str:
        """The number with its last digits only, as people are shown it."""
        return "•••• " + (self.iban or self.number)[-SHOWN_DIGITS:]


@dataclass(frozen=True, slots=True)
class Payout:
    """One payment of a batch.

    Attributes:
        id: The caller's, which travels as the end-to-end id: 1 to 35 Latin characters.
        account: Who is paid.
        amount_minor: More than 0.
        remittance: What the receiver reads, up to 140 characters, or empty.
    """

    id: str
    account: PayoutAccount
    amount_minor: int
    remittance: str = ""


@dataclass(frozen=True, slots=True)
class PayoutBatch:
    """Payments that one account makes on one day in one currency.

    Attributes:
        id: The caller's; it travels as the message's id: 1 to 35 Latin characters.
        debtor: Who pays.
        value_date: On which the bank is asked to pay.
        currency: ISO 4217 code.
        payouts: At least one, in the order of the file.
    """

    id: str
    debtor: PayoutAccount
    value_date: date
    currency: str
    payouts: tuple[Payout, ...]

    @property
    def total_minor(self) -> int:
        """The control sum in minor units."""
        return sum(own.amount_minor for own in self.payouts)


@dataclass(frozen=True, slots=True)
class PayoutReport:
    """What a bank says of payouts.

    Attributes:
        state: How far they are.
        payout_id: Of which; empty where it speaks of the whole batch.
        batch_id: Of the batch as the bank names it; empty where it does not.
        reason: Why it rejected, in the bank's code or words.
        line: Of the file, where there are lines, else the number of the entry, from 1.
    """

    state: PayoutState
    payout_id: str = ""
    batch_id: str = ""
    reason: str = ""
    line: int = 0
