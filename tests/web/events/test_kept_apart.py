"""A platform reads which events of its titles do not count, each with its reason."""

from typing import Any

import pytest

from duanju.adapters.lake import TOO_MANY_SECONDS, Event, microseconds
from duanju_web.productions.models import Title
from duanju_web.shared.actor import Actor
from duanju_web.theater.collecting import event_lake
from duanju_web.theater.selectors.kept_apart import EVENTS_A_PAGE
from tests.support.agreements import SEPTEMBER_NOON, a_deal, a_title_of, spooled
from tests.support.events import a_report
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/settlement/months/2026-09/kept-apart/"
QUERIES_MAX = 12


@pytest.fixture
def platform() -> Actor:
    return an_actor("platform", role="accountant")


@pytest.fixture
def title(platform: Actor) -> Title:
    studio = an_actor("studio")
    under_a_deal = a_title_of(studio)
    a_deal(platform, studio, [under_a_deal])
    return under_a_deal


def kept_apart(title: Title, count: int) -> list[Event]:
    """Seal reports that the edge refused already, one a second."""
    events = [
        a_report(
            seconds=1,
            title_id=title.pk,
            seed=number,
            session_id=title.pk,
            began_us=microseconds(SEPTEMBER_NOON),
            after_s=number,
            refusal=TOO_MANY_SECONDS,
        )
        for number in range(1, count + 1)
    ]
    spooled(events)
    event_lake().seal(now_us=1)
    return events


def test_events_are_listed_page_by_page_in_their_order_with_the_reason(
    platform: Actor, title: Title, django_assert_max_num_queries: Any
) -> None:
    events = kept_apart(title, EVENTS_A_PAGE + 2)
    client = client_of(platform)
    with django_assert_max_num_queries(QUERIES_MAX):
        first = client.get(ADDRESS)
    assert [row["id"] for row in first.context["rows"]] == [
        event.id for event in events[:EVENTS_A_PAGE]
    ]
    assert "The session claims more seconds of playing than had passed." in first.text
    assert "Night Flight · 1" in first.text
    second = client.get(ADDRESS, {"after": first.context["after"]})
    assert [row["id"] for row in second.context["rows"]] == [
        event.id for event in events[EVENTS_A_PAGE:]
    ]
    assert second.context["after"] is None


def test_the_page_speaks_chinese(platform: Actor, title: Title) -> None:
    kept_apart(title, 1)
    page = client_of(platform, language="zh-hans").get(ADDRESS).text
    assert "单独留存的事件" in page
    assert "夜航 · 1" in page


def test_titles_of_no_deal_and_other_platforms_events_are_not_shown(
    platform: Actor, title: Title
) -> None:
    kept_apart(a_title_of(an_actor("studio")), 1)
    assert "Nothing was kept apart" in client_of(platform).get(ADDRESS).text
    kept_apart(title, 1)
    assert client_of(an_actor("platform")).get(ADDRESS).context["rows"] == []
    assert len(client_of(platform).get(ADDRESS).context["rows"]) == 1


def test_for_others_and_for_wrong_places_the_page_does_not_exist(
    platform: Actor, title: Title
) -> None:
    kept_apart(title, 1)
    assert client_of(an_actor("studio")).get(ADDRESS).status_code == 404
    assert client_of().get(ADDRESS).status_code == 302
    client = client_of(platform)
    assert client.get("/settlement/months/2026-13/kept-apart/").status_code == 404
    assert client.get(ADDRESS, {"after": "nowhere"}).status_code == 404


def test_the_month_leads_there(platform: Actor, title: Title) -> None:
    page = client_of(platform).get("/settlement/months/2026-09/unheard/")
    assert page.status_code == 200
    assert ADDRESS in page.text
