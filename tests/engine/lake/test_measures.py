"""Sums are exact, and the order, the copies and the lateness of events change none."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duanju.adapters.lake import DayMeasure, EpisodeMeasure, Event, TitleMeasure, microseconds
from duanju.kernel import Month, Period
from tests.support.events import (
    a_report,
    an_event,
    an_honest_session,
    an_unlock,
    received_later,
)
from tests.support.lakes import YEAR, a_lake, a_sealed_lake

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTHING = {
    "effective_ms": 0,
    "starts": 0,
    "ends": 0,
    "paywalls": 0,
    "unlocks": 0,
    "coins": 0,
    "amount_minor": 0,
}


def test_titles_are_measured_by_channel_and_currency(tmp_path: Path) -> None:
    told = [
        *an_honest_session(session_id=1, reports=3),
        an_event(seed=2, kind="end", after_s=40),
        an_event(seed=3, kind="paywall", after_s=41, episode_number=2),
        an_unlock(seed=4, amount_minor=80, after_s=42),
        an_unlock(seed=5, amount_minor=99, currency="USD", after_s=43),
        an_event(seed=6, title_id=2, channel="google_play"),
    ]
    lake = a_sealed_lake(tmp_path, told)
    played = NOTHING | {"effective_ms": 30_000, "starts": 1, "ends": 1, "paywalls": 1}
    bought = NOTHING | {"unlocks": 1, "coins": 80}
    assert lake.measure(period=YEAR) == (
        TitleMeasure(title_id=1, channel="web", currency="", **played),
        TitleMeasure(title_id=1, channel="web", currency="CNY", **bought | {"amount_minor": 80}),
        TitleMeasure(title_id=1, channel="web", currency="USD", **bought | {"amount_minor": 99}),
        TitleMeasure(title_id=2, channel="google_play", currency="", **NOTHING | {"starts": 1}),
    )
    assert [each.title_id for each in lake.measure(period=YEAR, titles=[2, 3])] == [2]
    assert lake.measure(period=YEAR, titles=[]) == ()


def test_empty_lake_measures_nothing(tmp_path: Path) -> None:
    lake = a_lake(tmp_path)
    assert lake.measure(period=YEAR) == ()
    assert lake.position() == 0


def test_sums_beyond_64_bits_are_exact(tmp_path: Path) -> None:
    largest = 2**63 - 1
    told = [an_unlock(seed=seed, amount_minor=largest, after_s=seed) for seed in range(5)]
    lake = a_sealed_lake(tmp_path, told)
    (measure,) = lake.measure(period=YEAR)
    assert measure.amount_minor == 5 * largest == 46116860184273879035


def test_month_of_a_zone_begins_and_ends_at_its_own_midnight(tmp_path: Path) -> None:
    begins = datetime(2026, 9, 1, tzinfo=SHANGHAI)
    ends = datetime(2026, 10, 1, tzinfo=SHANGHAI)
    moments = [begins - timedelta(microseconds=1000), begins, ends - timedelta(seconds=1), ends]
    told = [
        an_unlock(amount_minor=10**number, seed=number, began_us=microseconds(moment))
        for number, moment in enumerate(moments)
    ]
    lake = a_sealed_lake(tmp_path, told)
    month = Month(2026, 9)
    assert [each.amount_minor for each in lake.measure(period=month.period(SHANGHAI))] == [110]
    assert [each.amount_minor for each in lake.measure(period=month.period(UTC))] == [1100]


def test_event_that_occurred_a_day_beside_its_id_is_found(tmp_path: Path) -> None:
    first = datetime(2026, 9, 1, tzinfo=SHANGHAI)
    last_moment = first + timedelta(days=30) - timedelta(seconds=1)
    told = [
        an_event(
            seed=number,
            began_us=microseconds(occurred - drift),
            occurred_at_us=microseconds(occurred),
            delay_s=90_000,
        )
        for number, (occurred, drift) in enumerate(
            [(first, timedelta(days=1)), (last_moment, timedelta(days=-1))]
        )
    ]
    lake = a_sealed_lake(tmp_path, told)
    (measure,) = lake.measure(period=Month(2026, 9).period(SHANGHAI))
    assert measure.starts == 2


def test_closed_period_is_measured_again_as_it_was_known(tmp_path: Path) -> None:
    told = an_honest_session(session_id=1, reports=2)
    lake = a_sealed_lake(tmp_path, told[:2])
    position = lake.position()
    before = lake.measure(period=YEAR)
    a_sealed_lake(tmp_path, told)
    (now,) = lake.measure(period=YEAR)
    assert now.effective_ms == 20_000
    assert lake.measure(period=YEAR, as_known_at=position) == before
    assert before[0].effective_ms == 10_000
    assert lake.measure(period=YEAR, as_known_at=0) == ()


def test_days_are_those_of_the_zone_even_when_clocks_are_changed(tmp_path: Path) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    october = Month(2026, 10).period(berlin)
    moments = [
        datetime(2026, 10, 25, 0, 30, tzinfo=berlin),
        datetime(2026, 10, 25, 23, 30, tzinfo=berlin),
        datetime(2026, 10, 26, 0, 0, tzinfo=berlin),
    ]
    told = [
        an_event(seed=number, began_us=microseconds(moment), session_id=number)
        for number, moment in enumerate(moments)
    ]
    lake = a_sealed_lake(tmp_path, told)
    assert lake.daily(titles=[1], period=october) == (
        DayMeasure(day=date(2026, 10, 25), currency="", **NOTHING | {"starts": 2}),
        DayMeasure(day=date(2026, 10, 26), currency="", **NOTHING | {"starts": 1}),
    )


def test_episodes_are_measured_each(tmp_path: Path) -> None:
    told = [
        a_report(seconds=7, seed=1, after_s=10, episode_number=1),
        a_report(seconds=3, seed=2, after_s=20, episode_number=2),
        an_event(seed=3, title_id=2, after_s=20),
    ]
    lake = a_sealed_lake(tmp_path, told)
    assert lake.by_episode(titles=[1], period=YEAR) == (
        EpisodeMeasure(episode_number=1, currency="", **NOTHING | {"effective_ms": 7_000}),
        EpisodeMeasure(episode_number=2, currency="", **NOTHING | {"effective_ms": 3_000}),
    )


def test_titles_are_added_up_together(tmp_path: Path) -> None:
    told = [
        a_report(seconds=7, seed=1, after_s=10, episode_number=1),
        a_report(seconds=3, seed=2, after_s=20, episode_number=1, title_id=2, session_id=2),
        a_report(seconds=2, seed=3, after_s=30, episode_number=1, title_id=3, session_id=3),
    ]
    lake = a_sealed_lake(tmp_path, told)
    together = NOTHING | {"effective_ms": 10_000}
    assert lake.by_episode(titles=[1, 2], period=YEAR) == (
        EpisodeMeasure(episode_number=1, currency="", **together),
    )
    assert lake.daily(titles=[1, 2], period=YEAR) == (
        DayMeasure(day=date(2026, 9, 10), currency="", **together),
    )
    assert lake.daily(titles=[], period=YEAR) == ()


def test_late_event_changes_the_month_in_which_it_occurred(tmp_path: Path) -> None:
    september, october = Month(2026, 9).period(UTC), Month(2026, 10).period(UTC)
    late = an_unlock(amount_minor=80, delay_s=40 * 86_400)
    lake = a_sealed_lake(tmp_path, [late])
    assert [each.amount_minor for each in lake.measure(period=september)] == [80]
    assert lake.measure(period=october) == ()


@settings(max_examples=20)
@given(
    sessions=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    randomness=st.integers(0, 2**32),
    seals=st.integers(1, 3),
    copies=st.integers(0, 6),
)
def test_order_copies_and_lateness_change_no_measure(
    tmp_path_factory: pytest.TempPathFactory,
    sessions: list[int],
    randomness: int,
    seals: int,
    copies: int,
) -> None:
    dice = random.Random(randomness)
    day = timedelta(days=1)
    told = [
        event
        for number, reports in enumerate(sessions, start=1)
        for event in an_honest_session(
            session_id=number,
            reports=reports,
            title_id=1 + number % 2,
            began_us=microseconds(datetime(2026, 9, 1, 23, 59, 45, tzinfo=UTC) + number * day),
        )
    ]
    told += [an_unlock(seed=seed, amount_minor=2**62 + seed, after_s=seed) for seed in range(3)]
    resent = [
        received_later(dice.choice(told), seconds=dice.randint(1, 3 * 86_400))
        for _ in range(copies)
    ]
    batches: list[list[Event]] = [[] for _ in range(seals)]
    for event in [*told, *resent]:
        dice.choice(batches).append(event)
    for batch in batches:
        dice.shuffle(batch)
    lake = a_sealed_lake(tmp_path_factory.mktemp("lake"), *batches)
    assert lake.measure(period=YEAR) == added_up(told)


def added_up(events: Iterable[Event]) -> tuple[TitleMeasure, ...]:
    """Add up distinct events in plain Python."""
    sums: dict[tuple[int, str, str], Counter[str]] = defaultdict(Counter)
    for event in events:
        own = sums[event.title_id, event.channel, event.currency]
        own.update(
            effective_ms=event.effective_ms, coins=event.coins, amount_minor=event.amount_minor
        )
        if event.kind != "progress":
            own[f"{event.kind}s"] += 1
    return tuple(
        TitleMeasure(title_id=title_id, channel=channel, currency=currency, **NOTHING | own)
        for (title_id, channel, currency), own in sorted(sums.items())
    )


def test_period_is_half_open_to_the_microsecond(tmp_path: Path) -> None:
    event = an_event()
    moment = datetime(2026, 9, 10, 12, tzinfo=UTC)
    tick = timedelta(microseconds=1)
    lake = a_sealed_lake(tmp_path, [event])
    assert len(lake.measure(period=Period(moment, moment + tick))) == 1
    assert lake.measure(period=Period(moment - tick, moment)) == ()
