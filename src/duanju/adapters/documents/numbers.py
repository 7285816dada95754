"""Exact numbers as people read them."""

from fractions import Fraction

from duanju.kernel import currency

_DECIMALS_MAX = 12


def plain_number(number: Fraction) -> str:
    """Return a number in decimals where they end, else as a fraction.

    >>> plain_number(Fraction(3, 20)), plain_number(Fraction(1, 3)), plain_number(Fraction(10**6))
    ('0.15', '1/3', '1,000,000')
    """
    for digits in range(_DECIMALS_MAX + 1):
        scaled = number * 10**digits
        if scaled.denominator == 1:
            return _decimal(scaled.numerator, digits)
    return f"{number.numerator:,}/{number.denominator:,}"


def in_major_units(amount_minor: Fraction, code: str) -> str:
    """Return exact minor units in major ones, with all their digits or as a fraction.

    >>> in_major_units(Fraction(12345), "CNY"), in_major_units(Fraction(500, 3), "CNY")
    ('123.45', '5/3')
    """
    digits = currency(code).minor_digits
    if amount_minor.denominator == 1:
        return _decimal(amount_minor.numerator, digits)
    return plain_number(amount_minor / 10**digits)


def _decimal(scaled: int, digits: int) -> str:
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**digits)
    return f"{sign}{whole:,}" + (f".{rest:0{digits}d}" if digits else "")
