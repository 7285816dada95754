"""Transfers for tests, named in words.

paid = a_move("t1", yuan(10), out_of=STUDIO, into=BANK)
"""

from duanju.settlement import AccountKey, Transfer, TransferAction, TransferLeg

STUDIO = AccountKey("payable:studio:night", "", "CNY")
"""May not go below zero, where a test opens it as `an_open_ledger` does."""
WRITER = AccountKey("payable:writer:lin", "", "CNY")
BANK = AccountKey("bank:platform:river", "", "CNY")
"""May go below zero."""
DOLLARS = AccountKey("payable:studio:night", "", "USD")
DOLLAR_BANK = AccountKey("bank:platform:river", "", "USD")

LIMITED = (STUDIO, WRITER, DOLLARS)
UNLIMITED = (BANK, DOLLAR_BANK)


def yuan(amount: int) -> int:
    """Return an amount of yuan in fen."""
    return amount * 100


def between(amount_minor: int, *, out_of: AccountKey, into: AccountKey) -> tuple[TransferLeg, ...]:
    """Return the two legs by which an amount goes from one account to another."""
    return (TransferLeg(out_of, -amount_minor), TransferLeg(into, amount_minor))


def a_move(
    own_id: str, amount_minor: int, *, out_of: AccountKey, into: AccountKey, purpose: str = ""
) -> Transfer:
    """Return a transfer that moves an amount at once."""
    legs = between(amount_minor, out_of=out_of, into=into)
    return Transfer(own_id, TransferAction.MOVE, legs, purpose=purpose)


def a_hold(own_id: str, amount_minor: int, *, out_of: AccountKey, into: AccountKey) -> Transfer:
    """Return a transfer that holds an amount until it is posted or voided."""
    return Transfer(own_id, TransferAction.HOLD, between(amount_minor, out_of=out_of, into=into))


def a_posting(own_id: str, held: str) -> Transfer:
    """Return the transfer that posts what is held."""
    return Transfer(own_id, TransferAction.POST, resolves=held)


def a_voiding(own_id: str, held: str) -> Transfer:
    """Return the transfer that voids what is held."""
    return Transfer(own_id, TransferAction.VOID, resolves=held)
