"""The book of a wallet: the one place that changes a balance."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from duanju_web.theater.models import EntryKind, Purchase, Unlock, Viewer, Wallet, WalletEntry
from duanju_web.theater.models.wallet import WEB_CHANNEL


class KeyUsedOtherwise(Exception):
    """The idempotency key already stands for another wish; nothing moved."""

    code = "theater.key-used-otherwise"


@dataclass(frozen=True, slots=True)
class Change:
    """One entry to come.

    Attributes:
        kind: Why the balance changes.
        coins: What is added, or taken if negative.
        purchase: The purchase behind it, if any.
        unlock: The unlock behind it, if any.
    """

    kind: EntryKind
    coins: int
    purchase: Purchase | None = None
    unlock: Unlock | None = None


def lock_wallet(*, viewer: Viewer, channel: str = WEB_CHANNEL) -> Wallet:
    """Return the viewer's wallet, held against every other change until the transaction ends.

    PostgreSQL holds the row; SQLite holds the database since the transaction began (IMMEDIATE).
    """
    wallet, _made = Wallet.objects.get_or_create(
        viewer=viewer, currency=settings.THEATER_CURRENCY, channel=channel
    )
    return Wallet.objects.select_for_update().get(pk=wallet.pk)


def write_changes(*, wallet: Wallet, changes: list[Change], at: datetime) -> None:
    """Add entries to the book of a wallet that `lock_wallet` holds.

    The wallet's check constraints refuse a balance below zero and with it the whole transaction.
    """
    entries = []
    for change in changes:
        wallet.balance_coins += change.coins
        wallet.entry_count += 1
        entries.append(
            WalletEntry(
                wallet=wallet,
                sequence=wallet.entry_count,
                kind=change.kind,
                coins=change.coins,
                balance_after_coins=wallet.balance_coins,
                at=at,
                purchase=change.purchase,
                unlock=change.unlock,
            )
        )
    WalletEntry.objects.bulk_create(entries)
    wallet.save(update_fields=["balance_coins", "entry_count"])


@transaction.atomic
def change_wallet_rules(
    *, viewer: Viewer, daily_cap_coins: int | None, auto_unlock: bool
) -> Wallet:
    """Keep the viewer's own limits.

    Args:
        viewer: Whose wallet.
        daily_cap_coins: The most that may be spent in a day (UTC), or None for no limit.
        auto_unlock: Whether the player may unlock the next episode without asking.
    """
    wallet = lock_wallet(viewer=viewer)
    wallet.daily_cap_coins = daily_cap_coins
    wallet.auto_unlock = auto_unlock
    wallet.save(update_fields=["daily_cap_coins", "auto_unlock"])
    return wallet
