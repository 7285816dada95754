"""Fen never vanish."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import RoundingRule, allocate, round_half_even

HALVES = {"a": Fraction(1, 2), "b": Fraction(1, 2), "c": Fraction(0)}
UNEVEN = {"a": Fraction(11, 4), "b": Fraction(21, 4), "c": Fraction(2)}


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        (RoundingRule.LARGEST_REMAINDER, {"a": 3, "b": 5, "c": 2}),
        (RoundingRule.LARGEST_WEIGHT, {"a": 2, "b": 6, "c": 2}),
        (RoundingRule.IN_ORDER, {"a": 3, "b": 5, "c": 2}),
        (RoundingRule.RESIDUAL_PARTY, {"a": 2, "b": 5, "c": 3}),
    ],
)
def test_leftover_fen_go_where_the_rule_says(rule: RoundingRule, parts: dict[str, int]) -> None:
    assert allocate(10, UNEVEN, rule=rule, residual="c") == parts


def test_between_equals_the_first_receives() -> None:
    assert allocate(1, HALVES) == {"a": 1, "b": 0, "c": 0}
    assert allocate(1, {"b": Fraction(1, 2), "a": Fraction(1, 2)}) == {"b": 1, "a": 0}


def test_negative_whole_is_divided_too() -> None:
    assert allocate(-1, {"a": Fraction(-1, 2), "b": Fraction(-1, 2)}) == {"a": 0, "b": -1}


def test_parts_that_are_not_the_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        allocate(2, HALVES)


def test_residual_party_must_be_among_the_parties() -> None:
    for residual in (None, "nobody"):
        with pytest.raises(ValueError, match="not one of the parties"):
            allocate(1, HALVES, rule=RoundingRule.RESIDUAL_PARTY, residual=residual)


weights = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=8).filter(any)


@given(st.integers(min_value=-(10**15), max_value=10**15), weights, st.sampled_from(RoundingRule))
def test_parts_sum_to_the_whole_and_stay_within_a_fen(
    total: int, weighed: list[int], rule: RoundingRule
) -> None:
    exact = {
        str(place): Fraction(total * weight, sum(weighed)) for place, weight in enumerate(weighed)
    }
    parts = allocate(total, exact, rule=rule, residual="0")
    assert sum(parts.values()) == total
    assert list(parts) == list(exact)
    if rule is not RoundingRule.RESIDUAL_PARTY:
        assert all(abs(parts[party] - exact[party]) < 1 for party in exact)


@pytest.mark.parametrize(
    ("amount", "whole"),
    [
        (Fraction(1, 2), 0),
        (Fraction(3, 2), 2),
        (Fraction(-1, 2), 0),
        (Fraction(-3, 2), -2),
        (Fraction(200_001, 3), 66_667),
    ],
)
def test_halves_go_to_the_even_neighbour(amount: Fraction, whole: int) -> None:
    assert round_half_even(amount) == whole
