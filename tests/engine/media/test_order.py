"""Which file is taken for which episode."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.adapters.media import order_episodes
from duanju.kernel import Problem, Where


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("第01集.mp4", 1),
        ("夜航 第十二集 重逢.mp4", 12),
        ("第一百零三集.mov", 103),
        ("第二十集（大结局）.mp4", 20),
        ("第１２集.mp4", 12),
        ("第3話.mp4", 3),
        ("夜航12集.mp4", 12),
        ("Night Flight EP07.mp4", 7),
        ("night.flight.s01e08.1080p.h264.mp4", 8),
        ("Episode 9.mp4", 9),
        ("episode_010_final_v2.mp4", 10),
        ("11.mp4", 11),
        ("夜航/02-2号公寓.mp4", 2),
        ("全80集_05_720x1280.mp4", 5),
        ("夜航_20260901_06.mp4", 6),
        ("004 回家.mp4", 4),
    ],
)
def test_reads_the_number_that_a_name_carries(name: str, number: int) -> None:
    assert order_episodes(names=[name]).numbered == ((number, name),)
    assert order_episodes(names=[name]).problems == ()


def test_ten_comes_after_nine() -> None:
    names = [f"{number}.mp4" for number in range(1, 13)]
    shuffled = random.Random(7).sample(names, len(names))

    assert [name for _, name in order_episodes(names=shuffled).numbered] == names


def test_a_number_that_all_share_is_not_the_episode() -> None:
    names = ["3号公寓 1.mp4", "3号公寓 2.mp4", "3号公寓 3.mp4"]

    assert order_episodes(names=names).numbered == tuple(enumerate(names, start=1))


def test_a_leading_number_counts_before_one_in_the_name() -> None:
    names = ["01 公寓7.mp4", "02 公寓9.mp4", "03 回家.mp4"]

    order = order_episodes(names=names)

    assert order.numbered == tuple(enumerate(names, start=1))
    assert order.problems == ()


def test_two_files_of_one_number_are_both_named() -> None:
    order = order_episodes(names=["第1集.mp4", "EP01.mp4"])

    assert order.numbered == ((1, "EP01.mp4"), (1, "第1集.mp4"))
    assert order.problems == (
        Problem("media.same-number", Where(file="EP01.mp4"), {"number": 1, "files": 2}),
        Problem("media.same-number", Where(file="第1集.mp4"), {"number": 1, "files": 2}),
    )


def test_a_name_without_a_number_comes_last_and_is_marked() -> None:
    order = order_episodes(names=["番外.mp4", "第2集.mp4", "第1集.mp4"])

    assert order.numbered == ((1, "第1集.mp4"), (2, "第2集.mp4"), (3, "番外.mp4"))
    assert order.problems == (
        Problem("media.number-guessed", Where(file="番外.mp4"), {"number": 3}),
    )


def test_a_gap_is_pointed_out() -> None:
    order = order_episodes(names=["第5集.mp4", "第8集.mp4"])

    assert order.problems == (Problem("media.number-missing", params={"first": 6, "last": 7}),)


def test_no_files_are_no_episodes() -> None:
    assert order_episodes(names=[]).numbered == ()


@given(st.lists(st.text(min_size=1, max_size=30), unique=True, max_size=12), st.randoms())
def test_every_file_is_numbered_once_whatever_the_order(
    names: list[str], randomness: random.Random
) -> None:
    order = order_episodes(names=names)
    shuffled = randomness.sample(names, len(names))

    assert sorted(name for _, name in order.numbered) == sorted(names)
    assert all(number >= 1 for number, _ in order.numbered)
    assert order_episodes(names=shuffled).numbered == order.numbered
