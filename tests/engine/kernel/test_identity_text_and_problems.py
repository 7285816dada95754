"""Ids in the order of time, texts in several languages, problems with a place."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import (
    InvalidId,
    Problem,
    ProblemsFound,
    Text,
    UntranslatedText,
    Where,
    id_from_halves,
    id_halves,
    id_time_ms,
    new_id,
    parse_id,
)

times = st.integers(min_value=0, max_value=2**48 - 1)
randomness = st.integers(min_value=0, max_value=2**74 - 1)


@given(times, randomness)
def test_id_carries_its_time_and_survives_being_halved(time_ms: int, random_bits: int) -> None:
    own = new_id(time_ms=time_ms, random_bits=random_bits)
    assert id_time_ms(own) == time_ms
    assert id_from_halves(*id_halves(own)) == own
    assert parse_id(str(own)) == own
    assert own.variant == uuid.RFC_4122


@given(times, times, randomness, randomness)
def test_ids_are_in_the_order_of_their_times(
    first: int, second: int, some: int, other: int
) -> None:
    one, two = new_id(time_ms=first, random_bits=some), new_id(time_ms=second, random_bits=other)
    assert first == second or (one < two) == (first < second)


@pytest.mark.parametrize("text", ["", "not an id", "12345678-1234-4234-8234-123456789012"])
def test_what_is_no_id_of_version_7_is_refused(text: str) -> None:
    with pytest.raises(InvalidId):
        parse_id(text)


def test_time_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="48 bits"):
        new_id(time_ms=2**48, random_bits=0)


@pytest.mark.parametrize(
    ("texts", "asked", "shown"),
    [
        ({"en": "a", "zh-Hans": "甲"}, "zh-Hans", "甲"),
        ({"en": "a", "zh-Hans": "甲"}, "zh-Hans-CN", "甲"),
        ({"en": "a", "zh-Hans": "甲"}, "zh", "甲"),
        ({"zh-Hans": "甲", "en": "a"}, "fr", "a"),
        ({"zh-Hans": "甲"}, "en", "甲"),
        ({"en": "", "zh-Hans": "甲"}, "en", "甲"),
    ],
)
def test_text_falls_back_as_stated(texts: dict[str, str], asked: str, shown: str) -> None:
    assert Text(texts).in_language(asked) == shown


def test_text_in_no_language_is_refused() -> None:
    for nothing in ({}, {"en": ""}):
        with pytest.raises(UntranslatedText):
            Text(nothing)


def test_place_of_a_problem_reads_like_a_compilers() -> None:
    assert str(Where("a.toml", 3, 5, "clause.0")) == "a.toml:3:5 [clause.0]"
    assert str(Where("a.toml", 3)) == "a.toml:3"
    assert str(Where()) == ""


def test_problems_found_names_the_first_three() -> None:
    found = ProblemsFound(tuple(Problem(f"room.p{n}", Where("a", n)) for n in range(1, 6)))
    assert str(found) == "a:1 room.p1; a:2 room.p2; a:3 room.p3 and 2 more"
    assert len(found.problems) == 5
