"""Moving money in the ledger after settlement: all of a call or nothing, once for each id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from duanju.kernel import ProblemsFound
from duanju.settlement import (
    AccountBalance,
    AccountKey,
    AccountState,
    Receipt,
    Transfer,
    TransferDecision,
    decide_transfers,
)
from duanju_web.settlement.mapping.transfers import key_of, legs_of, receipt_of
from duanju_web.settlement.models import LedgerAccount, LedgerTransfer, LedgerTransferLeg
from duanju_web.settlement.selectors.transfers import (
    accounts_of,
    last_legs,
    rows_of_transfers,
    settled_of,
)
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

TRANSFERS_MAX = 1_000
ATTEMPTS_MAX = 5
"""Each attempt that fails saw somebody else book one of the ids; then the next one knows it."""


class TooManyTransfers(ValueError):
    """More transfers were asked for in one call than it takes."""

    code = "settlement.too-many-transfers"


def make_transfers(
    *, platform: Organisation, transfers: Sequence[Transfer], actor: Actor, now: datetime
) -> tuple[Receipt, ...]:
    """Book transfers, all or none of them, and return their receipts.

    A transfer that was booked before gets its first receipt again and moves nothing. What is
    refused leaves nothing, so that its id is free; it may be sent again.

    Two calls never wait for each other in a circle: each first claims its ids, then locks its
    accounts, both in order. A caller who holds a transaction open makes all its transfers in one
    call.

    Args:
        platform: Whose ledger.
        transfers: In order; each sees what those before it left.
        actor: Who asks for them.
        now: The time, aware.

    Raises:
        ProblemsFound: All problems of all transfers; nothing was booked.
        TooManyTransfers: More than `TRANSFERS_MAX`.
    """
    if len(transfers) > TRANSFERS_MAX:
        raise TooManyTransfers(str(len(transfers)))
    for attempt in range(1, ATTEMPTS_MAX + 1):
        try:
            return _book(platform, transfers, actor, now)
        except IntegrityError:
            if attempt == ATTEMPTS_MAX:
                raise
    raise AssertionError("the last attempt returns or raises")


@transaction.atomic
def _book(
    platform: Organisation, transfers: Sequence[Transfer], actor: Actor, now: datetime
) -> tuple[Receipt, ...]:
    known = _Known.of(platform, transfers)
    rows = _claim_ids(platform, transfers, known, now)
    keys = {leg.account for transfer in transfers for leg in transfer.legs}
    keys |= {own.leg.account for receipt in known.receipts.values() for own in receipt.legs}
    accounts = _lock_accounts(platform, keys if rows else set())
    decision = decide_transfers(
        transfers=transfers,
        known=known.receipts,
        resolved=known.resolved,
        accounts=_states_of(platform, accounts),
        now=now,
    )
    if decision.problems:
        raise ProblemsFound(decision.problems)
    _save(decision, rows, accounts)
    for receipt in decision.booked:
        _record(actor, rows[receipt.transfer.id], receipt, now)
    return decision.receipts


@dataclass(frozen=True, slots=True)
class _Known:
    """What was booked before of what transfers are, or resolve."""

    rows: Mapping[str, LedgerTransfer]
    receipts: Mapping[str, Receipt]
    resolved: Mapping[str, str]

    @classmethod
    def of(cls, platform: Organisation, transfers: Iterable[Transfer]) -> "_Known":
        ids = {own_id for own in transfers for own_id in (own.id, own.resolves) if own_id}
        rows = {row.transfer_id: row for row in rows_of_transfers(platform, sorted(ids))}
        return cls(
            rows=rows,
            receipts={own_id: receipt_of(row) for own_id, row in rows.items()},
            resolved={
                own_id: row.resolution.transfer_id
                for own_id, row in rows.items()
                if hasattr(row, "resolution")
            },
        )


def _claim_ids(
    platform: Organisation, transfers: Sequence[Transfer], known: _Known, now: datetime
) -> dict[str, LedgerTransfer]:
    """Add the rows of new transfers; whoever else claims one of the ids waits here.

    What holds money comes before what resolves it, for the one row names the other.
    """
    rows: dict[str, LedgerTransfer] = {}
    taken = set(known.resolved)
    fresh = {own.id: own for own in reversed(transfers) if own.id not in known.rows}
    for resolving in (False, True):
        wave = []
        for own_id in sorted(fresh):
            own = fresh[own_id]
            if bool(own.resolves) is not resolving:
                continue
            held = known.rows.get(own.resolves) or rows.get(own.resolves)
            if resolving and (held is None or own.resolves in taken):
                continue  # the decision refuses it
            taken.add(own.resolves)
            row = LedgerTransfer(
                platform=platform,
                transfer_id=own_id,
                action=own.action.value,
                resolves=held,
                purpose=own.purpose,
                made_at=now,
            )
            wave.append(row)
        rows |= {row.transfer_id: row for row in LedgerTransfer.objects.bulk_create(wave)}
    return rows


def _lock_accounts(platform: Organisation, keys: set[AccountKey]) -> list[LedgerAccount]:
    """Hold accounts against every other transfer until the transaction ends, in one order.

    PostgreSQL holds the rows; SQLite holds the database since the transaction began (IMMEDIATE).
    """
    wanted = [account.pk for account in accounts_of(platform, keys=keys)]
    return list(LedgerAccount.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))


def _states_of(
    platform: Organisation, accounts: Sequence[LedgerAccount]
) -> dict[AccountKey, AccountState]:
    """Return how locked accounts stand.

    It asks in statements of its own: one that waited for a lock would still see what was there
    before it waited.
    """
    last = last_legs(accounts)
    limited = {key_of(account) for account in accounts if not account.may_be_negative}
    settled = settled_of(platform, keys=limited) if limited else {}
    states = {}
    for account in accounts:
        key, leg = key_of(account), last.get(account.pk)
        states[key] = AccountState(
            may_be_negative=account.may_be_negative,
            balance=AccountBalance(
                settled_minor=settled.get(key, 0),
                posted_minor=leg.posted_minor if leg else 0,
                pending_in_minor=leg.pending_in_minor if leg else 0,
                pending_out_minor=leg.pending_out_minor if leg else 0,
            ),
            sequence=leg.sequence if leg else 0,
            last_at=leg.at if leg else None,
        )
    return states


def _save(
    decision: TransferDecision,
    rows: Mapping[str, LedgerTransfer],
    accounts: Iterable[LedgerAccount],
) -> None:
    account_ids = {key_of(account): account.pk for account in accounts}
    LedgerTransferLeg.objects.bulk_create(
        [
            leg
            for receipt in decision.booked
            for leg in legs_of(receipt, row=rows[receipt.transfer.id], account_ids=account_ids)
        ],
        batch_size=500,
    )


def _record(actor: Actor, row: LedgerTransfer, receipt: Receipt, now: datetime) -> None:
    record_audit(
        actor=actor,
        action="settlement.transfer",
        target=row,
        before=None,
        after={
            "transfer": receipt.transfer.id,
            "state": receipt.state.value,
            "purpose": receipt.transfer.purpose,
            "legs": [
                [own.leg.account.name, own.leg.amount_minor, own.leg.account.currency]
                for own in receipt.legs
            ],
        },
        now=now,
    )
