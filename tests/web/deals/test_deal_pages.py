"""The pages of policies, offers and deals, in both languages, for everybody who may and may not."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from duanju_web.deals.models import Deal, Offer
from tests.support.agreements import (
    HALF_AFTER_FEES,
    T1,
    UNLOCK_SHARE,
    a_deal,
    a_policy,
    a_title_of,
    an_offer,
)
from tests.support.people import a_member_of, an_actor, client_of

pytestmark = pytest.mark.django_db
POLICY = f"/policies/{T1}/1/"
QUERIES_MAX = 14


@pytest.fixture
def platform():
    return an_actor("platform", role="producer")


@pytest.fixture
def studio():
    return an_actor("studio", role="producer")


def text_of(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_anybody_reads_the_library(language):
    a_policy()
    page = text_of(client_of(language=language).get("/policies/", {"words": "tencent vertical"}))
    assert ("腾讯短剧" if language == "zh-hans" else "Tencent Short Drama") in page


def test_policy_says_its_rates_and_doubts(language):
    a_policy()
    page = text_of(client_of(language=language).get(POLICY))
    chinese = language == "zh-hans"
    assert ("独家首发" if chinese else "Exclusive premiere") in page
    assert "¥1.50" in page
    assert "1,000,000" in page
    assert ("出处存疑" if chinese else "Source in doubt") in page


def test_unknown_policy_is_not_found():
    assert client_of().get("/policies/none/1/").status_code == 404


@pytest.mark.parametrize(
    ("rights", "money"),
    [
        ("exclusive_premiere", "¥100,000.00"),
        ("non_exclusive_premiere", "¥66,666.67"),
        ("non_exclusive_non_premiere", "¥20,000.00"),
    ],
)
def test_calculator_gives_the_worked_values(rights, money, language):
    a_policy()
    typed = {"parameter_rights": rights, "minutes": 2_500_000}
    client = client_of(language=language)
    assert money in text_of(client.get(POLICY, typed))
    part = client.get(POLICY, typed, headers={"hx-request": "true"})
    assert money in text_of(part)
    assert "<html" not in part.content.decode()


def test_calculator_shows_the_exact_fraction_behind_a_rounded_amount():
    a_policy()
    typed = {"parameter_rights": "non_exclusive_premiere", "minutes": 2_500_000}
    assert "6,666,666 2/3" in text_of(client_of().get(POLICY, typed))


def test_calculator_divides_an_income_after_the_channel_fee():
    a_policy(UNLOCK_SHARE)
    typed = {f"parameter_{name}": value for name, value in HALF_AFTER_FEES.items()}
    typed["income_wechat_ios"] = "100"
    page = text_of(client_of().get(f"/policies/{UNLOCK_SHARE}/1/", typed))
    assert "¥44.00" in page
    assert "¥12.00" in page


def test_calculator_says_which_parameter_is_missing(language):
    a_policy(UNLOCK_SHARE)
    page = text_of(
        client_of(language=language).get(
            f"/policies/{UNLOCK_SHARE}/1/", {"parameter_currency": "CNY"}
        )
    )
    assert ("“网页支付渠道费率”" if language == "zh-hans" else "“Fee of web payment”") in page


def test_platform_makes_an_offer_in_two_steps(platform, studio, language):
    title = a_title_of(studio)
    a_policy()
    client = client_of(platform, language=language)
    assert studio.organisation.slug in text_of(client.get(reverse("new_offer")))
    address = f"{reverse('new_offer')}?studio={studio.organisation.slug}&policy={T1}/1"
    assert f'value="{title.pk}"' in text_of(client.get(address))
    today = timezone.now().date()
    answer = client.post(
        address,
        {
            "parameter_rights": "exclusive_premiere",
            "parameter_tier_reading": "marginal",
            "titles": [title.pk],
            "starts_on": today.isoformat(),
            "last_day": (today + timedelta(days=364)).isoformat(),
            "valid_until": (today + timedelta(days=14)).isoformat(),
            "message": "Welcome",
        },
    )
    offer = Offer.objects.get()
    assert answer.status_code == 302
    assert offer.ends_on == today + timedelta(days=365)
    assert list(offer.titles.all()) == [title]


def test_wrong_parameter_is_shown_beside_its_field(platform, studio):
    title = a_title_of(studio)
    a_policy(UNLOCK_SHARE)
    address = f"{reverse('new_offer')}?studio={studio.organisation.slug}&policy={UNLOCK_SHARE}/1"
    answer = client_of(platform).post(
        address,
        {
            "parameter_currency": "CNY",
            "parameter_web_fee": "much",
            "titles": [title.pk],
            "starts_on": "2026-12-01",
            "valid_until": "2099-01-01",
        },
    )
    assert "“much” is no share" in answer.content.decode()
    assert not Offer.objects.exists()


def test_both_sides_read_the_offer_and_the_studio_signs_it(platform, studio, language):
    offer = an_offer(platform, studio, [a_title_of(studio)], now=timezone.now())
    address = reverse("offer", args=[offer.pk])
    sign = reverse("accept_offer", args=[offer.pk])
    assert sign not in text_of(client_of(platform, language=language).get(address))
    client = client_of(studio, language=language)
    assert sign in text_of(client.get(address))
    assert client.post(sign).status_code == 302
    deal = Deal.objects.get()
    for reader in (platform, studio):
        page = text_of(client_of(reader, language=language).get(reverse("deal", args=[deal.pk])))
        assert deal.number in page
        assert deal.policy_digest[:16] in page


def test_declining_needs_a_reason(platform, studio):
    offer = an_offer(platform, studio, [a_title_of(studio)], now=timezone.now())
    client = client_of(studio)
    client.post(reverse("decline_offer", args=[offer.pk]), {"reason": " "})
    offer.refresh_from_db()
    assert offer.state == "offered"
    client.post(reverse("decline_offer", args=[offer.pk]), {"reason": "The rate is too low"})
    offer.refresh_from_db()
    assert (offer.state, offer.reason) == ("declined", "The rate is too low")
    page = text_of(client_of(platform).get(reverse("offer", args=[offer.pk])))
    assert "The rate is too low" in page


def test_signing_what_was_withdrawn_says_so_and_signs_nothing(platform, studio, language):
    offer = an_offer(platform, studio, [a_title_of(studio)], now=timezone.now())
    client_of(platform).post(reverse("withdraw_offer", args=[offer.pk]))
    answer = client_of(studio, language=language).post(reverse("accept_offer", args=[offer.pk]))
    assert answer.status_code == 409
    assert not Deal.objects.exists()


def test_offers_and_deals_do_not_exist_for_others(platform, studio):
    deal = a_deal(platform, studio, [a_title_of(studio)])
    addresses = [
        reverse("offer", args=[deal.offer_id]),
        reverse("deal", args=[deal.pk]),
    ]
    actions = [
        reverse(name, args=[deal.offer_id])
        for name in ("accept_offer", "decline_offer", "withdraw_offer")
    ]
    for stranger in (an_actor("platform"), an_actor("studio"), an_actor("buyer")):
        client = client_of(stranger)
        assert [client.get(address).status_code for address in addresses] == [404, 404]
        assert [client.post(address).status_code for address in actions] == [404, 404, 404]
    visitor = client_of()
    assert [visitor.get(address).status_code for address in addresses] == [302, 302]


def test_accountant_of_a_studio_cannot_sign(platform, studio):
    offer = an_offer(platform, studio, [a_title_of(studio)], now=timezone.now())
    accountant = a_member_of(studio.organisation, role="accountant")
    answer = client_of(accountant).post(reverse("accept_offer", args=[offer.pk]))
    assert answer.status_code == 404
    assert not Deal.objects.exists()


@pytest.mark.parametrize("name", ["deals", "offers"])
def test_lists_are_paged_and_their_queries_bounded(
    name, platform, studio, language, django_assert_max_num_queries
):
    for number in range(23):
        a_deal(platform, studio, [a_title_of(studio, name=f"T{number}", chinese=f"剧{number}")])
    client = client_of(studio, language=language)
    with django_assert_max_num_queries(QUERIES_MAX):
        page = text_of(client.get(reverse(name)))
    assert page.count('class="row"') == 20
    assert 'rel="next"' in page


@pytest.mark.parametrize("name", ["deals", "offers"])
def test_empty_lists_say_what_to_do_next(name, studio, language):
    assert 'class="empty"' in text_of(client_of(studio, language=language).get(reverse(name)))


def test_last_day_is_the_one_before_the_end(platform, studio):
    deal = a_deal(platform, studio, [a_title_of(studio)], ends_on=date(2027, 1, 1))
    page = text_of(client_of(studio).get(reverse("deal", args=[deal.pk])))
    assert "2026" in page
    assert "31" in page


def test_calculator_names_the_field_that_it_cannot_read(language):
    a_policy()
    typed = {"parameter_rights": "exclusive_premiere", "minutes": "-5"}
    part = text_of(client_of(language=language).get(POLICY, typed, headers={"hx-request": "true"}))
    label = "上线以来有效播放时长" if language == "zh-hans" else "Effective minutes since release"
    assert "field__error" in part
    assert label in part
