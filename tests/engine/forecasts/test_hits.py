"""Draws of uncertain performance."""

from fractions import Fraction

import pytest

from duanju.forecasts import HitShape, draw_factors

HALF = Fraction(1, 2)


def test_same_seed_draws_the_same_and_another_does_not() -> None:
    first = draw_factors(shape=HitShape(), runs=50, seed=7)
    assert first == draw_factors(shape=HitShape(), runs=50, seed=7)
    assert first != draw_factors(shape=HitShape(), runs=50, seed=8)


def test_middle_title_does_neither_better_nor_worse() -> None:
    factors = sorted(draw_factors(shape=HitShape(), runs=1001, seed=1))
    assert abs(factors[500] - 1) < Fraction(1, 100)


@pytest.mark.parametrize("loss_share", [Fraction(80, 100), Fraction(85, 100), Fraction(90, 100)])
def test_that_part_of_titles_stays_below_break_even(loss_share: Fraction) -> None:
    shape = HitShape(loss_share=loss_share)
    factors = draw_factors(shape=shape, runs=1000, seed=3)
    below = sum(1 for factor in factors if factor < shape.break_even_factor)
    assert abs(Fraction(below, 1000) - loss_share) <= Fraction(1, 1000)


@pytest.mark.parametrize("top_share", [Fraction(60, 100), Fraction(65, 100), Fraction(70, 100)])
def test_best_titles_bring_that_part_of_everything(top_share: Fraction) -> None:
    factors = sorted(draw_factors(shape=HitShape(top_share=top_share), runs=10_000, seed=5))
    assert abs(sum(factors[9500:]) / sum(factors) - top_share) < Fraction(2, 100)


def test_equal_titles_where_the_best_bring_no_more_than_their_number() -> None:
    shape = HitShape(top_share=Fraction(5, 100))
    assert set(draw_factors(shape=shape, runs=20, seed=1)) == {Fraction(1)}


@pytest.mark.parametrize("runs", [0, 20_001])
def test_number_of_draws_is_limited(runs: int) -> None:
    with pytest.raises(ValueError, match="runs is"):
        draw_factors(shape=HitShape(), runs=runs, seed=1)


@pytest.mark.parametrize(
    ("loss_share", "top_share"),
    [(Fraction(0), HALF), (Fraction(1), HALF), (HALF, Fraction(4, 100)), (HALF, Fraction(1))],
)
def test_shapes_that_do_not_exist_are_refused(loss_share: Fraction, top_share: Fraction) -> None:
    with pytest.raises(ValueError, match="share is"):
        HitShape(loss_share, top_share)
