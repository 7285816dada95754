"""The demo's world is whole: who lives in it, what they watched, and what was settled."""

from collections import Counter
from types import SimpleNamespace

import pytest
from django.conf import settings

from duanju.adapters.lake import Lake
from duanju.deals import parts_of
from duanju.kernel import Month
from duanju_web.deals.models import Deal, DealAmendment, Offer, OfferState
from duanju_web.deals.selectors import contract_of
from duanju_web.demo.services import load_world
from duanju_web.demo.services.viewing import simulate_world
from duanju_web.demo.viewing import DAYS, SEED
from duanju_web.demo.world import load_titles
from duanju_web.productions.models import Title, TitleState
from duanju_web.settlement.models import (
    Close,
    LedgerPosting,
    RatePin,
    RemittanceAdvice,
    StatementRecord,
    TaxRuleVersion,
)
from duanju_web.shared.models import Organisation, OrganisationKind
from duanju_web.theater.models import Unlock, Wallet, WalletEntry

EVENTS_MIN = 300_000
FEW = 900


def test_the_whole_viewing_has_the_events_days_and_titles_it_promises() -> None:
    world = load_titles(seed=SEED)
    numbers = {title.slug: SimpleNamespace(pk=pk) for pk, title in enumerate(world, start=1)}

    viewing = simulate_world(world=world, titles=numbers)  # type: ignore[arg-type]

    assert len(viewing.events) >= EVENTS_MIN
    assert DAYS == 75
    assert {event.title_id for event in viewing.events} == {own.pk for own in numbers.values()}
    assert (len(world), sum(title.story is not None for title in world)) == (24, 6)
    spent = Counter[int]()
    for wish in viewing.wishes:
        spent[wish.viewer_id] += wish.coins
    descending = sorted(spent.values(), reverse=True)
    assert 0.05 <= len(spent) / len(viewing.starter_ids) <= 0.10
    assert 0.60 <= sum(descending[: len(descending) // 20]) / sum(descending) <= 0.70


@pytest.mark.django_db
def test_a_small_world_loads_whole_and_its_books_balance() -> None:
    steps: dict[str, tuple[int, int]] = {}

    load_world(report=lambda step, done, total: steps.update({step: (done, total)}), people=FEW)

    assert all(done == total for done, total in steps.values())
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))
    assert kinds == dict.fromkeys(OrganisationKind.values, 3)
    assert Counter(Title.objects.values_list("state", flat=True)) == {
        TitleState.PUBLISHED: 18,
        TitleState.DRAFT: 6,
    }
    assert (
        sorted(Close.objects.values_list("period", flat=True)) == ["2026-09"] * 3 + ["2026-10"] * 3
    )
    assert Deal.objects.count() == 12
    amendment = DealAmendment.objects.get()
    assert (amendment.code, str(amendment.effective_on)) == ("a1", "2026-11-01")
    assert len(parts_of(contract_of(amendment.deal))) == 2
    open_offers = Offer.objects.filter(state=OfferState.OFFERED)
    courted = Counter(open_offers.values_list("studio__slug", flat=True))
    assert courted == dict.fromkeys(["qingning", "north-bank", "myriad"], 2)
    assert all(has_a_poster(title) for title in Title.objects.all())
    the_books_balance()
    one_platform_can_convert_and_tax()
    the_lake_has_every_unlock()


def has_a_poster(title: Title) -> bool:
    return (settings.MEDIA_FOLDER / title.poster).is_file()


def the_books_balance() -> None:
    sums = Counter[str]()
    for currency, amount_minor in LedgerPosting.objects.values_list("currency", "amount_minor"):
        sums[currency] += amount_minor
    assert sums == {"CNY": 0, "USD": 0}
    assert StatementRecord.objects.count() == 24
    for wallet in Wallet.objects.all():
        coins = WalletEntry.objects.filter(wallet=wallet).values_list("coins", flat=True)
        assert sum(coins) == wallet.balance_coins


def one_platform_can_convert_and_tax() -> None:
    pin = RatePin.objects.get()
    assert (pin.period, pin.platform.slug, pin.table.rate_count) == ("2026-10", "changhe", 6)
    rules = TaxRuleVersion.objects.order_by("rule_id").values_list("rule_id", "version")
    assert list(rules) == [("cn-author", 1), ("cn-vat", 1)]
    assert not RemittanceAdvice.objects.exists()


def the_lake_has_every_unlock() -> None:
    lake = Lake(settings.LAKE_FOLDER, spool=settings.SPOOL_FOLDER)
    months = [Month(2026, number).period() for number in (9, 10, 11)]
    measures = [own for period in months for own in lake.measure(period=period)]
    assert sum(own.unlocks for own in measures) == Unlock.objects.count() > 0
    amounts = Unlock.objects.values_list("amount_minor", flat=True)
    assert sum(own.amount_minor for own in measures) == sum(amounts)
    assert lake.verify() == ()
