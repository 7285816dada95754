"""The ledger as Beancount: plain text that accountants' tools read, and `bean-check` accepts.

What an account receives in Duanju is a credit, and credits are negative in Beancount: every number
changes its sign, so that what is owed stands as a liability, and what it cost as an expense.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from heapq import merge

from duanju.kernel import Money, Month
from duanju.settlement import Receipt, Transaction, TransferAction

ROOTS: Mapping[str, str] = {
    "payable": "Liabilities",
    "fee": "Liabilities",
    "income": "Assets",
    "expense": "Expenses",
    "retained": "Income",
    "bank": "Assets",
    "due": "Liabilities",
    "reserve": "Liabilities",
    "withheld": "Liabilities",
    "tax": "Assets",
}
"""The kind of an account, which its name begins with, to the Beancount account that it is under.

What viewers paid lies there to be divided, so `income` is an asset; what the payer keeps of it is
its own income. What is due, held in reserve, or withheld for the state is still owed; a tax that
was paid on top is claimed back. Money passes through a conversion, which stays equity.
"""

_MOVING = frozenset({TransferAction.MOVE, TransferAction.POST})

OTHER_ROOT = "Equity"
"""Under which accounts of any other kind stand."""

_MARK = "0-x-"
"""Begins a component whose first character Beancount would not take."""

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})

_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:_[a-z][a-z0-9]*)*\Z")


class LedgerOutOfOrder(ValueError):
    """A transaction stands behind one of a later month."""

    code = "documents.ledger-out-of-order"


def beancount_account(account: str) -> str:
    """Return the Beancount account of an account; `account_of_beancount` turns it back.

    `snake_case` becomes `CamelCase`, a hyphen two, and whatever else Beancount does not take its
    code point in hexadecimal between hyphens; so two accounts never share a name.

    >>> beancount_account("payable:studio:night-flight")
    'Liabilities:Payable:Studio:Night--flight'
    >>> beancount_account("income:unlock_income:platform:aurora")
    'Assets:Income:UnlockIncome:Platform:Aurora'
    """
    kind, *rest = account.split(":")
    root = ROOTS.get(kind, OTHER_ROOT)
    return ":".join([root, _component(kind), *map(_component, rest)])


def account_of_beancount(name: str) -> str:
    """Return the account that a Beancount account is.

    >>> account_of_beancount("Assets:Income:UnlockIncome:Platform:Aurora")
    'income:unlock_income:platform:aurora'
    """
    return ":".join(_part(component) for component in name.split(":")[1:])


def ledger_as_beancount(
    transactions: Iterable[Transaction],
    *,
    transfers: Iterable[Receipt] = (),
    zone: tzinfo = UTC,
) -> Iterator[str]:
    """Yield the lines of a Beancount file, one at a time, with their ends.

    Every transaction stands on the last day of its month, with its id, month, month concerned,
    deal, clause and title as metadata; every transfer that moved money on its own day, with its id,
    action and purpose. What is only held has moved nothing, and is left out.

    An account is opened on the first day of the month in which it is first used; at the end of each
    month, what every account used in it holds is asserted exactly, with what stands under it, as
    Beancount counts.

    Args:
        transactions: By month, as a ledger posts them.
        transfers: By time, as they were booked.
        zone: In which a transfer has its day.

    Raises:
        LedgerOutOfOrder: They are not.
    """
    yield 'option "title" "Duanju"\n'
    books = _Books()
    posted = map(_entry_of, transactions)
    moved = (_entry_of_transfer(own, zone) for own in transfers if own.transfer.action in _MOVING)
    for entry in merge(posted, moved, key=lambda own: own.month):
        yield from books.turn_to(entry.month)
        yield from books.open_all(entry)
        yield from _lines_of(entry)
        books.post(entry)
    yield from books.assert_balances()


@dataclass(frozen=True, slots=True)
class _Leg:
    account: str
    amount_minor: int
    currency: str
    title_id: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands in the file for a transaction or a transfer."""

    month: Month
    day: date
    narration: str
    metadata: Mapping[str, str]
    legs: tuple[_Leg, ...]


def _entry_of(transaction: Transaction) -> _Entry:
    key, month = transaction.key, transaction.period
    return _Entry(
        month=month,
        day=date(month.year, month.number, monthrange(month.year, month.number)[1]),
        narration=" ".join(own for own in (key.deal_id, key.clause_id, key.title_id) if own),
        metadata={
            "id": transaction.id,
            "period": str(month),
            "concerns": str(transaction.concerns_period),
            "deal": key.deal_id,
            "clause": key.clause_id,
            "title": key.title_id,
        },
        legs=tuple(_Leg(own.account, own.amount_minor, own.currency) for own in transaction.legs),
    )


