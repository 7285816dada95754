"""The ledger as CSV files: a row a leg."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from pathlib import Path
from typing import TextIO

from duanju.adapters.documents.tables import (
    BYTE_ORDER_MARK,
    BadCell,
    integer_in,
    read_rows,
    spreadsheet_text,
)
from duanju.kernel import CURRENCIES, Month, Problem, ProblemsFound, Where
from duanju.settlement import ClaimKey, Posting, Receipt, Transaction, UnbalancedTransaction

COLUMNS = (
    "transaction_id",
    "period",
    "concerns_period",
    "deal_id",
    "clause_id",
    "title_id",
    "account",
    "amount_minor",
    "currency",
)
"""Stable: files written by one version are read by the next."""

TRANSFER_COLUMNS = (
    *("transfer_id", "booked_at", "action", "resolves", "purpose"),
    *("account", "title_id", "amount_minor", "currency"),
)
"""Of what moved after settlement."""


def write_ledger(transactions: Iterable[Transaction], *, stream: TextIO) -> None:
    """Write transactions, a row a leg, in the order given."""
    for row in ledger_as_csv(transactions):
        stream.write(row)


def ledger_as_csv(transactions: Iterable[Transaction]) -> Iterator[str]:
    """Yield what `write_ledger` writes, a row at a time, the mark and the headings first."""
    row = _Row()
    writer = csv.writer(row, lineterminator="\n")
    writer.writerow(COLUMNS)
    yield BYTE_ORDER_MARK + row.text
    for transaction in transactions:
        key = transaction.key
        for leg in transaction.legs:
            writer.writerow(
                [
                    transaction.id,
                    transaction.period,
                    transaction.concerns_period,
                    key.deal_id,
                    key.clause_id,
                    key.title_id,
                    leg.account,
                    leg.amount_minor,
                    leg.currency,
                ]
            )
            yield row.text


def transfers_as_csv(receipts: Iterable[Receipt]) -> Iterator[str]:
    """Yield transfers as CSV, a row a leg, the mark and the headings first; times are UTC.

    Rows of `move` and `post` moved their amount; those of `hold` and `void` moved nothing.
    """
    row = _Row()
    writer = csv.writer(row, lineterminator="\n")
    writer.writerow(TRANSFER_COLUMNS)
    yield BYTE_ORDER_MARK + row.text
    for receipt in receipts:
        transfer = receipt.transfer
        booked_at = receipt.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        texts = (transfer.resolves, transfer.purpose)
        for leg in (own.leg for own in receipt.legs):
            writer.writerow(
                [
                    *(spreadsheet_text(transfer.id), booked_at, transfer.action.value),
                    *map(spreadsheet_text, texts),
                    *(leg.account.name, leg.account.title_id),
                    *(leg.amount_minor, leg.account.currency),
                ]
            )
            yield row.text


class _Row:
    """Keeps the row that was written last."""

    text = ""

    def write(self, text: str) -> None:
        """Take a whole row, for the writer of CSV hands over no less."""
        self.text = text


def read_ledger(path: Path) -> tuple[Transaction, ...]:
    """Read what `write_ledger` wrote.

    Raises:
        ProblemsFound: With every row that cannot be read and every transaction that does not
            balance.
    """
    legs: dict[tuple[str, Month, Month, ClaimKey], list[Posting]] = {}
    problems: list[Problem] = []
    where = Where(str(path))
    for row in read_rows(path, required=COLUMNS):
        if isinstance(row, Problem):
            problems.append(row)
            continue
        where = row.where
        try:
            head, leg = _row(row.cells)
        except BadCell as bad:
            problems.append(bad.as_problem(row))
        else:
            legs.setdefault(head, []).append(leg)
    transactions = []
    for (own_id, period, concerns, key), own in legs.items():
        try:
            transactions.append(Transaction(own_id, period, concerns, key, tuple(own)))
        except UnbalancedTransaction:
            params: dict[str, str | int] = {"id": own_id}
            problems.append(Problem("documents.unbalanced-transaction", where, params))
    if problems:
        raise ProblemsFound(tuple(problems))
    return tuple(transactions)


def _row(cells: Mapping[str, str]) -> tuple[tuple[str, Month, Month, ClaimKey], Posting]:
    currency = cells["currency"]
    if currency not in CURRENCIES:
        raise BadCell("documents.unknown-currency", "currency", currency)
    key = ClaimKey(cells["deal_id"], cells["clause_id"], cells["title_id"], currency)
    head = (
        cells["transaction_id"],
        _month(cells, "period"),
        _month(cells, "concerns_period"),
        key,
    )
    return head, Posting(cells["account"], integer_in(cells, "amount_minor"), currency)


def _month(cells: Mapping[str, str], column: str) -> Month:
    try:
        return Month.parse(cells[column])
    except ValueError:
        raise BadCell("documents.not-a-month", column, cells[column]) from None
