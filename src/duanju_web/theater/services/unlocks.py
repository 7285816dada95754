"""Unlocking episodes: the debit and the fact are written together or not at all."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from duanju.kernel import new_id
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit
from duanju_web.theater.lots import Lot, NotEnoughCoins, Taken, consume_lots
from duanju_web.theater.models import (
    CoinLot,
    EntryKind,
    Unlock,
    UnlockRequest,
    Viewer,
    Wallet,
)
from duanju_web.theater.selectors import coins_spent_on, locked_episodes
from duanju_web.theater.services.wallets import (
    Change,
    KeyUsedOtherwise,
    lock_wallet,
    write_changes,
)

ID_RANDOM_BITS = 74


class OverDailyCap(Exception):
    """The unlock would pass the limit that the viewer set; nothing moved."""

    code = "theater.over-daily-cap"

    def __init__(self, *, cap_coins: int) -> None:
        """Keep the limit for the sentence that the viewer reads."""
        super().__init__(cap_coins)
        self.cap_coins = cap_coins


class NothingToUnlock(Exception):
    """No locked episode is there to be unlocked; nothing moved."""

    code = "theater.nothing-to-unlock"


@dataclass(frozen=True, slots=True)
class UnlockAnswer:
    """The receipt.

    Attributes:
        episode_numbers: What this request unlocked, in order; empty if it was open already.
        coins: Coins taken by this request.
        balance_coins: Coins left right after it.
    """

    episode_numbers: tuple[int, ...]
    coins: int
    balance_coins: int


@transaction.atomic
def unlock_episodes(
    *,
    viewer: Viewer,
    title: Any,
    episode_number: int | None,
    idempotency_key: str,
    now: datetime,
    draw_bits: Callable[[int], int] = secrets.randbits,
) -> UnlockAnswer:
    """Unlock an episode, or with no number all that is still locked in the title.

    A click that is sent twice, or whose reply got lost, gets the first answer and costs nothing
    more. An episode that is open already costs nothing under any key.

    Args:
        viewer: Who pays.
        title: The published title.
        episode_number: The episode, or None for the rest of the series.
        idempotency_key: Chosen by the viewer's device for this wish.
        now: The time, aware.
        draw_bits: Gives that many random bits, for the ids.

    Raises:
        KeyUsedOtherwise: The key stands for another episode.
        NothingToUnlock: The title has no such episode ready, or nothing locked is left.
        OverDailyCap: The viewer's own limit.
        NotEnoughCoins: The balance is too small.
    """
    wallet = lock_wallet(viewer=viewer)
    kept = UnlockRequest.objects.filter(wallet=wallet, idempotency_key=idempotency_key).first()
    if kept is not None:
        if (kept.title_id, kept.episode_number) != (title.pk, episode_number):
            raise KeyUsedOtherwise(idempotency_key)
        return _answer_of(kept.answer)
    episodes = _wanted(viewer=viewer, title=title, episode_number=episode_number)
    answer = UnlockAnswer(
        episode_numbers=tuple(episode.number for episode in episodes),
        coins=title.episode_price_coins * len(episodes),
        balance_coins=wallet.balance_coins - title.episode_price_coins * len(episodes),
    )
    _require_coins(wallet, coins=answer.coins, now=now)
    request = UnlockRequest.objects.create(
        wallet=wallet,
        idempotency_key=idempotency_key,
        title=title,
        episode_number=episode_number,
        at=now,
        answer=asdict(answer),
    )
    _pay(request=request, wallet=wallet, episodes=episodes, now=now, draw_bits=draw_bits)
    record_audit(
        actor=Actor(user=viewer.user),
        action="theater.unlock",
        target=request,
        before={"balance_coins": answer.balance_coins + answer.coins},
        after={**asdict(answer), "title": str(title.pk)},
        now=now,
    )
    return answer


def _wanted(*, viewer: Viewer, title: Any, episode_number: int | None) -> list[Any]:
    locked = locked_episodes(viewer=viewer, title=title)
    if episode_number is None:
        wanted = list(locked)
        if not wanted:
            raise NothingToUnlock(title.pk)
        return wanted
    return [episode for episode in locked if episode.number == episode_number]


def _require_coins(wallet: Wallet, *, coins: int, now: datetime) -> None:
    if coins > wallet.balance_coins:
        raise NotEnoughCoins(balance_coins=wallet.balance_coins, price_coins=coins)
    if wallet.daily_cap_coins is None or coins == 0:
        return
    if coins_spent_on(viewer=wallet.viewer, day=now) + coins > wallet.daily_cap_coins:
        raise OverDailyCap(cap_coins=wallet.daily_cap_coins)


def _pay(
    *,
    request: UnlockRequest,
    wallet: Wallet,
    episodes: Sequence[Any],
    now: datetime,
    draw_bits: Callable[[int], int],
) -> None:
    """Take the coins out of the lots and write the unlocks that they paid for."""
    lots = {lot.pk: lot for lot in wallet.lots.filter(coins_left__gt=0).order_by("id")}
    time_ms = int(now.timestamp() * 1000)
    unlocks = []
    for episode in episodes:
        taken = consume_lots(
            [Lot(lot.pk, lot.coins_left, lot.amount_left_minor) for lot in lots.values()],
            coins=request.title.episode_price_coins,
        )
        _take_from_lots(lots, taken)
        unlocks.append(
            Unlock(
                id=new_id(time_ms=time_ms, random_bits=draw_bits(ID_RANDOM_BITS)),
                viewer=wallet.viewer,
                episode=episode,
                request=request,
                coins=sum(part.coins for part in taken),
                amount_minor=sum(part.amount_minor for part in taken),
                currency=wallet.currency,
                channel=wallet.channel,
                at=now,
            )
        )
    CoinLot.objects.bulk_update(lots.values(), ["coins_left", "amount_left_minor"])
    Unlock.objects.bulk_create(unlocks)
    write_changes(
        wallet=wallet,
        changes=[Change(EntryKind.UNLOCK, -unlock.coins, unlock=unlock) for unlock in unlocks],
        at=now,
    )


def _take_from_lots(lots: dict[int, CoinLot], taken: Sequence[Taken]) -> None:
    for part in taken:
        lots[part.lot_id].coins_left -= part.coins
        lots[part.lot_id].amount_left_minor -= part.amount_minor


def _answer_of(kept: dict[str, Any]) -> UnlockAnswer:
    return UnlockAnswer(
        episode_numbers=tuple(kept["episode_numbers"]),
        coins=kept["coins"],
        balance_coins=kept["balance_coins"],
    )
