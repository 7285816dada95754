"""What a month passes over stands on its page, deal by deal: nothing is zero silently."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from duanju.deals import MEASURES, Fact, Stretch
from duanju.kernel import Month
from duanju_web.deals.models import Deal, ReportedFact
from duanju_web.deals.services import (
    OfferDraft,
    accept_offer,
    make_offer,
    publish_draft,
    record_facts,
)
from duanju_web.settlement.models import Close
from duanju_web.settlement.pages.unheard import DEALS_A_PAGE, DEALS_IN_A_MONTH
from duanju_web.settlement.selectors.telling import gather
from duanju_web.settlement.selectors.unheard import find_unheard
from duanju_web.settlement.services import close_month
from tests.support.agreements import (
    NOVEMBER_5,
    OCTOBER_5,
    SEPTEMBER_NOON,
    SIGNED_AT,
    a_deal,
    a_title_of,
    unlocked,
    watched,
)
from tests.support.drafts import a_draft_of
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2026, 9)
QUERIES = 12
PART = {"hx-request": "true"}


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio")


@pytest.fixture
def fee(platform):
    """A policy whose fee falls due by milestones."""
    draft = a_draft_of(platform, "fee", now=SIGNED_AT)
    return publish_draft(actor=platform, draft_id=draft.pk, revision=draft.revision, now=SIGNED_AT)


def signed(platform, studio, version):
    asked = OfferDraft(
        studio=studio.organisation,
        policy_version=version,
        parameters={},
        titles=[a_title_of(studio)],
        starts_on=date(2026, 9, 1),
        ends_on=None,
        valid_until=date(2026, 9, 30),
    )
    offer = make_offer(actor=platform, draft=asked, now=SIGNED_AT)
    deal = accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT)
    assert isinstance(deal, Deal), deal
    return deal


def told(platform, deal, measure="milestone", item="", *, now=OCTOBER_5, quantity=1, currency=""):
    day = date(2026, 9, 10)
    fact = Fact(
        measure=measure,
        title_id=str(deal.titles.get().pk),
        stretch=Stretch(day, day + timedelta(days=1)),
        quantity=quantity,
        unit=MEASURES[measure].unit,
        currency=currency,
        item=item,
    )
    assert record_facts(actor=platform, deal_id=deal.pk, facts=[fact], now=now) == 1


def address(name="month_unheard"):
    return reverse(name, args=["2026-09"])


def text_of(response, status=200):
    assert response.status_code == status, response.status_code
    return response.content.decode()


def unheard(platform, close=None):
    found = find_unheard(
        gather(platform=platform.organisation, month=SEPTEMBER, close=close), SEPTEMBER
    )
    return {
        own.deal.number: (
            [(group.reason.value, group.word, group.resembling) for group in own.uncounted],
            sorted(str(condition.params.get("milestone")) for condition in own.conditions),
        )
        for own in found
    }


def closed(platform, now=OCTOBER_5):
    close = close_month(platform=platform.organisation, month=SEPTEMBER, actor=platform, now=now)
    assert isinstance(close, Close), close
    return close


def test_mistyped_milestone_is_told_with_what_was_meant(platform, studio, fee, language):
    deal = signed(platform, studio, fee)
    told(platform, deal, item="relaesed")
    assert unheard(platform)[deal.number][0] == [("item", "relaesed", "released")]
    page = text_of(client_of(platform, language=language).get(address()))
    assert deal.number in page
    name = "夜航" if language == "zh-hans" else "Night Flight"
    assert name in page
    meant = "是否应为 released？" if language == "zh-hans" else "Did you mean released?"
    assert meant in page


def test_condition_is_open_until_somebody_tells_it(platform, studio, fee, language):
    deal = signed(platform, studio, fee)
    assert "released" in unheard(platform)[deal.number][1]
    client = client_of(platform, language=language)
    waits = "待定" if language == "zh-hans" else "decides"
    assert client.get(address()).status_code == 200
    before = text_of(client.get(address(), headers=PART))
    told(platform, deal, item="released")
    assert "released" not in unheard(platform).get(deal.number, ([], []))[1]
    assert text_of(client.get(address(), headers=PART)) != before
    assert waits


def test_what_the_lake_always_measures_is_not_held_against_anybody(platform, studio, fee):
    title = a_title_of(studio)
    a_deal(platform, studio, [title], starts_on=date(2026, 9, 15))
    watched(title, minutes=60, at=SEPTEMBER_NOON)
    unlocked(title, amount_minor=1_000, at=SEPTEMBER_NOON)
    told_title = signed(platform, studio, fee).titles.get()
    watched(told_title, minutes=60, at=SEPTEMBER_NOON, seed=2)
    assert [groups for groups, _ in unheard(platform).values()] == [[]]


def test_measure_that_somebody_recorded_in_vain_is_told(platform, studio):
    deal = a_deal(platform, studio, [a_title_of(studio)])
    told(platform, deal, "production_cost", quantity=500_000, currency="CNY")
    assert unheard(platform) == {deal.number: ([("measure", "production_cost", "")], [])}


def test_closed_month_tells_what_was_known_at_its_close(platform, studio, fee, language):
    deal = signed(platform, studio, fee)
    told(platform, deal, item="relaesed", now=datetime(2026, 10, 1, tzinfo=UTC))
    close = closed(platform)
    known = unheard(platform, close)
    told(platform, deal, item="shootin", now=NOVEMBER_5)
    later = signed(platform, studio, fee)
    Deal.objects.filter(pk=later.pk).update(signed_at=NOVEMBER_5)
    assert unheard(platform, close) == known
    assert known[deal.number][0] == [("item", "relaesed", "released")]
    client = client_of(platform, language=language)
    month = text_of(client.get(address("settlement_month")))
    assert f'hx-get="{address()}"' in month
    part = text_of(client.get(address(), headers=PART))
    assert "<html" not in part
    assert "relaesed" in part
    assert "shootin" not in part
    assert later.number not in part


def test_preview_asks_for_it_and_a_month_that_waits_for_another_does_not_exist(
    platform, studio, fee, language
):
    signed(platform, studio, fee)
    client = client_of(platform, language=language)
    assert f'hx-get="{address()}"' in text_of(client.get(address("settlement_month")))
    later = reverse("month_unheard", args=["2026-10"])
    assert client.get(later).status_code == 404
    assert client.get(reverse("month_unheard", args=["nonsense"])).status_code == 404


def test_month_in_which_all_is_counted_says_so(platform, studio, language):
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    watched(title, minutes=60, at=SEPTEMBER_NOON)
    page = text_of(client_of(platform, language=language).get(address()))
    said = "没有待定事项" if language == "zh-hans" else "nothing is still open"
    assert said in page


def test_others_do_not_see_it(platform, studio, fee):
    deal = signed(platform, studio, fee)
    told(platform, deal, item="relaesed")
    for stranger in (studio, an_actor("platform"), an_actor("buyer")):
        assert client_of(stranger).get(address()).status_code == 404
    assert client_of().get(address()).status_code == 302
    assert ReportedFact.objects.count() == 1


def test_deals_are_paged_and_queries_do_not_grow_with_them(
    platform, studio, fee, django_assert_num_queries
):
    numbers = [signed(platform, studio, fee).number for _ in range(2)]
    client = client_of(platform)
    text_of(client.get(address()))
    with django_assert_num_queries(QUERIES) as few:
        page = text_of(client.get(address()))
    assert all(number in page for number in numbers)
    numbers += [signed(platform, studio, fee).number for _ in range(DEALS_A_PAGE)]
    with django_assert_num_queries(len(few.captured_queries)):
        page = text_of(client.get(address()))
    assert sum(number in page for number in numbers) == DEALS_A_PAGE
    assert "?page=2" in page
    assert sum(number in text_of(client.get(address(), {"page": "2"})) for number in numbers) == 2
    part = text_of(client.get(address(), headers=PART))
    assert sum(number in part for number in numbers) == DEALS_IN_A_MONTH
    assert "?page=2" not in part
    assert f'href="{address()}"' in part
