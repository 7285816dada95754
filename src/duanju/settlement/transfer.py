"""Money that moves after settlement: what is asked for, and what was booked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from duanju.settlement.ledger import UnbalancedTransaction

ID_CHARACTERS_MAX = 64
PURPOSE_CHARACTERS_MAX = 120
AMOUNT_MINOR_MAX = 10**15
LEGS_MAX = 2_000


class MalformedTransfer(ValueError):
    """A transfer cannot be meant as it was made."""

    code = "settlement.malformed-transfer"


class TransferAction(StrEnum):
    """What a transfer does: moves money at once, holds it, or posts or voids what is held."""

    MOVE = "move"
    HOLD = "hold"
    POST = "post"
    VOID = "void"


class TransferState(StrEnum):
    """How far the money of a transfer has come; only from pending does it go on."""

    PENDING = "pending"
    POSTED = "posted"
    VOIDED = "voided"


STATE_AFTER = {
    TransferAction.MOVE: TransferState.POSTED,
    TransferAction.HOLD: TransferState.PENDING,
    TransferAction.POST: TransferState.POSTED,
    TransferAction.VOID: TransferState.VOIDED,
}
"""The state that each action leaves its money in."""


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """An account: what it is and whose, of which title, in which currency.

    Attributes:
        name: As in postings: `payable:studio:<id>`, `bank:platform:<id>`.
        title_id: The title, or empty where titles are counted together.
        currency: ISO 4217 code.
    """

    name: str
    title_id: str
    currency: str


@dataclass(frozen=True, slots=True, order=True)
class TransferLeg:
    """What a transfer brings an account (positive) or takes from it (negative).

    Attributes:
        account: Which.
        amount_minor: Minor units, never zero.
    """

    account: AccountKey
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """A wish to move money, whose id the caller makes; a retry carries the same.

    Attributes:
        id: Unique on a platform, 1 to 64 characters.
        action: What to do.
        legs: Of a move or a hold: each account once, their sum zero per currency.
        resolves: Of a posting or a voiding: the id of what is held, all of it.
        purpose: What for, up to 120 characters: `payout 2026-11 S000017`.
    """

    id: str
    action: TransferAction
    legs: tuple[TransferLeg, ...] = ()
    resolves: str = ""
    purpose: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            MalformedTransfer: A length, an amount, or a field that the action does not have.
            UnbalancedTransaction: The legs do not sum to zero in a currency.
        """
        if fault := _fault_of(self):
            raise MalformedTransfer(f"transfer {self.id!r}: {fault}")
        totals: dict[str, int] = {}
        for leg in self.legs:
            code = leg.account.currency
            totals[code] = totals.get(code, 0) + leg.amount_minor
        if any(totals.values()):
            raise UnbalancedTransaction(self.id)


def _fault_of(transfer: Transfer) -> str:
    """Return what is wrong with the form of a transfer, or an empty string."""
    new_money = transfer.action in (TransferAction.MOVE, TransferAction.HOLD)
    faults = {
        "its id has 1 to 64 characters": not 1 <= len(transfer.id) <= ID_CHARACTERS_MAX,
        "its purpose is too long": len(transfer.purpose) > PURPOSE_CHARACTERS_MAX,
        "a move or a hold has legs, and nothing else has": bool(transfer.legs) != new_money,
        "it has too many legs": len(transfer.legs) > LEGS_MAX,
        "a posting or a voiding names what is held": bool(transfer.resolves) == new_money,
        "an account stands in two legs": len({leg.account for leg in transfer.legs})
        != len(transfer.legs),
        "a leg moves nothing, or too much": any(
            not 0 < abs(leg.amount_minor) <= AMOUNT_MINOR_MAX for leg in transfer.legs
        ),
    }
    return next((fault for fault, found in faults.items() if found), "")


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """What an account holds, in minor units.

    Attributes:
        settled_minor: What closed months brought.
        posted_minor: What posted transfers brought.
        pending_in_minor: What is held to come, 0 or more.
        pending_out_minor: What is held to go, 0 or more.
    """

    settled_minor: int = 0
    posted_minor: int = 0
    pending_in_minor: int = 0
    pending_out_minor: int = 0

    @property
    def balance_minor(self) -> int:
        """What is there."""
        return self.settled_minor + self.posted_minor

    @property
    def available_minor(self) -> int:
        """What is there and not held to go; what is held to come does not count yet."""
        return self.balance_minor - self.pending_out_minor


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account as it stands before a transfer.

    Attributes:
        may_be_negative: Whether transfers may take more than is available.
        balance: What it holds; what was settled counts only where it may not be negative.
        sequence: How many legs it has.
        last_at: When the last of them was booked; `None` before the first.
    """

    may_be_negative: bool
    balance: AccountBalance = AccountBalance()
    sequence: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BookedLeg:
    """A leg as it was booked, with what its account held right after it.

    Attributes:
        leg: Account and amount; of a voiding, what was held and is free again.
        sequence: Its place among the legs of the account, from 1.
        posted_minor: As of `AccountBalance`.
        pending_in_minor: As of `AccountBalance`.
        pending_out_minor: As of `AccountBalance`.
        left_minor: What the account could still give; `None` where nothing limited the leg.
    """

    leg: TransferLeg
    sequence: int
    posted_minor: int
    pending_in_minor: int
    pending_out_minor: int
    left_minor: int | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a transfer, the same to each retry.

    Attributes:
        transfer: What was asked for.
        at: When it was booked: `now`, or the time of an account's last leg if that is later, so
            that an account's time never runs back.
        legs: In the order of the transfer's, or of what it resolves.
    """

    transfer: Transfer
    at: datetime
    legs: tuple[BookedLeg, ...]

    @property
    def state(self) -> TransferState:
        """The state in which this transfer left its money; a later one may have gone on."""
        return STATE_AFTER[self.transfer.action]