def _entry_of_transfer(receipt: Receipt, zone: tzinfo) -> _Entry:
    transfer, day = receipt.transfer, receipt.at.astimezone(zone).date()
    metadata = {"id": transfer.id, "period": f"{day:%Y-%m}", "action": transfer.action.value}
    legs = (own.leg for own in receipt.legs)
    return _Entry(
        month=Month(day.year, day.month),
        day=day,
        narration=transfer.purpose or transfer.id,
        metadata=metadata | ({"resolves": transfer.resolves} if transfer.resolves else {}),
        legs=tuple(
            _Leg(own.account.name, own.amount_minor, own.account.currency, own.account.title_id)
            for own in legs
        ),
    )


class _Books:
    """What the accounts hold so far with what is under them, in minor units as Duanju counts."""

    def __init__(self) -> None:
        self._month: Month | None = None
        self._balances: dict[tuple[str, str], int] = {}
        self._opened: set[str] = set()
        self._currencies: set[str] = set()
        self._moved: set[tuple[str, str]] = set()

    def turn_to(self, month: Month) -> Iterator[str]:
        """End the months before one."""
        if self._month is not None and month < self._month:
            raise LedgerOutOfOrder(f"{month} stands behind {self._month}")
        if month != self._month:
            yield from self.assert_balances()
        self._month = month

    def open_all(self, entry: _Entry) -> Iterator[str]:
        """Open the accounts that an entry is the first to use."""
        first_day = _first_day(entry.month)
        for leg in entry.legs:
            if leg.currency not in self._currencies:
                self._currencies.add(leg.currency)
                yield f'option "operating_currency" "{leg.currency}"\n'
            if leg.account not in self._opened:
                self._opened.add(leg.account)
                yield f"{first_day} open {beancount_account(leg.account)}\n"
                yield f"  account: {_quoted(leg.account)}\n"

    def post(self, entry: _Entry) -> None:
        """Add what an entry moves."""
        for leg in entry.legs:
            self._moved.add((leg.account, leg.currency))
            parts = leg.account.split(":")
            for depth in range(len(parts)):
                place = ":".join(parts[: depth + 1]), leg.currency
                self._balances[place] = self._balances.get(place, 0) + leg.amount_minor

    def assert_balances(self) -> Iterator[str]:
        """Say what each account that moved in the month holds at its end, with no tolerance."""
        if self._month is None:
            return
        day_after = _first_day(self._month.next())
        yield "\n"
        for account, code in sorted(self._moved):
            amount = _amount(self._balances[account, code], code)
            yield f"{day_after} balance {beancount_account(account)}  {amount} ~ 0 {code}\n"
        self._moved.clear()


def _lines_of(entry: _Entry) -> Iterator[str]:
    yield f"\n{entry.day} * {_quoted(entry.narration)}\n"
    for name, value in entry.metadata.items():
        yield f"  {name}: {_quoted(value)}\n"
    for leg in entry.legs:
        amount = _amount(leg.amount_minor, leg.currency)
        yield f"  {beancount_account(leg.account)}  {amount} {leg.currency}\n"
        if leg.title_id:
            yield f"    title: {_quoted(leg.title_id)}\n"


def _amount(amount_minor: int, code: str) -> str:
    """Return an amount with Beancount's sign, in major units with all minor digits."""
    return f"{Money(-amount_minor, code).as_decimal():f}"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _first_day(month: Month) -> date:
    return date(month.year, month.number, 1)


def _component(part: str) -> str:
    if _PLAIN.match(part):
        return "".join(word.capitalize() for word in part.split("_"))
    begins = part[:1].isascii() and (part[:1].islower() or part[:1].isdigit())
    first = part[:1].upper() if begins else _MARK
    return first + "".join(_character(own) for own in (part[1:] if begins else part))


def _character(character: str) -> str:
    if character == "-":
        return "--"
    if character.isascii() and (character.islower() or character.isdigit()):
        return character
    return f"-{ord(character):x}-"


def _part(component: str) -> str:
    if component.startswith(_MARK):
        return _turned_back(component.removeprefix(_MARK))
    return component[0].lower() + _turned_back(component[1:])


def _turned_back(text: str) -> str:
    return re.sub(r"--|-([0-9a-f]+)-|([A-Z])", _turned_one_back, text)


def _turned_one_back(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return f"_{found[2].lower()}" if found[2] else "-"
