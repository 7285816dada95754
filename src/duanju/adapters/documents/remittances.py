"""Remittances as files: what was booked, a row a leg, and the advice, a row a party."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from duanju.adapters.documents.row_tables import Cell, rows_as_csv
from duanju.adapters.documents.tables import BadCell, TableRow, integer_in, read_rows
from duanju.kernel import CURRENCIES, Money, Problem, ProblemsFound, Where, currency
from duanju.settlement import (
    AccountKey,
    HeldReserve,
    Remittance,
    TaxEffect,
    Transfer,
    TransferAction,
    TransferLeg,
    UnbalancedTransaction,
)

LEG_COLUMNS = ("transfer_id", "account", "title_id", "amount_minor", "currency", "purpose")
"""Stable: files written by one version are read by the next."""

ADVICE_COLUMNS = (
    *("period", "role", "party_id", "currency", "gross", "tax_added", "tax_withheld", "due"),
    *("carried", "waiting", "transfer_id", "reserved", "released"),
)


def booked_as_csv(transfers: Iterable[Transfer]) -> Iterator[str]:
    """Yield the transfers of remittances as CSV, a row a leg, which the next run reads."""
    legs = ((own, leg) for own in transfers for leg in own.legs)
    return rows_as_csv(
        LEG_COLUMNS,
        (
            (
                *(own.id, leg.account.name, leg.account.title_id),
                *(leg.amount_minor, leg.account.currency, own.purpose),
            )
            for own, leg in legs
        ),
    )


def read_booked(path: Path) -> tuple[Transfer, ...]:
    """Read what `booked_as_csv` wrote.

    Raises:
        ProblemsFound: With every row that cannot be read, and every transfer that does not balance.
    """
    legs: dict[tuple[str, str], list[TransferLeg]] = {}
    problems: list[Problem] = []
    for row in read_rows(path, required=LEG_COLUMNS):
        if isinstance(row, Problem):
            problems.append(row)
            continue
        try:
            leg = _leg(row)
        except BadCell as bad:
            problems.append(bad.as_problem(row))
        else:
            legs.setdefault((row.cells["transfer_id"], row.cells["purpose"]), []).append(leg)
    transfers = []
    for (own_id, purpose), own in legs.items():
        try:
            transfers.append(Transfer(own_id, TransferAction.MOVE, tuple(own), purpose=purpose))
        except (UnbalancedTransaction, ValueError):
            params: dict[str, str | int] = {"id": own_id}
            problems.append(Problem("documents.unbalanced-transaction", Where(str(path)), params))
    if problems:
        raise ProblemsFound(tuple(problems))
    return tuple(transfers)


def _leg(row: TableRow) -> TransferLeg:
    code = row.cells["currency"]
    if code not in CURRENCIES:
        raise BadCell("documents.unknown-currency", "currency", code)
    account = AccountKey(row.cells["account"], row.cells["title_id"], code)
    return TransferLeg(account, integer_in(row.cells, "amount_minor"))


def advice_as_csv(remittances: Iterable[Remittance]) -> Iterator[str]:
    """Yield what each party is told, in major units: earned, taxed, due, or carried and why."""
    return rows_as_csv(ADVICE_COLUMNS, (_advice(own) for own in remittances))


def _advice(own: Remittance) -> tuple[Cell, ...]:
    waiting = ", ".join(str(Money(amount, code)) for code, amount in own.left.items())
    return (
        *(str(own.period), own.terms.role, own.terms.party_id, own.terms.currency),
        _major(own.gross.amount_minor, own.terms.currency),
        _major(_taxes(own, TaxEffect.ADDED), own.terms.currency),
        _major(_taxes(own, TaxEffect.WITHHELD), own.terms.currency),
        _major(own.due.amount_minor if own.transfer else 0, own.terms.currency),
        *(str(own.carried or ""), waiting, own.transfer.id if own.transfer else ""),
        _sums(own.reserving.held),
        _sums(own.reserving.released),
    )


def _sums(reserves: Iterable[HeldReserve]) -> str:
    """Return what was held or released, a currency each: it is not converted yet."""
    sums: dict[str, int] = {}
    for own in reserves:
        sums[own.currency] = sums.get(own.currency, 0) + own.amount_minor
    return ", ".join(str(Money(amount, code)) for code, amount in sorted(sums.items()))


def _taxes(own: Remittance, effect: TaxEffect) -> int:
    return sum(tax.amount.amount_minor for tax in own.taxes if tax.rule.effect is effect)


def _major(amount_minor: int, code: str) -> Decimal:
    return Decimal(amount_minor).scaleb(-currency(code).minor_digits)
