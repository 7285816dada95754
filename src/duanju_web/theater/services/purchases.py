"""Buying coins: the wish is kept first, then the provider is asked, then the book is written."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit
from duanju_web.theater.models import (
    CoinLot,
    CoinPack,
    EntryKind,
    Purchase,
    PurchaseState,
    Viewer,
    Wallet,
)
from duanju_web.theater.payments import Charge, ChargeAnswer, PaymentOutcome, PaymentProvider
from duanju_web.theater.services.wallets import (
    Change,
    KeyUsedOtherwise,
    lock_wallet,
    write_changes,
)


class NoSuchPack(Exception):
    """The pack is not offered, or not in this currency; nothing moved."""

    code = "theater.no-such-pack"


def buy_pack(
    *,
    viewer: Viewer,
    pack_id: int,
    idempotency_key: str,
    provider: PaymentProvider,
    now: datetime,
) -> Purchase:
    """Buy coins once, however often the same key is sent.

    The provider is asked outside of any transaction, under a reference that stays the same at every
    try; a reply that got lost is found again by the next try.

    Args:
        viewer: Who buys.
        pack_id: Number of the pack.
        idempotency_key: Chosen by the viewer's device for this wish.
        provider: Who takes the money.
        now: The time, aware.

    Raises:
        NoSuchPack: The pack is not on offer.
        KeyUsedOtherwise: The key stands for another pack.
    """
    purchase = _keep_wish(
        viewer=viewer, pack_id=pack_id, key=idempotency_key, provider=provider, now=now
    )
    if purchase.state != PurchaseState.PENDING:
        return purchase
    answer = provider.charge(
        Charge(
            reference=f"purchase-{purchase.pk}",
            amount_minor=purchase.amount_minor,
            currency=purchase.currency,
        )
    )
    return settle_purchase(purchase_id=purchase.pk, answer=answer, now=now)


@transaction.atomic
def settle_purchase(*, purchase_id: int, answer: ChargeAnswer, now: datetime) -> Purchase:
    """Write down what the provider said; a purchase that is decided already stays as it is."""
    purchase = Purchase.objects.select_related("wallet").get(pk=purchase_id)
    viewer = Viewer.objects.select_for_update().get(pk=purchase.wallet.viewer_id)
    # The device may have gone over to an account while the provider took its time.
    owner = viewer.merged_into or viewer
    wallet = lock_wallet(viewer=owner, channel=purchase.wallet.channel)
    purchase.refresh_from_db(fields=["state"])
    if purchase.state != PurchaseState.PENDING or answer.outcome is PaymentOutcome.PENDING:
        return purchase
    purchase.state = PurchaseState(answer.outcome.value)
    purchase.provider_reference = answer.reference
    purchase.settled_at = now
    purchase.save(update_fields=["state", "provider_reference", "settled_at"])
    if purchase.state == PurchaseState.PAID:
        _put_in_wallet(purchase=purchase, wallet=wallet, now=now)
    record_audit(
        actor=Actor(user=owner.user),
        action="theater.settle-purchase",
        target=purchase,
        before={"state": PurchaseState.PENDING.value},
        after={
            "state": purchase.state,
            "amount_minor": purchase.amount_minor,
            "currency": purchase.currency,
            "balance_coins": wallet.balance_coins,
        },
        now=now,
    )
    return purchase


@transaction.atomic
def _keep_wish(
    *, viewer: Viewer, pack_id: int, key: str, provider: PaymentProvider, now: datetime
) -> Purchase:
    wallet = lock_wallet(viewer=viewer, channel=provider.channel)
    kept = Purchase.objects.filter(wallet=wallet, idempotency_key=key).first()
    if kept is not None:
        if kept.pack_id != pack_id:
            raise KeyUsedOtherwise(key)
        return kept
    pack = CoinPack.objects.filter(
        pk=pack_id, offered=True, currency=settings.THEATER_CURRENCY
    ).first()
    if pack is None:
        raise NoSuchPack(pack_id)
    return Purchase.objects.create(
        wallet=wallet,
        idempotency_key=key,
        pack=pack,
        coins=pack.coins,
        bonus_coins=pack.bonus_coins,
        amount_minor=pack.price_minor,
        currency=pack.currency,
        provider=provider.name,
        created_at=now,
    )


def _put_in_wallet(*, purchase: Purchase, wallet: Wallet, now: datetime) -> None:
    """Add the coins as lots; bonus coins carry no money and are spent after the bought ones."""
    changes = [Change(EntryKind.PURCHASE, purchase.coins, purchase=purchase)]
    lots = [_lot(purchase, wallet, coins=purchase.coins, amount_minor=purchase.amount_minor)]
    if purchase.bonus_coins:
        changes.append(Change(EntryKind.BONUS, purchase.bonus_coins, purchase=purchase))
        lots.append(_lot(purchase, wallet, coins=purchase.bonus_coins, amount_minor=0))
    CoinLot.objects.bulk_create(lots)
    write_changes(wallet=wallet, changes=changes, at=now)


def _lot(purchase: Purchase, wallet: Wallet, *, coins: int, amount_minor: int) -> CoinLot:
    return CoinLot(
        wallet=wallet,
        purchase=purchase,
        coins=coins,
        coins_left=coins,
        amount_minor=amount_minor,
        amount_left_minor=amount_minor,
    )
