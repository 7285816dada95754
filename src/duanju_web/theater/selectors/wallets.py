"""Wallets and what stands in their books."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet, Sum

from duanju_web.theater.models import CoinPack, Purchase, Unlock, Viewer, Wallet, WalletEntry
from duanju_web.theater.models.wallet import WEB_CHANNEL


def wallet_of(viewer: Viewer | None) -> Wallet | None:
    """Return the viewer's wallet on the web, or None before anything was bought."""
    if viewer is None:
        return None
    return Wallet.objects.filter(
        viewer=viewer, currency=settings.THEATER_CURRENCY, channel=WEB_CHANNEL
    ).first()


def coin_packs() -> list[CoinPack]:
    """Return the packs on offer, cheapest first."""
    return list(CoinPack.objects.filter(offered=True, currency=settings.THEATER_CURRENCY))


def wallet_entries(wallet: Wallet) -> QuerySet[WalletEntry]:
    """Return a wallet's book, newest first, with what stands behind each entry."""
    return wallet.entries.select_related("purchase", "unlock__episode__title").order_by("-sequence")


def purchases_of(wallet: Wallet) -> QuerySet[Purchase]:
    """Return a wallet's purchases, newest first."""
    return wallet.purchases.order_by("-id")


def coins_spent_on(*, viewer: Viewer, day: datetime) -> int:
    """Return the coins that a viewer spent on the UTC day in which `day` falls."""
    start = day.replace(hour=0, minute=0, second=0, microsecond=0)
    spent = Unlock.objects.filter(
        viewer=viewer, at__gte=start, at__lt=start + timedelta(days=1)
    ).aggregate(coins=Sum("coins"))["coins"]
    return int(spent or 0)


def unlocks_to_carry(*, limit: int) -> list[Unlock]:
    """Return unlocks that the lake does not have yet, oldest first."""
    return list(
        Unlock.objects.filter(carried_at=None).select_related("episode").order_by("id")[:limit]
    )
