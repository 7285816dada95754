"""Worked values of the table of policies that no clause computes."""

from fractions import Fraction

import pytest

from duanju.deals import exact_number
from duanju.kernel import Money, round_half_even


@pytest.mark.parametrize(
    ("dollars", "yuan"), [("120", "814.88"), ("119.99", "814.82"), ("120.01", "814.95")]
)
def test_dollars_at_the_rate_frozen_at_application(dollars: str, yuan: str) -> None:
    """O1: 120 × 6.7907 = 814.884; 119.99 × 6.7907 = 814.816093; 120.01 × 6.7907 = 814.951907."""
    rate = exact_number("6.7907")
    assert isinstance(rate, Fraction)
    fen = Money.of_major(dollars, "USD").amount_minor * rate
    assert str(Money(round_half_even(fen), "CNY").as_decimal()) == yuan


def test_largest_product_of_coefficients() -> None:
    """T5: 1 × 2.4 × 1.2."""
    assert Fraction(1) * Fraction("2.4") * Fraction("1.2") == Fraction("2.88")


def test_break_even_of_traffic() -> None:
    """W1: at a return of 1.15, a tenth goes to the channel and 3.5% of the traffic is left."""
    charged = Fraction("1.15")
    assert charged - charged / 10 - 1 == Fraction("0.035")
