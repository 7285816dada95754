"""Accounts and transfers as they stand, and as they stood at any time."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Sum

from duanju.settlement import AccountBalance, AccountKey, Receipt, TransferAction, TransferState
from duanju_web.settlement.mapping.transfers import key_of, receipt_of
from duanju_web.settlement.models import (
    LedgerAccount,
    LedgerPosting,
    LedgerTransfer,
    LedgerTransferLeg,
)
from duanju_web.shared.models import Organisation

_RESOLVED = {
    TransferAction.POST.value: TransferState.POSTED,
    TransferAction.VOID.value: TransferState.VOIDED,
}


def accounts_of(platform: Organisation, *, keys: Collection[AccountKey]) -> list[LedgerAccount]:
    """Return those of these accounts that are open."""
    rows = LedgerAccount.objects.filter(
        platform=platform,
        name__in={key.name for key in keys},
        title_id__in={key.title_id for key in keys},
        currency__in={key.currency for key in keys},
    )
    return [row for row in rows if key_of(row) in keys]


def available_by_account(
    platform: Organisation, *, prefix: str, currency: str
) -> dict[AccountKey, int]:
    """Return what each account whose name begins so can give, in two queries for any number.

    Args:
        platform: Whose ledger.
        prefix: Of the names: `due:`. Only open accounts count, titles taken together.
        currency: In which.
    """
    legs = LedgerTransferLeg.objects.filter(account=OuterRef("pk")).order_by("-at", "-sequence")
    rows = _opened(platform, prefix).filter(currency=currency)
    found = rows.annotate(
        posted=Subquery(legs.values("posted_minor")[:1]),
        held=Subquery(legs.values("pending_out_minor")[:1]),
    )
    settled = dict(
        LedgerPosting.objects.filter(
            transaction__close__platform=platform,
            transaction__title_id="",
            account__startswith=prefix,
            currency=currency,
        )
        .order_by()
        .values_list("account")
        .annotate(Sum("amount_minor"))
    )
    return {
        key_of(row): int(settled.get(row.name, 0)) + (row.posted or 0) - (row.held or 0)
        for row in found
    }


def currencies_of_accounts(platform: Organisation, *, prefix: str) -> list[str]:
    """Return the currencies in which accounts are open whose names begin so, in order."""
    codes = _opened(platform, prefix).order_by("currency").values_list("currency", flat=True)
    return list(codes.distinct())


def _opened(platform: Organisation, prefix: str) -> QuerySet[LedgerAccount]:
    return LedgerAccount.objects.filter(platform=platform, name__startswith=prefix, title_id="")


def opened_accounts_of(party: Organisation, *, prefix: str) -> Mapping[int, tuple[AccountKey, ...]]:
    """Return the open accounts of a party whose names begin so, by the id of the platform."""
    found: dict[int, tuple[AccountKey, ...]] = {}
    rows = LedgerAccount.objects.filter(
        name__startswith=prefix, name__endswith=f":{party.slug}", title_id=""
    )
    for row in rows:
        found[row.platform_id] = (*found.get(row.platform_id, ()), key_of(row))
    return found


def balances_of(
    platform: Organisation, *, keys: Collection[AccountKey], at: datetime | None = None
) -> Mapping[AccountKey, AccountBalance]:
    """Return what accounts hold, or held at a time, in four queries at most.

    Args:
        platform: Whose ledger.
        keys: Which accounts; one that is not open holds what closed months brought it.
        at: The time, aware, with all that happened at it; by default now.
    """
    accounts = accounts_of(platform, keys=keys)
    last = last_legs(accounts, at=at)
    legs = {key_of(own): last[own.pk] for own in accounts if own.pk in last}
    settled = settled_of(platform, keys=keys, at=at)
    return {key: _balance(settled[key], legs.get(key)) for key in keys}


def balance_of(
    platform: Organisation, key: AccountKey, *, at: datetime | None = None
) -> AccountBalance:
    """Return what an account holds, or held at a time."""
    return balances_of(platform, keys=[key], at=at)[key]


def balances_by_key(
    platform: Organisation, name: str, *, at: datetime | None = None
) -> Mapping[AccountKey, AccountBalance]:
    """Return what the accounts of a name hold, or held at a time: one a title and currency.

    Those that are open are there, and those that a closed month posted to.
    """
    opened = LedgerAccount.objects.filter(platform=platform, name=name)
    posted = LedgerPosting.objects.filter(transaction__close__platform=platform, account=name)
    places = {
        *opened.order_by().values_list("title_id", "currency"),
        *posted.order_by().values_list("transaction__title_id", "currency").distinct(),
    }
    keys = [AccountKey(name, title_id, code) for title_id, code in sorted(places)]
    return balances_of(platform, keys=keys, at=at)


def find_transfer(platform: Organisation, transfer_id: str) -> Receipt | None:
    """Return the receipt of a transfer; None if none was booked under the id."""
    return next((receipt_of(row) for row in rows_of_transfers(platform, [transfer_id])), None)


def find_state(platform: Organisation, transfer_id: str) -> TransferState | None:
    """Return how far the money of a transfer has come by now; None if none was booked."""
    row = (
        LedgerTransfer.objects.filter(platform=platform, transfer_id=transfer_id)
        .values_list("action", "resolution__action")
        .first()
    )
    if row is None:
        return None
    action, resolution = row
    if action == TransferAction.HOLD.value:
        return _RESOLVED.get(resolution, TransferState.PENDING)
    return _RESOLVED.get(action, TransferState.POSTED)


def rows_of_transfers(platform: Organisation, ids: Iterable[str]) -> QuerySet[LedgerTransfer]:
    """Return booked transfers with all that a receipt needs, and with what resolved them."""
    return (
        LedgerTransfer.objects.filter(platform=platform, transfer_id__in=list(ids))
        .select_related("resolves", "resolution")
        # Joined, for SQLite refuses to look up more than a thousand accounts of their own.
        .prefetch_related(Prefetch("legs", LedgerTransferLeg.objects.select_related("account")))
    )


def last_legs(
    accounts: Iterable[LedgerAccount], *, at: datetime | None = None
) -> dict[int, LedgerTransferLeg]:
    """Return the last leg of each account, or the last that had been booked at a time."""
    legs = LedgerTransferLeg.objects.filter(account=OuterRef("pk"))
    if at is not None:
        legs = legs.filter(at__lte=at)
    own_ids = [account.pk for account in accounts]
    ids = (
        LedgerAccount.objects.filter(pk__in=own_ids)
        .order_by()
        .annotate(last=Subquery(legs.order_by("-at", "-sequence").values("pk")[:1]))
        .values_list("last", flat=True)
    )
    found = LedgerTransferLeg.objects.filter(pk__in=[pk for pk in ids if pk is not None])
    return {leg.account_id: leg for leg in found}


def settled_of(
    platform: Organisation, *, keys: Collection[AccountKey], at: datetime | None = None
) -> dict[AccountKey, int]:
    """Return what closed months brought accounts, in minor units."""
    legs = LedgerPosting.objects.filter(
        transaction__close__platform=platform,
        transaction__title_id__in={key.title_id for key in keys},
        account__in={key.name for key in keys},
    )
    if at is not None:
        legs = legs.filter(transaction__close__closed_at__lte=at)
    sums = (
        legs.order_by()
        .values_list("account", "transaction__title_id", "currency")
        .annotate(Sum("amount_minor"))
    )
    by_key = {AccountKey(*place): int(total) for *place, total in sums}
    return {key: by_key.get(key, 0) for key in keys}


def _balance(settled_minor: int, leg: LedgerTransferLeg | None) -> AccountBalance:
    if leg is None:
        return AccountBalance(settled_minor=settled_minor)
    return AccountBalance(
        settled_minor=settled_minor,
        posted_minor=leg.posted_minor,
        pending_in_minor=leg.pending_in_minor,
        pending_out_minor=leg.pending_out_minor,
    )
