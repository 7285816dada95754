"""Terms under uncertain performance."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.forecasts import HitShape
from duanju.kernel import ProblemsFound
from duanju.workflows import Anchor, Forecast, simulate
from tests.support.terms import a_tiered_rate, terms_of, watched

AFTER = date(2026, 10, 1)
HOUR_MS = 3_600_000
STEADY = terms_of(a_tiered_rate((0, "2")))
THOUSAND_HOURS = [watched(60_000)]


def test_same_seed_gives_the_same_answer() -> None:
    first, second, other = (
        simulate(terms=STEADY, facts=THOUSAND_HOURS, as_of=AFTER, forecast=Forecast(seed, 40))
        for seed in (1, 1, 2)
    )
    assert first == second
    assert first.amounts != other.amounts


def test_percentiles_are_amounts_that_were_drawn_and_rise() -> None:
    found = simulate(terms=STEADY, facts=THOUSAND_HOURS, as_of=AFTER, forecast=Forecast(1, 100))
    assert [found.low, found.median, found.high] == [found.amounts[n] for n in (9, 49, 89)]
    assert found.low < found.median < found.high
    # The middle title has the facts' 1,000 hours: ¥2,000, within what 100 strata leave.
    assert abs(found.median - 200_000) < 10_000
    assert found.mean == sum(found.amounts) / 100


def test_break_even_is_the_least_success_that_earns_back_what_was_invested() -> None:
    found = simulate(
        terms=STEADY,
        facts=THOUSAND_HOURS,
        as_of=AFTER,
        forecast=Forecast(1, 20),
        invested_major=Fraction(5_000),
    )
    assert found.break_even == 2_500 * HOUR_MS
    assert found.break_even_factor == Fraction(5, 2)
    above = sum(1 for amount in found.amounts if amount >= 500_000)
    assert found.recouped == Fraction(above, 20)


def test_nothing_invested_is_always_recouped() -> None:
    found = simulate(terms=STEADY, facts=THOUSAND_HOURS, as_of=AFTER, forecast=Forecast(1, 20))
    assert (found.recouped, found.break_even) == (1, 0)


def test_that_part_of_titles_recoups_that_the_trade_says() -> None:
    shape = HitShape(loss_share=Fraction(85, 100))
    found = simulate(
        terms=STEADY,
        facts=THOUSAND_HOURS,
        as_of=AFTER,
        forecast=Forecast(1, 200, shape, Anchor.BREAK_EVEN),
        invested_major=Fraction(2_000),
    )
    assert abs(found.recouped - Fraction(15, 100)) <= Fraction(1, 100)


def test_terms_that_pay_nothing_never_break_even() -> None:
    found = simulate(
        terms=terms_of(a_tiered_rate((0, "0"))),
        facts=THOUSAND_HOURS,
        as_of=AFTER,
        forecast=Forecast(1, 10),
        invested_major=Fraction(1),
    )
    assert (found.break_even, found.recouped) == (None, 0)


def test_nothing_to_grow_is_a_problem() -> None:
    with pytest.raises(ProblemsFound) as refusal:
        simulate(terms=STEADY, facts=[], as_of=AFTER, forecast=Forecast(1, 10))
    assert [own.code for own in refusal.value.problems] == ["workflows.nothing-on-the-axis"]
