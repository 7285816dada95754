"""Deciding transfers: what is booked, what is a retry, what is refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from duanju.kernel import Problem
from duanju.settlement.transfer import (
    AccountBalance,
    AccountKey,
    AccountState,
    BookedLeg,
    Receipt,
    Transfer,
    TransferAction,
    TransferLeg,
)


@dataclass(frozen=True, slots=True)
class TransferDecision:
    """What transfers come to; with a problem, nothing of any of them is to be booked.

    Attributes:
        receipts: One a transfer, in their order; of a retry, the first.
        booked: Those of them that are new.
        problems: Why they are refused.
    """

    receipts: tuple[Receipt, ...]
    booked: tuple[Receipt, ...]
    problems: tuple[Problem, ...]


def decide_transfers(
    *,
    transfers: Sequence[Transfer],
    known: Mapping[str, Receipt],
    resolved: Mapping[str, str],
    accounts: Mapping[AccountKey, AccountState],
    now: datetime,
) -> TransferDecision:
    """Decide transfers one after another, all or none of them.

    Args:
        transfers: What is wanted; each sees what those before it left.
        known: Receipts by id: of these transfers, where they were booked, and of what they resolve.
        resolved: The id of what was held to that of what posted or voided it.
        accounts: The accounts of all new legs, as they stand; one that is missing is not open.
        now: The time, aware.
    """
    book = _Book(dict(known), dict(resolved), dict(accounts), now)
    receipts: list[Receipt] = []
    problems: list[Problem] = []
    for transfer in transfers:
        found = tuple(book.find_problems(transfer))
        problems.extend(found)
        if not found:
            receipts.append(book.answer(transfer))
    if problems:
        return TransferDecision((), (), tuple(problems))
    new = {own.transfer.id: own for own in receipts if own.transfer.id not in known}
    return TransferDecision(tuple(receipts), tuple(new.values()), ())


@dataclass(slots=True)
class _Book:
    """What is known while transfers are decided one after another."""

    receipts: dict[str, Receipt]
    resolved: dict[str, str]
    accounts: dict[AccountKey, AccountState]
    asked_at: datetime

    def find_problems(self, transfer: Transfer) -> Iterator[Problem]:
        """Yield why a transfer cannot be booked."""
        first = self.receipts.get(transfer.id)
        if first is not None:
            yield from _differences(first.transfer, transfer)
        elif transfer.resolves:
            yield from self._why_not_resolved(transfer)
        else:
            for leg in transfer.legs:
                yield from self._why_not_moved(leg)

    def answer(self, transfer: Transfer) -> Receipt:
        """Return the receipt of a transfer without problems, and remember what it does."""
        if transfer.id in self.receipts:
            return self.receipts[transfer.id]
        legs = transfer.legs
        if transfer.resolves:
            self.resolved[transfer.resolves] = transfer.id
            legs = tuple(own.leg for own in self.receipts[transfer.resolves].legs)
        times = (self.accounts[leg.account].last_at for leg in legs)
        at = max([self.asked_at, *(time for time in times if time is not None)])
        receipt = Receipt(transfer, at, tuple(self._book(leg, transfer.action, at) for leg in legs))
        self.receipts[transfer.id] = receipt
        return receipt

    def _book(self, leg: TransferLeg, action: TransferAction, at: datetime) -> BookedLeg:
        before = self.accounts[leg.account]
        balance = _apply(before.balance, leg.amount_minor, action)
        sequence = before.sequence + 1
        self.accounts[leg.account] = replace(before, balance=balance, sequence=sequence, last_at=at)
        takes = leg.amount_minor < 0 and action in (TransferAction.MOVE, TransferAction.HOLD)
        return BookedLeg(
            leg=leg,
            sequence=sequence,
            posted_minor=balance.posted_minor,
            pending_in_minor=balance.pending_in_minor,
            pending_out_minor=balance.pending_out_minor,
            left_minor=balance.available_minor if takes and not before.may_be_negative else None,
        )

    def _why_not_moved(self, leg: TransferLeg) -> Iterator[Problem]:
        key = leg.account
        place: dict[str, str | int] = {
            "account": key.name,
            "title": key.title_id,
            "currency": key.currency,
        }
        account = self.accounts.get(key)
        if account is None:
            yield Problem("settlement.account-not-open", params=place)
        elif leg.amount_minor < 0 and not account.may_be_negative:
            available_minor = account.balance.available_minor
            if available_minor + leg.amount_minor < 0:
                amounts = {"available_minor": available_minor, "amount_minor": -leg.amount_minor}
                yield Problem("settlement.account-below-zero", params=place | amounts)

    def _why_not_resolved(self, transfer: Transfer) -> Iterator[Problem]:
        params = {"transfer": transfer.resolves}
        held = self.receipts.get(transfer.resolves)
        if held is None:
            yield Problem("settlement.transfer-unknown", params=params)
        elif held.transfer.action is not TransferAction.HOLD:
            yield Problem("settlement.transfer-never-pending", params=params)
        elif transfer.resolves in self.resolved:
            by = {"by": self.resolved[transfer.resolves]}
            yield Problem("settlement.transfer-resolved", params=params | by)


def _apply(balance: AccountBalance, amount_minor: int, action: TransferAction) -> AccountBalance:
    """Return a balance after a leg."""
    moves = action in (TransferAction.MOVE, TransferAction.POST)
    held = {TransferAction.HOLD: 1, TransferAction.MOVE: 0}.get(action, -1)
    return replace(
        balance,
        posted_minor=balance.posted_minor + (amount_minor if moves else 0),
        pending_in_minor=balance.pending_in_minor + held * max(amount_minor, 0),
        pending_out_minor=balance.pending_out_minor + held * max(-amount_minor, 0),
    )


def _differences(first: Transfer, again: Transfer) -> Iterator[Problem]:
    """Yield a problem for each field in which a retry is not what was booked."""
    for name, then, now in (
        ("action", first.action.value, again.action.value),
        ("legs", _in_words(first.legs), _in_words(again.legs)),
        ("resolves", first.resolves, again.resolves),
        ("purpose", first.purpose, again.purpose),
    ):
        if then != now:
            yield Problem(
                "settlement.transfer-differs",
                params={"transfer": first.id, "field": name, "first": then, "now": now},
            )


def _in_words(legs: Sequence[TransferLeg]) -> str:
    """Return legs as text, in one order: two that say the same are the same."""
    return "; ".join(
        f"{leg.account.name}#{leg.account.title_id} {leg.amount_minor} {leg.account.currency}"
        for leg in sorted(legs)
    )
