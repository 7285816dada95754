"""Coins come in when they are paid for, once, and only from packs on offer."""

from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import modify_settings
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from duanju_web.shared.checks import DemoPartInProduction, refuse_demo_parts
from duanju_web.shared.models import AuditEntry
from duanju_web.theater.lots import NotEnoughCoins
from duanju_web.theater.models import CoinLot, Purchase, Unlock, Wallet, WalletEntry
from duanju_web.theater.payments import (
    Charge,
    ChargeAnswer,
    PaymentOutcome,
    SandboxProvider,
    payment_provider,
)
from duanju_web.theater.services import (
    KeyUsedOtherwise,
    NoSuchPack,
    buy_pack,
    create_viewer,
    link_viewer,
    settle_purchase,
    unlock_episodes,
)
from tests.support.people import A_MOMENT, a_person, client_of
from tests.support.theater import a_pack, a_series, a_viewer


class SlowProvider:
    """Says nothing definite at first, then what the test wants; counts who was charged."""

    name = "slow"
    channel = "web"
    real_money = True

    def __init__(self, *outcomes: PaymentOutcome) -> None:
        self.outcomes = list(outcomes)
        self.references: list[str] = []

    def charge(self, charge: Charge) -> ChargeAnswer:
        """Take the next outcome."""
        self.references.append(charge.reference)
        return ChargeAnswer(outcome=self.outcomes.pop(0), reference="slow-1")


def _buy(viewer, pack, provider, key: str = "a-purchase") -> Purchase:
    return buy_pack(
        viewer=viewer, pack_id=pack.pk, idempotency_key=key, provider=provider, now=A_MOMENT
    )


@pytest.mark.django_db
def test_a_payment_that_takes_its_time_gives_coins_only_when_paid() -> None:
    viewer, pack = a_viewer(), a_pack(coins=500, bonus_coins=50)
    provider = SlowProvider(PaymentOutcome.PENDING, PaymentOutcome.PAID)
    assert _buy(viewer, pack, provider).state == "pending"
    assert not WalletEntry.objects.exists()
    assert _buy(viewer, pack, provider).state == "paid"
    assert _buy(viewer, pack, provider).state == "paid"
    assert len(set(provider.references)) == 1
    assert Wallet.objects.get().balance_coins == 550
    lots = CoinLot.objects.order_by("id").values_list("coins", "amount_minor")
    assert list(lots) == [(500, 3000), (50, 0)]
    assert AuditEntry.objects.filter(action="theater.settle-purchase").count() == 1


@pytest.mark.django_db
def test_a_late_word_of_the_provider_changes_nothing_that_is_decided() -> None:
    viewer, pack = a_viewer(), a_pack()
    purchase = _buy(viewer, pack, SlowProvider(PaymentOutcome.PAID))
    late = ChargeAnswer(outcome=PaymentOutcome.FAILED, reference="slow-1")
    assert settle_purchase(purchase_id=purchase.pk, answer=late, now=A_MOMENT).state == "paid"
    assert Wallet.objects.get().balance_coins == 500


@pytest.mark.django_db
def test_a_payment_that_arrives_after_the_log_in_reaches_the_account() -> None:
    user, device, pack = a_person(), a_viewer(), a_pack()
    account = create_viewer(user=user, now=A_MOMENT)
    purchase = _buy(device, pack, SlowProvider(PaymentOutcome.PENDING))
    link_viewer(device=device, user=user, now=A_MOMENT)
    paid = ChargeAnswer(outcome=PaymentOutcome.PAID, reference="slow-1")
    settle_purchase(purchase_id=purchase.pk, answer=paid, now=A_MOMENT)
    assert Wallet.objects.get(viewer=account).balance_coins == 500
    assert Wallet.objects.get(viewer=device).balance_coins == 0


@pytest.mark.django_db
def test_a_failed_payment_moves_nothing() -> None:
    viewer, pack = a_viewer(), a_pack()
    assert _buy(viewer, pack, SlowProvider(PaymentOutcome.FAILED)).state == "failed"
    assert Wallet.objects.get().balance_coins == 0
    assert not CoinLot.objects.exists()


@pytest.mark.django_db
def test_a_pack_that_is_not_offered_is_not_sold() -> None:
    viewer, pack = a_viewer(), a_pack()
    pack.offered = False
    pack.save()
    with pytest.raises(NoSuchPack):
        _buy(viewer, pack, SandboxProvider())
    assert not Purchase.objects.exists()


