"""Bank accounts, batches and payouts as the engine has them."""

from collections.abc import Iterable

from duanju.adapters.payments import BankProfile, PainVersion
from duanju.settlement import (
    AccountKey,
    Characters,
    Payout,
    PayoutAccount,
    PayoutBatch,
    ProposedPayout,
)
from duanju_web.payouts.models import BankAccount, PayoutBatchRecord, PayoutRecord


def account_of(own: BankAccount) -> PayoutAccount:
    """Return a bank account as the engine has it."""
    return PayoutAccount(
        holder=own.holder,
        iban=own.iban,
        number=own.number,
        bic=own.bic,
        clearing_system=own.clearing_system,
        clearing_member=own.clearing_member,
    )


def payouts_of(rows: Iterable[PayoutRecord], *, currency: str) -> tuple[ProposedPayout, ...]:
    """Return payouts with the accounts of the ledger that they come from.

    Args:
        rows: With their bank accounts.
        currency: Of their batch.
    """
    return tuple(
        ProposedPayout(
            AccountKey(row.account, "", currency),
            Payout(row.payout_id, account_of(row.bank_account), row.amount_minor, row.remittance),
        )
        for row in rows
    )


def batch_of(record: PayoutBatchRecord, rows: Iterable[PayoutRecord]) -> PayoutBatch:
    """Return a batch as a bank is sent it."""
    payouts = tuple(own.payout for own in payouts_of(rows, currency=record.currency))
    debtor = account_of(record.debtor)
    return PayoutBatch(record.batch_id, debtor, record.value_date, record.currency, payouts)


def profile_of(record: PayoutBatchRecord) -> BankProfile:
    """Return what the bank asked of a batch's files when it was proposed."""
    return BankProfile(PainVersion(record.version), Characters(record.characters))
