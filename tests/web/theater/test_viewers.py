"""What a device watched and bought goes over to the account that logs in on it."""

import pytest
from django.test import Client

from duanju_web.theater.models import CoinLot, Unlock, Viewer, Wallet, WalletEntry, WatchProgress
from duanju_web.theater.viewing import VIEWER_COOKIE
from tests.support.people import a_person
from tests.support.theater import a_pack, a_series, post, put_media

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _log_in(client: Client, user) -> None:
    address = "/accounts/login/"
    client.post(address, {"login": user.email, "password": "correct horse battery staple"})
    assert "_auth_user_id" in client.session


def _buy_and_unlock(client: Client, *, number: int, coins: int) -> None:
    pack = a_pack(coins=coins, price_minor=coins * 6)
    bought = post(client, "purchase", pack_id=pack.pk, idempotency_key=f"buy-pack-{pack.pk}")
    assert bought.status_code == 200
    wish = {"slug": "on-show", "number": number, "idempotency_key": f"unlock-{number}"}
    assert post(client, "unlock", **wish).status_code == 200


def test_a_visitor_who_only_looks_gets_no_pseudonym() -> None:
    a_series()
    client = Client()
    client.get("/")
    client.get("/titles/on-show/")
    assert not Viewer.objects.exists()
    assert VIEWER_COOKIE not in client.cookies


def test_a_device_keeps_its_pseudonym_in_a_signed_cookie() -> None:
    put_media(a_series())
    client = Client()
    post(client, "play", slug="on-show", number=1)
    post(client, "play", slug="on-show", number=1)
    assert Viewer.objects.count() == 1
    cookie = client.cookies[VIEWER_COOKIE]
    assert cookie["httponly"]
    assert cookie["max-age"] == 400 * 24 * 3600


def test_a_made_up_cookie_is_nobody() -> None:
    put_media(a_series())
    somebody = Client()
    _buy_and_unlock(somebody, number=2, coins=500)
    thief = Client()
    thief.cookies[VIEWER_COOKIE] = f"{Viewer.objects.get().pk}:forged"
    assert post(thief, "play", slug="on-show", number=2).status_code == 402
    assert Viewer.objects.count() == 2


def test_logging_in_keeps_coins_and_episodes_on_every_device() -> None:
    put_media(a_series())
    user, phone, tablet = a_person(), Client(), Client()
    _buy_and_unlock(phone, number=2, coins=500)
    viewer = Viewer.objects.get()
    _log_in(phone, user)
    viewer.refresh_from_db()
    assert viewer.user == user
    _log_in(tablet, user)
    assert post(tablet, "play", slug="on-show", number=2).status_code == 200
    assert Wallet.objects.get().balance_coins == 420


def test_a_second_devices_coins_move_with_their_money() -> None:
    put_media(a_series())
    user, phone, tablet = a_person(), Client(), Client()
    _buy_and_unlock(phone, number=2, coins=500)
    _log_in(phone, user)
    _buy_and_unlock(tablet, number=3, coins=200)
    post(tablet, "place", slug="on-show", number=3, position_ms=9_000)
    _log_in(tablet, user)
    account = Viewer.objects.get(user=user)
    wallet = Wallet.objects.get(viewer=account)
    assert wallet.balance_coins == 420 + 120
    lots = CoinLot.objects.filter(wallet=wallet).order_by("id")
    assert [(lot.coins_left, lot.amount_left_minor) for lot in lots] == [(420, 2520), (120, 720)]
    assert post(phone, "play", slug="on-show", number=3).status_code == 200
    assert WatchProgress.objects.get(viewer=account).episode_number == 3
    for own in Wallet.objects.all():
        entries = WalletEntry.objects.filter(wallet=own)
        assert own.balance_coins == sum(entry.coins for entry in entries)
    assert Unlock.objects.count() == 2


def test_after_logging_out_the_device_is_not_the_account() -> None:
    put_media(a_series())
    user, phone = a_person(), Client()
    _buy_and_unlock(phone, number=2, coins=500)
    _log_in(phone, user)
    phone.post("/accounts/logout/")
    assert post(phone, "play", slug="on-show", number=2).status_code == 402


def test_an_account_unlocks_once_what_a_merged_device_unlocked() -> None:
    put_media(a_series())
    user, phone, tablet = a_person(), Client(), Client()
    _buy_and_unlock(phone, number=2, coins=500)
    _log_in(phone, user)
    _buy_and_unlock(tablet, number=3, coins=200)
    _log_in(tablet, user)
    wish = {"slug": "on-show", "number": 3, "idempotency_key": "again-three"}
    assert post(phone, "unlock", **wish).json()["coins"] == 0
