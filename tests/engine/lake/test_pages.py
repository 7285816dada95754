"""A sum opens down to its events, a page at a time."""

from datetime import date
from pathlib import Path

import pytest

from duanju.adapters.lake import InvalidCursor, Lake
from tests.support.events import a_report, an_event, an_honest_session
from tests.support.lakes import YEAR, a_lake, a_sealed_lake, spooled


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    told = [
        *an_honest_session(session_id=1, reports=10),
        an_event(seed=50, title_id=2, after_s=3),
        an_event(seed=51, kind="end", after_s=101, episode_number=2),
        an_event(seed=52, after_s=86_400),
        *(a_report(seconds=900 + seed, seed=60 + seed, after_s=10) for seed in range(5)),
    ]
    return a_sealed_lake(tmp_path_factory.mktemp("pages"), told[::2], told[1::2])


@pytest.mark.parametrize("limit", [1, 3, 13, 500])
def test_pages_give_each_event_once_and_in_order(lake: Lake, limit: int) -> None:
    whole = lake.events(period=YEAR, title_id=1, limit=500)
    assert len(whole.events) == 13
    assert whole.after is None
    turned = []
    after = None
    while True:
        page = lake.events(period=YEAR, title_id=1, limit=limit, after=after)
        assert 1 <= len(page.events) <= limit
        turned += page.events
        after = page.after
        if after is None:
            break
    assert tuple(turned) == whole.events
    assert turned == sorted(turned, key=lambda event: (event.occurred_at_us, event.id))


def test_pages_are_narrowed_by_kind_episode_and_day(lake: Lake) -> None:
    assert len(lake.events(period=YEAR, kind="progress").events) == 10
    assert [e.kind for e in lake.events(period=YEAR, episode_number=2).events] == ["end"]
    assert len(lake.events(period=YEAR, title_id=1, day=date(2026, 9, 11)).events) == 1
    assert lake.events(period=YEAR, day=date(2025, 9, 11)).events == ()


def test_events_of_some_titles_are_paged_and_streamed_and_no_others(lake: Lake) -> None:
    own = lake.events(period=YEAR, titles=(1,), limit=500).events
    assert own == lake.events(period=YEAR, title_id=1, limit=500).events
    assert tuple(lake.each_event(period=YEAR, titles=(1,))) == own
    assert lake.events(period=YEAR, titles=(1, 2, 99), limit=500).events == (
        lake.events(period=YEAR, limit=500).events
    )
    assert lake.events(period=YEAR, titles=()).events == ()
    assert list(lake.each_event(period=YEAR, titles=(1,), kind="unlock", currency="USD")) == []
    assert {own.kind for own in lake.each_event(period=YEAR, titles=(1,), kind="end")} == {"end"}


def test_what_was_kept_apart_is_paged_with_its_reason(lake: Lake) -> None:
    first = lake.rejected(period=YEAR, limit=3)
    second = lake.rejected(period=YEAR, limit=3, after=first.after)
    kept = (*first.events, *second.events)
    assert {event.refusal for event in kept} == {"lake.too-many-seconds"}
    assert len({event.id for event in kept}) == 5
    assert second.after is None


@pytest.mark.parametrize("after", ["", "1:2", "a:b:c", "1:2:3:4"])
def test_place_that_no_page_gave_is_refused(lake: Lake, after: str) -> None:
    with pytest.raises(InvalidCursor):
        lake.events(period=YEAR, after=after)


def test_empty_lake_has_an_empty_page(tmp_path: Path) -> None:
    page = a_lake(tmp_path).rejected(period=YEAR)
    assert (page.events, page.after) == ((), None)


def test_events_sealed_behind_a_position_are_found_alone(tmp_path: Path) -> None:
    early, late = an_event(seed=1), an_event(seed=2, after_s=60)
    lake = a_sealed_lake(tmp_path, [early])
    position = lake.position()
    spooled(tmp_path, [late])
    lake.seal(now_us=2)
    page = lake.events(period=YEAR, known_after=position)
    assert [event.id for event in page.events] == [late.id]
    assert lake.events(period=YEAR, known_after=lake.position()).events == ()
