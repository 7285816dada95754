"""What a closed month brought is made due once, and payouts find it there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from duanju.kernel import Month
from duanju.settlement import AccountKey
from duanju_web.payouts.services import propose_batch
from duanju_web.settlement.models import LedgerTransfer, LedgerTransferLeg
from duanju_web.settlement.selectors import balance_of
from duanju_web.settlement.selectors.remitting import find_basis, find_due_now
from duanju_web.settlement.services import bring_into_lake, close_month, make_due
from tests.support.agreements import (
    NOVEMBER_5,
    OCTOBER_5,
    OCTOBER_NOON,
    SEPTEMBER_NOON,
    a_deal,
    a_title_of,
    watched,
)
from tests.support.people import a_member_of, an_actor, client_of

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio")


@pytest.fixture
def titles(platform, studio):
    """Two titles of one studio, 600 and 60 minutes of which were watched in September."""
    own = [a_title_of(studio), a_title_of(studio, name="Day Flight", chinese="日航")]
    a_deal(platform, studio, own)
    watched(own[0], minutes=600, at=SEPTEMBER_NOON)
    watched(own[1], minutes=60, at=SEPTEMBER_NOON, seed=2)
    return own


def closed(platform, month=SEPTEMBER, now=OCTOBER_5):
    bring_into_lake(now=now)
    close_month(platform=platform.organisation, month=month, actor=platform, now=now)


def made(platform, month=SEPTEMBER, now=OCTOBER_5):
    return make_due(platform=platform.organisation, month=month, actor=platform, now=now)


def held(platform, kind, studio, title_id=""):
    key = AccountKey(f"{kind}:studio:{studio.organisation.slug}", title_id, "CNY")
    return balance_of(platform.organisation, key).balance_minor


def test_what_all_titles_earned_becomes_one_amount_that_is_due(platform, studio, titles):
    closed(platform)
    assert [held(platform, "payable", studio, str(own.pk)) for own in titles] == [1_500, 150]
    assert made(platform) == 1
    assert [held(platform, "payable", studio, str(own.pk)) for own in titles] == [0, 0]
    assert held(platform, "due", studio) == 1_650


def test_again_it_moves_nothing(platform, studio, titles):
    closed(platform)
    made(platform)
    assert made(platform) == 0
    assert LedgerTransfer.objects.count() == 1
    assert held(platform, "due", studio) == 1_650


def test_next_month_takes_what_came_since_and_corrections(platform, studio, titles):
    closed(platform)
    made(platform)
    watched(titles[0], minutes=120, at=OCTOBER_NOON, seed=3)
    watched(titles[1], minutes=60, at=SEPTEMBER_NOON, seed=4)
    closed(platform, OCTOBER, NOVEMBER_5)
    assert made(platform, OCTOBER, NOVEMBER_5) == 1
    assert held(platform, "due", studio) == 1_650 + 300 + 150


def test_a_month_that_is_not_the_last_or_not_closed_is_refused(platform, studio, titles):
    (problem,) = made(platform)
    assert (problem.code, problem.params) == ("settlement.month-not-closed", {"month": "2026-09"})
    closed(platform)
    closed(platform, OCTOBER, NOVEMBER_5)
    (problem,) = made(platform)
    assert problem.code == "settlement.not-the-last-month"
    assert problem.params == {"month": "2026-09", "last": "2026-10"}
    assert not LedgerTransfer.objects.exists()
    assert made(platform, OCTOBER, NOVEMBER_5) == 1


def test_payouts_find_it(platform, studio, titles):
    closed(platform)
    made(platform)
    found = propose_batch(
        actor=platform,
        currency="CNY",
        value_date=date(2026, 10, 20),
        remittance="September",
        now=OCTOBER_5,
    )
    (problem,) = found
    assert problem.code == "payouts.no-own-account"
    (row,) = find_due_rows(platform)
    assert row.amount_minor == 1_650


def find_due_rows(platform):
    return LedgerTransferLeg.objects.filter(
        transfer__platform=platform.organisation, account__name__startswith="due:"
    )


def test_accountant_makes_it_due_on_the_page(platform, studio, titles, language):
    closed(platform)
    client = client_of(platform, language=language)
    month = client.get(reverse("settlement_month", args=["2026-09"])).content.decode()
    address = reverse("month_due", args=["2026-09"])
    assert address in month
    before = client.get(address).content.decode()
    make = reverse("make_month_due", args=["2026-09"])
    assert make in before
    assert "¥16.50" in before
    assert client.post(make).status_code == 302
    after = client.get(address).content.decode()
    assert make not in after
    assert "¥16.50" in after
    assert reverse("account", args=[f"due:studio:{studio.organisation.slug}"]) in after


def test_an_open_month_has_no_such_page(platform, studio, titles):
    client = client_of(platform)
    assert client.get(reverse("month_due", args=["2026-09"])).status_code == 404
    assert client.get(reverse("month_due", args=["2026-99"])).status_code == 404


def test_others_cannot(platform, studio, titles):
    closed(platform)
    make = reverse("make_month_due", args=["2026-09"])
    producer = a_member_of(platform.organisation, role="producer")
    assert client_of(producer).post(make).status_code == 404
    assert client_of(studio).post(make).status_code == 404
    other = client_of(an_actor("platform", role="accountant"))
    assert other.get(reverse("month_due", args=["2026-09"])).status_code == 404
    assert not LedgerTransfer.objects.exists()


def test_queries_do_not_grow_with_parties(platform, studio, titles):
    for number in range(5):
        other = an_actor("studio")
        title = a_title_of(other, name=f"Title {number}")
        a_deal(platform, other, [title])
        watched(title, minutes=60, at=SEPTEMBER_NOON, seed=10 + number)
    closed(platform)
    with CaptureQueriesContext(connection) as queries:
        basis = find_basis(platform.organisation, SEPTEMBER, now=OCTOBER_5)
        found = find_due_now(platform.organisation, SEPTEMBER, basis)
    assert (len(found.moving), len(queries)) == (6, 9)
    client = client_of(platform)
    made(platform)
    client.get(reverse("month_due", args=["2026-09"]))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("month_due", args=["2026-09"])).content.decode()
    assert page.count("due:studio:") == 6
    assert len(queries) <= 24


@pytest.mark.django_db(transaction=True)
def test_several_at_once_make_it_due_once(platform, studio, titles):
    closed(platform)

    def one(_number):
        try:
            return made(platform)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(16)))
    assert all(isinstance(own, int) for own in answers), answers
    assert held(platform, "due", studio) == 1_650
    assert LedgerTransfer.objects.count() == 1
