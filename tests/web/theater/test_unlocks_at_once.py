"""Two clicks, two tabs, two phones: the database lets one of them pay."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from duanju_web.theater.lots import NotEnoughCoins
from duanju_web.theater.models import CoinLot, Purchase, Unlock, Wallet
from duanju_web.theater.payments import SandboxProvider
from duanju_web.theater.services import buy_pack, unlock_episodes
from tests.support.people import A_MOMENT
from tests.support.theater import a_pack, a_series, a_viewer

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 4


def _all_at_once(act: Callable[[int], Any]) -> list[Any]:
    """Run an act in several threads that start together; an exception is a result too."""
    ready = Barrier(THREADS)

    def run(number: int) -> Any:
        ready.wait()
        try:
            return act(number)
        except NotEnoughCoins as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_one_click_sent_several_times_at_once_is_charged_once() -> None:
    viewer, title = a_viewer(coins=500), a_series()
    answers = _all_at_once(
        lambda _: unlock_episodes(
            viewer=viewer, title=title, episode_number=2, idempotency_key="one-click", now=A_MOMENT
        )
    )
    assert len(set(answers)) == 1
    assert Unlock.objects.count() == 1
    assert Wallet.objects.get().balance_coins == 420


def test_tabs_that_unlock_the_same_episode_at_once_charge_once() -> None:
    viewer, title = a_viewer(coins=500), a_series()
    answers = _all_at_once(
        lambda tab: unlock_episodes(
            viewer=viewer, title=title, episode_number=2, idempotency_key=f"tab-{tab}", now=A_MOMENT
        )
    )
    assert sorted(answer.coins for answer in answers) == [0, 0, 0, 80]
    assert Wallet.objects.get().balance_coins == 420


def test_coins_for_one_unlock_never_pay_for_two() -> None:
    viewer, title = a_viewer(coins=100), a_series(episodes=THREADS + 1)
    answers = _all_at_once(
        lambda tab: unlock_episodes(
            viewer=viewer,
            title=title,
            episode_number=tab + 2,
            idempotency_key=f"tab-{tab}",
            now=A_MOMENT,
        )
    )
    assert sum(isinstance(answer, NotEnoughCoins) for answer in answers) == THREADS - 1
    assert Wallet.objects.get().balance_coins == 20
    assert CoinLot.objects.get().coins_left == 20


def test_one_purchase_sent_several_times_at_once_buys_once() -> None:
    viewer, pack = a_viewer(), a_pack()
    _all_at_once(
        lambda _: buy_pack(
            viewer=viewer,
            pack_id=pack.pk,
            idempotency_key="one-purchase",
            provider=SandboxProvider(),
            now=A_MOMENT,
        )
    )
    assert Purchase.objects.count() == 1
    assert Wallet.objects.get().balance_coins == 500
