"""Money in another currency: the published rate, exactly, rounded once."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import Money
from duanju.settlement import (
    Conversion,
    ExchangeRate,
    NoRate,
    PinnedRates,
    convert,
    pin_rates,
    total_by_currency,
)

FRIDAY, SATURDAY = date(2026, 10, 30), date(2026, 10, 31)


def rate(quote: str, figure: str, day: date = FRIDAY, base: str = "EUR") -> ExchangeRate:
    return ExchangeRate(day, base, quote, Fraction(figure))


def pinned(*rates: ExchangeRate, day: date = SATURDAY) -> PinnedRates:
    return pin_rates(rates, source="ecb", day=day)


RATES = pinned(rate("CNY", "7.8125"), rate("USD", "1.25"), rate("JPY", "160"))


@pytest.mark.parametrize(
    ("given_minor", "code", "to", "got_minor"),
    [
        (100, "EUR", "CNY", 781),  # 781.25 fen
        (1000, "CNY", "EUR", 128),  # exactly
        (10_000, "USD", "CNY", 62_500),  # over the euro: 6.25 yuan a dollar
        (100, "EUR", "JPY", 160),  # the yen has no smaller unit
        (1, "JPY", "EUR", 1),  # 0.625 cents
        (200, "EUR", "CNY", 1562),  # 1562.5 fen: the even neighbour
        (-200, "EUR", "CNY", -1562),
        (0, "USD", "CNY", 0),
        (5, "CNY", "CNY", 5),
    ],
)
def test_an_amount_is_converted_exactly_and_rounded_once(
    given_minor: int, code: str, to: str, got_minor: int
) -> None:
    assert convert(Money(given_minor, code), to=to, rates=RATES).got == Money(got_minor, to)


def test_a_conversion_tells_its_rate_and_where_it_is_from() -> None:
    conversion = convert(Money(300, "USD"), to="CNY", rates=RATES)
    assert conversion == Conversion(
        given=Money(300, "USD"),
        got=Money(1875, "CNY"),
        exact_minor=Fraction(1875),
        rate=Fraction("6.25"),
        path=(rate("USD", "1.25"), rate("CNY", "7.8125")),
        source="ecb",
    )
    assert [
        (own.account, own.amount_minor, own.currency) for own in conversion.legs("payable:s")
    ] == [
        ("payable:s", -300, "USD"),
        ("conversion:ecb", 300, "USD"),
        ("conversion:ecb", -1875, "CNY"),
        ("payable:s", 1875, "CNY"),
    ]


def test_the_last_rate_on_the_day_is_pinned_and_no_later_nor_stale_one() -> None:
    thursday, monday = date(2026, 10, 29), date(2026, 11, 2)
    rates = [rate("CNY", "7", thursday), rate("CNY", "8"), rate("CNY", "9", monday)]
    assert pinned(*rates).rate("EUR", "CNY") == 8
    assert pinned(*rates, day=thursday).rate("EUR", "CNY") == 7
    assert pinned(*rates, day=date(2026, 11, 12)).rate("EUR", "CNY") == 9
    with pytest.raises(NoRate):
        pinned(*rates, day=date(2026, 11, 13)).rate("EUR", "CNY")


def test_no_rate_is_no_money() -> None:
    for code, to in (("GBP", "CNY"), ("CNY", "GBP")):
        with pytest.raises(NoRate):
            convert(Money(100, code), to=to, rates=RATES)


def test_pinned_rates_are_held_by_their_digest() -> None:
    again = pinned(rate("JPY", "160"), rate("CNY", "7.8125"), rate("USD", "1.25"))
    assert again.digest == RATES.digest
    assert pinned(rate("CNY", "7.8126")).digest != pinned(rate("CNY", "7.8125")).digest


figures = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=10**6)


@given(amount=st.integers(-(10**15), 10**15), dollar=figures, yuan=figures)
def test_what_is_converted_balances_and_is_within_half_a_minor_unit(
    amount: int, dollar: Fraction, yuan: Fraction
) -> None:
    rates = pinned(
        ExchangeRate(FRIDAY, "EUR", "USD", dollar), ExchangeRate(FRIDAY, "EUR", "CNY", yuan)
    )
    conversion = convert(Money(amount, "USD"), to="CNY", rates=rates)
    assert conversion.exact_minor == amount * yuan / dollar
    assert abs(conversion.got.amount_minor - conversion.exact_minor) <= Fraction(1, 2)
    assert not any(total_by_currency(conversion.legs("payable:studio:s")).values())
    assert rates.rate("USD", "CNY") * rates.rate("CNY", "USD") == 1
