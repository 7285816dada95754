"""Between stored accounts and transfers, and the engine's values."""

from duanju.settlement import (
    AccountKey,
    BookedLeg,
    Receipt,
    Transfer,
    TransferAction,
    TransferLeg,
)
from duanju_web.settlement.models import LedgerAccount, LedgerTransfer, LedgerTransferLeg


def key_of(account: LedgerAccount) -> AccountKey:
    """Return the key of an account."""
    return AccountKey(account.name, account.title_id, account.currency)


def receipt_of(row: LedgerTransfer) -> Receipt:
    """Return the receipt of a transfer; select `resolves`, prefetch `legs__account`."""
    rows = list(row.legs.all())
    legs = tuple(
        BookedLeg(
            leg=TransferLeg(key_of(own.account), own.amount_minor),
            sequence=own.sequence,
            posted_minor=own.posted_minor,
            pending_in_minor=own.pending_in_minor,
            pending_out_minor=own.pending_out_minor,
            left_minor=own.left_minor,
        )
        for own in rows
    )
    transfer = Transfer(
        id=row.transfer_id,
        action=TransferAction(row.action),
        legs=() if row.resolves else tuple(own.leg for own in legs),
        resolves=row.resolves.transfer_id if row.resolves else "",
        purpose=row.purpose,
    )
    return Receipt(transfer, rows[0].at, legs)


def legs_of(
    receipt: Receipt, *, row: LedgerTransfer, account_ids: dict[AccountKey, int]
) -> list[LedgerTransferLeg]:
    """Return the rows that keep what was booked.

    Args:
        receipt: What was decided.
        row: The transfer; saved.
        account_ids: Account to primary key.
    """
    return [
        LedgerTransferLeg(
            transfer=row,
            account_id=account_ids[own.leg.account],
            sequence=own.sequence,
            at=receipt.at,
            amount_minor=own.leg.amount_minor,
            currency=own.leg.account.currency,
            posted_minor=own.posted_minor,
            pending_in_minor=own.pending_in_minor,
            pending_out_minor=own.pending_out_minor,
            left_minor=own.left_minor,
        )
        for own in receipt.legs
    ]
