"""Money is whole minor units of one currency."""

from decimal import Decimal

import pytest

from duanju.kernel import CURRENCIES, CurrencyMismatch, Money, UnknownCurrency, currency


def test_money_adds_within_a_currency_only() -> None:
    assert Money(150, "CNY") + Money(50, "CNY") - Money(1, "CNY") == Money(199, "CNY")
    assert -Money(150, "CNY") == Money(-150, "CNY")
    with pytest.raises(CurrencyMismatch):
        Money(1, "CNY") + Money(1, "USD")
    with pytest.raises(CurrencyMismatch):
        Money(1, "CNY") - Money(1, "USD")


@pytest.mark.parametrize("amount", [1.0, True, "1", Decimal(1)])
def test_money_is_made_of_integers_only(amount: object) -> None:
    with pytest.raises(TypeError):
        Money(amount, "CNY")  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["RMB", "cny", "", "XXX"])
def test_unknown_currency_is_refused(code: str) -> None:
    with pytest.raises(UnknownCurrency):
        Money(1, code)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(123_456, "CNY"), "CNY 1234.56"),
        (Money(-5, "CNY"), "CNY -0.05"),
        (Money(123_456, "JPY"), "JPY 123456"),
        (Money(123_456, "KWD"), "KWD 123.456"),
        (Money(10**20, "CNY"), "CNY 1000000000000000000.00"),
    ],
)
def test_money_is_written_with_all_digits_of_its_currency(money: Money, text: str) -> None:
    assert str(money) == text


def test_major_units_become_minor_ones_exactly_or_not_at_all() -> None:
    assert Money.of_major("0.10", "CNY") == Money(10, "CNY")
    assert Money.of_major(7, "JPY") == Money(7, "JPY")
    with pytest.raises(ValueError, match="parts of a minor unit"):
        Money.of_major("0.001", "CNY")


def test_nothing_is_false() -> None:
    assert not Money(0, "CNY")
    assert Money(-1, "CNY")


def test_minor_units_of_a_major_one_follow_the_digits() -> None:
    assert {currency(code).minor_per_major for code in CURRENCIES} == {1, 100, 1000}
