"""An unlock is charged once and written with its debit, or nothing moves."""

from typing import Any

import pytest
from django.db.models import Sum

from duanju.kernel import id_time_ms
from duanju_web.shared.models import AuditEntry
from duanju_web.theater.lots import NotEnoughCoins
from duanju_web.theater.models import (
    CoinLot,
    Unlock,
    UnlockRequest,
    Viewer,
    Wallet,
    WalletEntry,
    WalletEntryIsFinal,
)
from duanju_web.theater.services import (
    KeyUsedOtherwise,
    NothingToUnlock,
    OverDailyCap,
    UnlockAnswer,
    change_wallet_rules,
    unlock_episodes,
)
from duanju_web.theater.viewing import time_ms
from tests.support.people import A_MOMENT
from tests.support.theater import a_series, a_viewer

pytestmark = pytest.mark.django_db


def _unlock(viewer: Viewer, title: Any, number: int | None = 2, key: str = "a-key-1") -> Any:
    return unlock_episodes(
        viewer=viewer, title=title, episode_number=number, idempotency_key=key, now=A_MOMENT
    )


def _world() -> dict[str, Any]:
    """All that could move, to compare before and after a refusal."""
    return {
        "wallets": list(Wallet.objects.order_by("id").values("balance_coins", "entry_count")),
        "entries": WalletEntry.objects.count(),
        "lots": list(CoinLot.objects.order_by("id").values("coins_left", "amount_left_minor")),
        "unlocks": Unlock.objects.count(),
        "requests": UnlockRequest.objects.count(),
        "audit": AuditEntry.objects.count(),
    }


def test_an_unlock_takes_the_price_and_names_the_money() -> None:
    viewer, title = a_viewer(coins=500, bonus_coins=50, amount_minor=3000), a_series()
    assert _unlock(viewer, title) == UnlockAnswer((2,), coins=80, balance_coins=470)
    unlock = Unlock.objects.get()
    assert (unlock.coins, unlock.amount_minor, unlock.currency) == (80, 480, "CNY")
    assert (unlock.channel, unlock.carried_at, unlock.at) == ("web", None, A_MOMENT)
    assert unlock.id.version == 7
    assert id_time_ms(unlock.id) == time_ms(A_MOMENT)
    assert unlock.entry.coins == -80
    assert AuditEntry.objects.filter(action="theater.unlock").count() == 1


def test_a_retry_after_a_lost_reply_gets_the_first_answer() -> None:
    viewer, title = a_viewer(coins=500), a_series()
    first = _unlock(viewer, title)
    _unlock(viewer, title, number=3, key="another-key")
    before = _world()
    assert _unlock(viewer, title) == first
    assert _world() == before


def test_the_same_key_for_another_episode_is_refused() -> None:
    viewer, title = a_viewer(coins=500), a_series()
    _unlock(viewer, title)
    before = _world()
    with pytest.raises(KeyUsedOtherwise):
        _unlock(viewer, title, number=3)
    assert _world() == before


def test_an_open_episode_costs_nothing_under_another_key() -> None:
    viewer, title = a_viewer(coins=500), a_series()
    _unlock(viewer, title)
    assert _unlock(viewer, title, key="second-tab") == UnlockAnswer((), 0, 420)
    assert Unlock.objects.count() == 1


def test_a_free_episode_costs_nothing() -> None:
    viewer, title = a_viewer(coins=500), a_series()
    assert _unlock(viewer, title, number=1) == UnlockAnswer((), 0, 500)


def test_too_few_coins_move_nothing() -> None:
    viewer, title = a_viewer(coins=79), a_series()
    before = _world()
    with pytest.raises(NotEnoughCoins):
        _unlock(viewer, title)
    assert _world() == before


def test_the_rest_of_the_series_is_unlocked_whole_or_not_at_all() -> None:
    viewer, title = a_viewer(coins=200, amount_minor=1001), a_series(episodes=4)
    before = _world()
    with pytest.raises(NotEnoughCoins):
        _unlock(viewer, title, number=None)
    assert _world() == before


def test_the_rest_of_the_series_shares_the_money_to_the_last_fen() -> None:
    viewer, title = a_viewer(coins=240, amount_minor=1001), a_series(episodes=4)
    assert _unlock(viewer, title, number=None) == UnlockAnswer((2, 3, 4), 240, 0)
    amounts = Unlock.objects.order_by("episode__number").values_list("amount_minor", flat=True)
    assert list(amounts) == [333, 334, 334]
    assert _unlock(viewer, title, number=None).coins == 240
    with pytest.raises(NothingToUnlock):
        _unlock(viewer, title, number=None, key="once-more")


def test_the_viewers_own_limit_of_a_day_holds() -> None:
    viewer, title = a_viewer(coins=500), a_series()
    change_wallet_rules(viewer=viewer, daily_cap_coins=100, auto_unlock=False)
    _unlock(viewer, title)
    before = _world()
    with pytest.raises(OverDailyCap):
        _unlock(viewer, title, number=3, key="b-key-2")
    assert _world() == before


def test_the_book_explains_the_balance_and_cannot_be_changed() -> None:
    viewer, title = a_viewer(coins=500, bonus_coins=30), a_series()
    _unlock(viewer, title)
    wallet = Wallet.objects.get()
    entries = list(WalletEntry.objects.order_by("sequence"))
    assert [(e.kind, e.coins, e.balance_after_coins) for e in entries] == [
        ("purchase", 500, 500),
        ("bonus", 30, 530),
        ("unlock", -80, 450),
    ]
    assert wallet.balance_coins == sum(entry.coins for entry in entries)
    assert wallet.lots.aggregate(left=Sum("coins_left"))["left"] == 450
    with pytest.raises(WalletEntryIsFinal):
        entries[0].save()
    with pytest.raises(WalletEntryIsFinal):
        entries[0].delete()
