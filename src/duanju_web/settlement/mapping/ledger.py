"""Between ledger rows and the engine's transactions and snapshots."""

from collections.abc import Iterable, Mapping

from duanju.kernel import Month
from duanju.settlement import ClaimKey, Posting, Snapshot, Transaction
from duanju_web.settlement.models import Close, LedgerPosting, LedgerTransaction


def transaction_of(row: LedgerTransaction) -> Transaction:
    """Return the transaction that a row is; select `close` and `deal`, prefetch `postings`."""
    return Transaction(
        id=row.pk,
        period=Month.parse(row.close.period),
        concerns_period=Month.parse(row.concerns_period),
        key=ClaimKey(row.deal.number, row.clause_id, row.title_id, row.currency),
        legs=tuple(
            Posting(leg.account, leg.amount_minor, leg.currency) for leg in row.postings.all()
        ),
    )


def rows_of(
    *, transactions: Iterable[Transaction], close: Close, deal_ids: Mapping[str, int]
) -> tuple[list[LedgerTransaction], list[LedgerPosting]]:
    """Return the rows that keep transactions, numbered in their order.

    Args:
        transactions: What is posted.
        close: The close that posts it; saved.
        deal_ids: Deal's number to primary key.
    """
    rows, legs = [], []
    for number, transaction in enumerate(transactions, start=1):
        row = LedgerTransaction(
            id=transaction.id,
            close=close,
            number=number,
            deal_id=deal_ids[transaction.key.deal_id],
            clause_id=transaction.key.clause_id,
            title_id=transaction.key.title_id,
            currency=transaction.key.currency,
            concerns_period=str(transaction.concerns_period),
        )
        rows.append(row)
        legs.extend(
            LedgerPosting(
                transaction=row,
                account=leg.account,
                amount_minor=leg.amount_minor,
                currency=leg.currency,
            )
            for leg in transaction.legs
        )
    return rows, legs


def snapshot_of(close: Close) -> Snapshot:
    """Return the snapshot that a close froze."""
    data = close.snapshot
    return Snapshot(
        period=Month(**data["period"]),
        transaction_ids=tuple(data["transaction_ids"]),
        balances=tuple(Posting(**own) for own in data["balances"]),
        statement_digests=tuple(data["statement_digests"]),
        previous_digest=data["previous_digest"],
        digest=data["digest"],
    )
