"""Impossible reports are kept apart with their reason, and honest ones never are."""

from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duanju.adapters.lake import Event, microseconds
from tests.support.events import (
    NOON,
    SECOND_US,
    a_report,
    an_event,
    an_honest_session,
    an_id,
    an_unlock,
)
from tests.support.lakes import a_sealed_lake, counted, kept_apart

DAY_S = 86_400
NOON_US = microseconds(NOON)


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (a_report(seconds=14, after_s=10, delay_s=1), "lake.too-many-seconds"),
        (an_event(after_s=602, delay_s=-601), "lake.from-the-future"),
        (
            an_event(id=an_id(NOON_US, 1), occurred_at_us=NOON_US + 602 * SECOND_US, delay_s=1),
            "lake.from-the-future",
        ),
        (an_event(delay_s=94 * DAY_S), "lake.too-old"),
        (an_event(session_started_at_us=NOON_US + (DAY_S + 1) * SECOND_US), "lake.too-old"),
        (an_event(after_s=2 * DAY_S + 1), "lake.session-over"),
        (a_report(seconds=1, after_s=5, refusal="lake.episode-locked"), "lake.episode-locked"),
        (
            an_unlock(amount_minor=100, refusal="lake.unlock-from-player"),
            "lake.unlock-from-player",
        ),
    ],
)
def test_impossible_report_is_kept_apart_with_its_reason(
    tmp_path: Path, event: Event, reason: str
) -> None:
    lake = a_sealed_lake(tmp_path, [event], [event])
    assert counted(lake) == []
    assert kept_apart(lake) == [(event.id, reason)]


@pytest.mark.parametrize(
    "event",
    [
        a_report(seconds=13, after_s=10, delay_s=1),
        an_event(after_s=602, delay_s=-600),
        an_event(delay_s=92 * DAY_S),
        an_event(session_started_at_us=NOON_US + DAY_S * SECOND_US),
        an_event(after_s=2 * DAY_S),
        an_unlock(amount_minor=100, delay_s=200 * DAY_S),
    ],
)
def test_report_at_the_edge_of_the_possible_counts(tmp_path: Path, event: Event) -> None:
    lake = a_sealed_lake(tmp_path, [event])
    assert counted(lake) == [event]
    assert kept_apart(lake) == []


def test_seconds_claimed_in_an_earlier_seal_are_remembered(tmp_path: Path) -> None:
    first = a_report(seconds=10, seed=1, after_s=10, sequence=1)
    second = a_report(seconds=10, seed=2, after_s=12, sequence=2)
    lake = a_sealed_lake(tmp_path, [first], [second])
    assert counted(lake) == [first]
    assert kept_apart(lake) == [(second.id, "lake.too-many-seconds")]


def test_seconds_claimed_on_the_day_before_are_remembered(tmp_path: Path) -> None:
    began_us = NOON_US + (DAY_S // 2 - 30) * SECOND_US
    before = a_report(seconds=25, seed=1, began_us=began_us, after_s=25, sequence=1)
    after = a_report(seconds=25, seed=2, began_us=began_us, after_s=31, sequence=2)
    lake = a_sealed_lake(tmp_path, [before], [after])
    assert counted(lake) == [before]
    assert kept_apart(lake) == [(after.id, "lake.too-many-seconds")]


def test_session_that_counts_backwards_cannot_claim_a_second_twice(tmp_path: Path) -> None:
    reports = [
        a_report(seconds=10, seed=number, after_s=10 + number, sequence=100 - number)
        for number in range(10)
    ]
    lake = a_sealed_lake(tmp_path, *([report] for report in reports))
    assert counted(lake) == reports[:1]


def test_session_is_believed_again_when_the_clock_has_caught_up(tmp_path: Path) -> None:
    bold = a_report(seconds=60, seed=1, after_s=5, sequence=1)
    early = a_report(seconds=5, seed=2, after_s=50, sequence=2)
    late = a_report(seconds=5, seed=3, after_s=70, sequence=3)
    lake = a_sealed_lake(tmp_path, [bold, early, late])
    assert counted(lake) == [late]


def test_session_of_another_viewer_is_judged_by_itself(tmp_path: Path) -> None:
    one = an_honest_session(session_id=1, reports=3)
    other = an_honest_session(session_id=2, reports=3)
    lake = a_sealed_lake(tmp_path, [*one, *other])
    assert len(counted(lake)) == 8


def test_forged_times_make_no_folder_for_each_day_of_a_thousand_years(tmp_path: Path) -> None:
    forged = [
        an_event(seed=year, id=an_id(NOON_US + year * 365 * DAY_S * SECOND_US, year))
        for year in range(1, 30)
    ]
    lake = a_sealed_lake(tmp_path, forged)
    assert {reason for _, reason in kept_apart(lake)} == {"lake.from-the-future"}
    assert [path.name for path in (tmp_path / "lake" / "rejected").iterdir()] == ["day=2026-09-11"]


reports = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 40), st.integers(0, 20), st.integers(0, 9)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25)
@given(told=reports, seed=st.randoms(use_true_random=False), cuts=st.sets(st.integers(1, 7)))
def test_verdict_depends_neither_on_the_order_in_the_spool_nor_on_the_cuts(
    tmp_path_factory: pytest.TempPathFactory,
    told: list[tuple[int, int, int, int]],
    seed: Random,
    cuts: set[int],
) -> None:
    events = [
        a_report(seconds=seconds, seed=number, after_s=after_s, delay_s=delay_s, sequence=sequence)
        for number, (seconds, after_s, delay_s, sequence) in enumerate(told)
    ]
    received = sorted(events, key=lambda event: event.received_at_us)
    bounds = sorted(
        cut
        for cut in cuts
        if cut < len(received) and received[cut - 1].received_at_us < received[cut].received_at_us
    )
    batches = [
        received[start:end]
        for start, end in zip([0, *bounds], [*bounds, len(received)], strict=True)
    ]
    for batch in batches:
        seed.shuffle(batch)
    lake = a_sealed_lake(tmp_path_factory.mktemp("lake"), *batches)
    assert {event.id for event in counted(lake)} == believable(events)
    assert {each for each, _ in kept_apart(lake)} == {e.id for e in events} - believable(events)


def believable(events: Iterable[Event]) -> set[str]:
    """Judge the reports of one session as the rule is written, one by one."""
    claimed_ms = 0
    believed = set()
    for event in sorted(events, key=lambda each: (each.received_at_us, each.sequence, each.id)):
        claimed_ms += event.effective_ms
        if claimed_ms * 1000 <= event.received_at_us - event.session_started_at_us + 2 * SECOND_US:
            believed.add(event.id)
    return believed
