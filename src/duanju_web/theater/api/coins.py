"""Unlocking, and buying the coins for it."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Status

from duanju_web.theater.api.schemas import (
    PurchaseReceipt,
    PurchaseWish,
    Refusal,
    UnlockReceipt,
    UnlockWish,
)
from duanju_web.theater.api.words import no_such_episode, refusal
from duanju_web.theater.payments import payment_provider
from duanju_web.theater.presenting import money_in_words
from duanju_web.theater.selectors import ready_episode, wallet_of, watchable_title
from duanju_web.theater.services import buy_pack, unlock_episodes
from duanju_web.theater.viewing import require_viewer

router = Router(tags=["coins"])


@router.post(
    "unlock",
    response={200: UnlockReceipt, 402: Refusal, 404: Refusal, 409: Refusal},
    operation_id="unlock",
)
def unlock(request: HttpRequest, response: HttpResponse, wish: UnlockWish) -> Status[Any]:
    """Unlock an episode, or without number the rest of the series; the same key charges once."""
    title = watchable_title(wish.slug)
    known = title and (
        wish.number is None or ready_episode(title=title, number=wish.number) is not None
    )
    if not known:
        return Status(404, no_such_episode())
    answer = unlock_episodes(
        viewer=require_viewer(request, response),
        title=title,
        episode_number=wish.number,
        idempotency_key=wish.idempotency_key,
        now=timezone.now(),
    )
    return Status(200, asdict(answer))


@router.post(
    "purchase",
    response={200: PurchaseReceipt, 404: Refusal, 409: Refusal},
    operation_id="purchase",
)
def purchase(request: HttpRequest, response: HttpResponse, wish: PurchaseWish) -> Status[Any]:
    """Buy a coin pack; the same key buys once."""
    provider = payment_provider()
    if provider is None:
        return Status(409, refusal("theater.no-payment-provider"))
    viewer = require_viewer(request, response)
    bought = buy_pack(
        viewer=viewer,
        pack_id=wish.pack_id,
        idempotency_key=wish.idempotency_key,
        provider=provider,
        now=timezone.now(),
    )
    wallet = wallet_of(viewer)
    receipt = {
        "state": bought.state,
        "coins": bought.coins,
        "bonus_coins": bought.bonus_coins,
        "price": money_in_words(bought.amount_minor, bought.currency),
        "balance_coins": wallet.balance_coins if wallet else 0,
        "real_money": provider.real_money,
        "reference": bought.provider_reference,
    }
    return Status(200, receipt)
