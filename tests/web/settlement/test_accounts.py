"""An account's page: what it holds at any time, and every entry with its address."""

from datetime import timedelta

import pytest
from django.urls import reverse

from duanju.kernel import Month
from duanju.settlement import AccountBalance, AccountKey
from duanju_web.settlement.models import Close
from duanju_web.settlement.selectors import balances_by_key
from duanju_web.settlement.selectors.accounts import account_totals, entries_of, read_entries
from duanju_web.settlement.services import close_month, make_transfers, open_account
from tests.support.agreements import (
    NOVEMBER_5,
    OCTOBER_5,
    OCTOBER_NOON,
    SEPTEMBER_NOON,
    a_deal,
    a_title_of,
    watched,
)
from tests.support.people import an_actor, client_of
from tests.support.transfers import a_hold, a_move, a_posting

pytestmark = pytest.mark.django_db
QUERIES_MAX = 16
MINUTE = timedelta(minutes=1)


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio", role="accountant")


@pytest.fixture
def name(platform, studio) -> str:
    """What is owed to a studio: two months of two titles, an advance, and a payout that is held."""
    titles = [a_title_of(studio, name=f"T{own}", chinese=f"剧{own}") for own in (1, 2)]
    a_deal(platform, studio, titles)
    for seed, title in enumerate(titles):
        watched(title, minutes=600, at=SEPTEMBER_NOON, seed=10 + seed)
        watched(title, minutes=60, at=OCTOBER_NOON, seed=20 + seed)
    for month, now in ((Month(2026, 9), OCTOBER_5), (Month(2026, 10), NOVEMBER_5)):
        close = close_month(platform=platform.organisation, month=month, actor=platform, now=now)
        assert isinstance(close, Close), close
    own, other = (
        AccountKey(f"payable:studio:{studio.organisation.slug}", str(title.pk), "CNY")
        for title in titles
    )
    bank = AccountKey("bank:CNY", "", "CNY")
    for key in (own, other, bank):
        open_account(
            platform=platform.organisation, account=key, may_be_negative=key == bank, now=OCTOBER_5
        )
    for number, wish in enumerate(
        (
            a_move("advance", 200, out_of=own, into=bank, purpose="advance"),
            a_hold("payout", 300, out_of=own, into=bank),
            a_posting("paid", "payout"),
            a_hold("next", 400, out_of=own, into=bank),
            a_move("of-another-title", 50, out_of=other, into=bank),
        ),
        start=1,
    ):
        make_transfers(
            platform=platform.organisation,
            transfers=[wish],
            actor=platform,
            now=NOVEMBER_5 + number * MINUTE,
        )
    return own.name


def test_totals_are_those_of_all_titles_at_each_moment(name, platform):
    moments = {
        OCTOBER_5 - MINUTE: None,
        OCTOBER_5: AccountBalance(settled_minor=3_000),
        NOVEMBER_5: AccountBalance(settled_minor=3_300),
        NOVEMBER_5 + 1 * MINUTE: AccountBalance(3_300, -200),
        NOVEMBER_5 + 2 * MINUTE: AccountBalance(3_300, -200, 0, 300),
        NOVEMBER_5 + 3 * MINUTE: AccountBalance(3_300, -500),
        NOVEMBER_5 + 4 * MINUTE: AccountBalance(3_300, -500, 0, 400),
        NOVEMBER_5 + 5 * MINUTE: AccountBalance(3_300, -550, 0, 400),
    }
    for at, expected in moments.items():
        found = account_totals(platform.organisation, name=name, at=at)
        assert [own.balance for own in found] == ([] if expected is None else [expected]), at
        by_title = balances_by_key(platform.organisation, name, at=at).values()
        assert sum(own.balance_minor for own in by_title) == (
            expected.balance_minor if expected else 0
        )
    (now,) = account_totals(platform.organisation, name=name)
    assert (now.balance.balance_minor, now.balance.available_minor) == (2_750, 2_350)


def test_entries_that_move_money_add_up_to_the_balance_at_each_moment(name, platform):
    for at in (OCTOBER_5, NOVEMBER_5, NOVEMBER_5 + 2 * MINUTE, NOVEMBER_5 + 3 * MINUTE, None):
        entries = read_entries(entries_of(platform.organisation, name, at=at))
        (total,) = account_totals(platform.organisation, name=name, at=at)
        moved = sum(own.amount_minor for own in entries if own.moves)
        assert moved == total.balance.balance_minor
        assert [own.at for own in entries] == sorted((own.at for own in entries), reverse=True)
    assert len(entries) == 4 + 5


def test_all_accounts_add_up_to_zero_at_each_moment(name, platform):
    for at in (OCTOBER_5, NOVEMBER_5 + 1 * MINUTE, NOVEMBER_5 + 3 * MINUTE, None):
        totals = account_totals(platform.organisation, at=at)
        assert {own.name.partition(":")[0] for own in totals} >= {"payable", "expense"}
        assert sum(own.balance.balance_minor for own in totals) == 0


def test_page_names_the_address_of_each_entry_in_both_languages(name, platform, language):
    client = client_of(platform, language=language)
    listed = client.get(reverse("accounts")).content.decode()
    assert f'href="{reverse("account", args=[name])}"' in listed
    assert "¥27.50" in listed
    assert "¥5.50" in listed
    page = client.get(reverse("account", args=[name])).content.decode()
    for shown in ("¥33.00", "¥27.50", "¥23.50", "effective-hours", "advance", "payout"):
        assert shown in page
    assert {"en": "Close of 2026-09", "zh-hans": "2026-09 结账"}[language] in page
    assert {"en": "T1", "zh-hans": "剧1"}[language] in page
    assert page.count('scope="row"') == 9


def test_page_is_that_of_any_time_in_the_zone_of_the_platform(name, platform):
    client = client_of(platform)
    address = reverse("account", args=[name])
    october = client.get(address, {"at": "2026-10-05T12:00:00"}).content.decode()
    assert "CN¥30.00" in october
    assert "2026-10-05T12:00:00" in october
    assert october.count('scope="row"') == 2
    assert client.get(address, {"at": OCTOBER_5.isoformat()}).content.decode().count("row") == (
        october.count("row")
    )
    before = client.get(address, {"at": "2026-10-05T11:59:59"}).content.decode()
    assert "CN¥" not in before
    assert client.get(address, {"at": "soon"}).status_code == 404
    assert client.get(reverse("accounts"), {"at": "2026-10-05T11:59:59"}).status_code == 200
    assert client.get(reverse("account", args=["payable:studio:nobody"])).status_code == 404


def test_account_is_for_its_platform_alone_and_its_queries_are_bounded(
    name, platform, studio, django_assert_max_num_queries
):
    for stranger in (studio, an_actor("platform")):
        assert client_of(stranger).get(reverse("account", args=[name])).status_code == 404
    client = client_of(platform)
    for address in (reverse("accounts"), reverse("account", args=[name])):
        for asked in ({}, {"at": "2026-11-05T12:02:00"}):
            with django_assert_max_num_queries(QUERIES_MAX):
                assert client.get(address, asked).status_code == 200
