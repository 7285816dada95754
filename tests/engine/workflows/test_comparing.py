"""The same title under several terms."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import Fact, Terms
from duanju.kernel import ProblemsFound
from duanju.workflows import compare, find_axis
from tests.support.terms import a_revenue_share, a_tiered_rate, terms_of, unlocked, watched

AFTER = date(2026, 10, 1)
HOUR_MS = 3_600_000


def steady() -> Terms:
    """Return ¥2.00 for every hour."""
    return terms_of(a_tiered_rate((0, "2")))


def rising() -> Terms:
    """Return ¥1.00 an hour, ¥4.00 beyond the first 1,000 hours."""
    return terms_of(a_tiered_rate((0, "1"), (60_000, "4")))


def hours(number: int) -> list[Fact]:
    """Return so many effective hours in September."""
    return [watched(number * 60)]


def test_each_says_who_gets_what() -> None:
    found = compare(
        terms_by_name={"steady": steady(), "rising": rising()}, facts=hours(1_000), as_of=AFTER
    )
    assert [own.by_role for own in found.outcomes] == [
        {"studio": Fraction(200_000)},
        {"studio": Fraction(100_000)},
    ]
    assert found.best == "steady"
    assert (found.axis, found.currency) == ("effective_minutes", "CNY")


def test_crossing_is_found_to_the_millisecond() -> None:
    # 2 h = 1,000 + 4 (h - 1,000) at h = 1,500; from there on the rising terms pay as much or more.
    found = compare(
        terms_by_name={"steady": steady(), "rising": rising()}, facts=hours(1_000), as_of=AFTER
    )
    assert [(own.at, own.before, own.after) for own in found.crossings] == [
        (1_500 * HOUR_MS, "steady", "rising")
    ]


def test_curves_hold_the_facts_themselves_and_reach_twice_as_far() -> None:
    found = compare(
        terms_by_name={"steady": steady(), "rising": rising()}, facts=hours(1_000), as_of=AFTER
    )
    steadily = dict(found.curves[0].points)
    assert steadily[Fraction(60_000)] == 200_000
    assert max(steadily) == 120_000
    assert steadily[Fraction(0)] == 0


def test_curves_that_never_change_sides_have_no_crossing() -> None:
    dearer = terms_of(a_tiered_rate((0, "3")))
    found = compare(
        terms_by_name={"steady": steady(), "dearer": dearer}, facts=hours(10), as_of=AFTER
    )
    assert found.crossings == ()
    assert found.best == "dearer"


def test_three_terms_are_compared_two_by_two() -> None:
    flat = terms_of(a_tiered_rate((0, "2.5")))
    found = compare(
        terms_by_name={"steady": steady(), "rising": rising(), "flat": flat},
        facts=hours(1_500),
        as_of=AFTER,
    )
    # 2.5 h = 1,000 + 4 (h - 1,000) at h = 2,000.
    assert [(own.at, own.after) for own in found.crossings] == [
        (1_500 * HOUR_MS, "rising"),
        (2_000 * HOUR_MS, "rising"),
    ]


def test_viewing_against_a_share_of_income_grows_along_one_axis() -> None:
    shared = terms_of(a_revenue_share())
    facts = [*hours(1_000), unlocked(300_000)]
    found = compare(terms_by_name={"rising": rising(), "shared": shared}, facts=facts, as_of=AFTER)
    # Half of ¥3.00 an hour beside 1,000 + 4 (h - 1,000): they meet at 3,000 / 2.5 = 1,200 hours.
    # Income comes in whole fen, half of which is 4.5 seconds of viewing at ¥4.00 an hour.
    (crossing,) = found.crossings
    assert (crossing.before, crossing.after) == ("shared", "rising")
    assert 1_200 * HOUR_MS - 4_500 <= crossing.at <= 1_200 * HOUR_MS
    assert found.outcomes[1].by_role == {
        "channel": 0,
        "studio": Fraction(150_000),
        "platform": Fraction(150_000),
    }


def test_axis_is_viewing_else_the_largest_income() -> None:
    assert find_axis([watched(1), unlocked(5_000)]) == "effective_minutes"
    assert find_axis([unlocked(5_000)]) == "unlock_income"


def test_nothing_to_grow_is_a_problem() -> None:
    with pytest.raises(ProblemsFound) as refusal:
        compare(terms_by_name={"a": steady(), "b": rising()}, facts=[], as_of=AFTER)
    assert [own.code for own in refusal.value.problems] == ["workflows.nothing-on-the-axis"]


@pytest.mark.parametrize("number", [1, 9])
def test_two_to_eight_terms_are_compared(number: int) -> None:
    named = {str(index): steady() for index in range(number)}
    with pytest.raises(ValueError, match="terms cannot be compared"):
        compare(terms_by_name=named, facts=hours(1), as_of=AFTER)