@pytest.mark.django_db
def test_the_same_key_for_another_pack_is_refused() -> None:
    viewer = a_viewer()
    _buy(viewer, a_pack(), SandboxProvider())
    with pytest.raises(KeyUsedOtherwise):
        _buy(viewer, a_pack(coins=9000), SandboxProvider())
    assert Wallet.objects.get().balance_coins == 500


def test_the_sandbox_does_not_start_outside_the_demo(settings: LazySettings) -> None:
    real = SimpleNamespace(DEMO=False, DEBUG=False, PAYMENT_PROVIDER=settings.PAYMENT_PROVIDER)
    with (
        pytest.raises(DemoPartInProduction, match="sandbox"),
        modify_settings(INSTALLED_APPS={"remove": ["duanju_web.demo"]}),
    ):
        refuse_demo_parts(real)  # type: ignore[arg-type]
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        SandboxProvider().charge(Charge(reference="x", amount_minor=1, currency="CNY"))


@pytest.mark.django_db
def test_without_a_provider_no_coins_are_sold(settings: LazySettings, language: str) -> None:
    a_pack()
    settings.PAYMENT_PROVIDER = ""
    assert payment_provider() is None
    page = client_of(language=language).get("/wallet/")
    assert b'name="pack"' not in page.content


@pytest.mark.django_db
def test_the_wallet_page_buys_once_and_shows_the_book(language: str) -> None:
    pack = a_pack(coins=500, bonus_coins=50)
    client = client_of(language=language)
    for _ in range(2):
        response = client.post("/wallet/buy/", {"pack": pack.pk, "key": "a-form-key"})
        assert response.status_code == 302
    page = client.get("/wallet/").content.decode()
    assert Wallet.objects.get().balance_coins == 550
    assert "550" in page
    assert "sandbox-purchase-" in page
    word = "沙盒" if language == "zh-hans" else "no real money"
    assert word in page


@pytest.mark.django_db
def test_limits_are_kept_and_nonsense_is_explained() -> None:
    client = client_of()
    assert client.post("/wallet/rules/", {"daily_cap_coins": "-5"}).status_code == 400
    assert not Wallet.objects.exists()
    rules = {"daily_cap_coins": "160", "auto_unlock": "on"}
    assert client.post("/wallet/rules/", rules).status_code == 302
    wallet = Wallet.objects.get()
    assert (wallet.daily_cap_coins, wallet.auto_unlock) == (160, True)


class WalletProperties(TestCase):
    """Whatever is bought and unlocked, in whatever order."""

    @given(
        st.lists(
            st.one_of(
                st.tuples(
                    st.just("buy"), st.integers(1, 400), st.integers(0, 60), st.integers(0, 9999)
                ),
                st.tuples(st.just("unlock"), st.integers(1, 12)),
            ),
            max_size=12,
        )
    )
    def test_coins_and_fen_are_conserved(self, steps) -> None:
        """The balance is the sum of the book and never negative; the lots explain every fen."""
        viewer, title = a_viewer(), a_series(free=0, episodes=12, price_coins=70)
        for number, step in enumerate(steps):
            if step[0] == "buy":
                pack = a_pack(coins=step[1], bonus_coins=step[2], price_minor=step[3])
                _buy(viewer, pack, SandboxProvider(), key=f"purchase-{number}")
                continue
            try:
                unlock_episodes(
                    viewer=viewer,
                    title=title,
                    episode_number=step[1],
                    idempotency_key=f"unlock-{number}",
                    now=A_MOMENT,
                )
            except NotEnoughCoins:
                continue
        entries = list(WalletEntry.objects.order_by("sequence"))
        assert all(entry.balance_after_coins >= 0 for entry in entries)
        balance = sum(entry.coins for entry in entries)
        assert balance == sum(lot.coins_left for lot in CoinLot.objects.all())
        if entries:
            assert Wallet.objects.get().balance_coins == balance
        paid = sum(purchase.amount_minor for purchase in Purchase.objects.all())
        unlocked = sum(unlock.amount_minor for unlock in Unlock.objects.all())
        assert paid == unlocked + sum(lot.amount_left_minor for lot in CoinLot.objects.all())
