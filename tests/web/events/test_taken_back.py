"""A platform takes plays back as fraud, with a reason, and lets them count again."""

from typing import Any

import pytest

from duanju.adapters.lake import Event, microseconds
from duanju.kernel import Month
from duanju_web.productions.models import Title
from duanju_web.settlement.selectors.lake import zone_of
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import AuditEntry
from duanju_web.theater.collecting import event_lake
from duanju_web.theater.models import EventCorrection
from duanju_web.theater.pages.taken_back import WORDS_A_PAGE
from duanju_web.theater.services import seal_events
from tests.support.agreements import OCTOBER_NOON, SEPTEMBER_NOON, a_deal, a_title_of, spooled
from tests.support.events import a_report
from tests.support.people import a_member_of, an_actor, client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/settlement/months/2026-09/taken-back/"
QUERIES_MAX = 14
WAITS = "with the next seal"


@pytest.fixture
def platform() -> Actor:
    return an_actor("platform", role="accountant")


@pytest.fixture
def title(platform: Actor) -> Title:
    studio = an_actor("studio")
    under_a_deal = a_title_of(studio)
    a_deal(platform, studio, [under_a_deal])
    return under_a_deal


def plays(title: Title, count: int, *, first: int = 1) -> list[Event]:
    """Seal reports of a second each, one a second."""
    events = [
        a_report(
            seconds=1,
            title_id=title.pk,
            seed=number,
            session_id=title.pk,
            began_us=microseconds(SEPTEMBER_NOON),
            after_s=number,
        )
        for number in range(first, first + count)
    ]
    spooled(events)
    event_lake().seal(now_us=1)
    return events


def watched_ms(platform: Actor) -> int:
    """Carry what was said, seal, and measure September."""
    assert platform.organisation is not None
    seal_events(now=OCTOBER_NOON)
    september = Month(2026, 9).period(zone_of(platform.organisation))
    return sum(own.effective_ms for own in event_lake().measure(period=september))


def take_back(actor: Actor, events: list[Event] | list[str], reason: str = "a farm") -> Any:
    ids = [getattr(own, "id", own) for own in events]
    return client_of(actor).post(ADDRESS, {"events": "\n".join(ids), "reason": reason})


def test_plays_are_taken_back_and_count_again(platform: Actor, title: Title) -> None:
    first, second, _ = plays(title, 3)
    assert watched_ms(platform) == 3000
    assert take_back(platform, [first, second, first]).status_code == 302
    page = client_of(platform).get(ADDRESS)
    assert [str(row["own"].event_id) for row in page.context["rows"]] == [second.id, first.id]
    assert f"{WAITS}</span>" in page.text
    assert watched_ms(platform) == 1000
    mark = page.context["rows"][0]["own"]
    said = {"mark": mark.pk, "reason": "it was a family"}
    assert client_of(platform).post(f"{ADDRESS}undo/", said).status_code == 302
    assert watched_ms(platform) == 2000
    page = client_of(platform).get(ADDRESS)
    assert [(row["own"].kind, row["may_undo"]) for row in page.context["rows"]] == [
        ("unmark", False),
        ("mark", False),
        ("mark", True),
    ]
    assert f"{WAITS}</span>" not in page.text
    assert client_of(platform).post(f"{ADDRESS}undo/", said).status_code == 422
    assert watched_ms(platform) == 2000
    assert take_back(platform, [second]).status_code == 302
    assert watched_ms(platform) == 1000
    actions = AuditEntry.objects.filter(action__startswith="theater.").order_by("pk")
    assert [own.action for own in actions] == [
        *("theater.mark-event",) * 2,
        "theater.unmark-event",
        "theater.mark-event",
    ]


@pytest.mark.parametrize("wrong", ["no-id", "of-nothing", "of-another", "twice", "no-reason"])
def test_with_one_that_is_wrong_nothing_is_taken_back(
    platform: Actor, title: Title, wrong: str
) -> None:
    own, twice = plays(title, 2)
    (foreign,) = plays(a_title_of(an_actor("studio")), 1, first=50)
    take_back(platform, [twice])
    named, reason, sentence = {
        "no-id": ("ding", "a farm", "“ding” is no id of an event."),
        "of-nothing": (a_report(seconds=1, seed=9).id, "a farm", "of a title under your deals"),
        "of-another": (foreign.id, "a farm", "of a title under your deals counts"),
        "twice": (twice.id, "a farm", "is taken back already."),
        "no-reason": (own.id, "x" * 201, "200"),
    }[wrong]
    answer = take_back(platform, [own.id, named], reason)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert EventCorrection.objects.count() == 1
    assert watched_ms(platform) == 2000


def test_more_than_fit_are_refused(platform: Actor, title: Title) -> None:
    (own,) = plays(title, 1)
    answer = take_back(platform, [own.id] * 201)
    assert "Between one and 200 events" in answer.text
    assert not EventCorrection.objects.exists()


def test_the_list_is_paged_and_its_queries_counted(
    platform: Actor, title: Title, django_assert_max_num_queries: Any
) -> None:
    take_back(platform, list(plays(title, WORDS_A_PAGE + 2)))
    client = client_of(platform)
    with django_assert_max_num_queries(QUERIES_MAX):
        first = client.get(ADDRESS)
    assert len(first.context["rows"]) == WORDS_A_PAGE
    assert len(client.get(ADDRESS, {"page": 2}).context["rows"]) == 2


def test_the_page_speaks_chinese(platform: Actor, title: Title) -> None:
    take_back(platform, list(plays(title, 1)))
    page = client_of(platform, language="zh-hans").get(ADDRESS).text
    assert "撤回的播放" in page
    assert "因作弊撤回" in page


def test_only_the_platforms_money_people_take_back(platform: Actor, title: Title) -> None:
    (own,) = plays(title, 1)
    assert take_back(an_actor("studio"), [own]).status_code == 404
    assert platform.organisation is not None
    reader = a_member_of(platform.organisation, role="viewer")
    assert client_of(reader).get(ADDRESS).status_code == 200
    assert take_back(reader, [own]).status_code == 404
    assert client_of(platform).get("/settlement/months/2026-13/taken-back/").status_code == 404
    assert client_of().get(ADDRESS).status_code == 302
    assert take_back(an_actor("platform"), [own]).status_code == 422
    assert not EventCorrection.objects.exists()


def test_anothers_mark_cannot_be_undone(platform: Actor, title: Title) -> None:
    take_back(platform, list(plays(title, 1)))
    mark = EventCorrection.objects.get()
    said = {"mark": mark.pk, "reason": "mine"}
    other = an_actor("platform", role="accountant")
    assert client_of(other).post(f"{ADDRESS}undo/", said).status_code == 404
    assert EventCorrection.objects.count() == 1


def test_the_month_leads_there(platform: Actor, title: Title) -> None:
    assert ADDRESS in client_of(platform).get("/settlement/months/2026-09/unheard/").text
