"""The demo's simulated viewing follows the published figures and never changes."""

from collections import Counter
from functools import cache
from random import Random

from duanju_web.demo.viewing import DAYS, ShownTitle, Viewing, simulate_viewing
from duanju_web.demo.viewing.watching import first_watch_ms

DAY_US = 86_400_000_000


def a_catalogue() -> list[ShownTitle]:
    random = Random(5)
    return [
        ShownTitle(
            title_id=number,
            audience="abroad" if number % 3 == 0 else "home",
            lengths_ms=tuple(random.randint(60_000, 120_000) for _ in range(75)),
            free_episode_count=10,
            price_coins=80,
            weight=1 + number % 5,
            first_day=0,
            channels=(("web", 1),),
            territory="CN",
            language="zh-Hans",
            utc_offset_h=8,
        )
        for number in range(1, 19)
    ]


@cache
def the_viewing() -> Viewing:
    return simulate_viewing(titles=a_catalogue(), people=6_000, seed=20260901)


def test_first_watches_reach_3_s_10_s_and_the_end_as_often_as_real_ones() -> None:
    random = Random(1)
    watched_ms = [first_watch_ms(random, 90_000) for _ in range(20_000)]

    assert abs(sum(ms >= 3_000 for ms in watched_ms) / 20_000 - 0.60) < 0.01
    assert abs(sum(ms >= 10_000 for ms in watched_ms) / 20_000 - 0.41) < 0.01
    assert abs(sum(ms == 90_000 for ms in watched_ms) / 20_000 - 0.12) < 0.01


def test_five_to_ten_per_cent_of_those_who_start_pay() -> None:
    viewing = the_viewing()
    paying = {wish.viewer_id for wish in viewing.wishes}

    assert paying <= viewing.starter_ids
    assert 0.05 <= len(paying) / len(viewing.starter_ids) <= 0.10


def test_the_top_five_per_cent_of_payers_bring_most_of_the_revenue() -> None:
    spent = Counter[int]()
    for wish in the_viewing().wishes:
        spent[wish.viewer_id] += wish.coins
    descending = sorted(spent.values(), reverse=True)

    share = sum(descending[: len(descending) // 20]) / sum(descending)

    assert 0.55 <= share <= 0.70


def test_the_same_seed_gives_the_same_events_and_another_seed_gives_others() -> None:
    one = simulate_viewing(titles=a_catalogue(), people=50, seed=1)
    again = simulate_viewing(titles=a_catalogue(), people=50, seed=1)
    other = simulate_viewing(titles=a_catalogue(), people=50, seed=2)

    assert one == again
    assert {event.id for event in one.events}.isdisjoint(event.id for event in other.events)


def test_every_event_lies_within_the_simulated_days_and_has_its_own_id() -> None:
    events = the_viewing().events
    first_us = 1_788_220_800_000_000

    assert len({event.id for event in events}) == len(events)
    assert min(event.occurred_at_us for event in events) >= first_us
    assert max(event.occurred_at_us for event in events) < first_us + (DAYS + 1) * DAY_US


def test_nobody_unlocks_an_episode_twice_or_one_that_is_free() -> None:
    unlocked = [(w.viewer_id, w.title_id, w.episode_number) for w in the_viewing().wishes]

    assert len(set(unlocked)) == len(unlocked)
    assert min(number for _viewer, _title, number in unlocked) == 11


def test_some_plays_are_told_only_after_their_month_was_closed() -> None:
    late = [e for e in the_viewing().events if e.received_at_us - e.occurred_at_us > DAY_US]

    assert late
    assert all(event.received_at_us > event.occurred_at_us for event in the_viewing().events)
