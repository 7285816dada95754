"""Exact numbers as people read them."""

from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_currency, format_decimal
from django.utils.translation import gettext as _

from duanju.kernel import Money, currency, round_half_even
from duanju_web.shared.templatetags.duanju import babel_locale

DECIMALS_MAX = 6


def number_in_words(number: Fraction) -> str:
    """Show a number with separators; one without a short decimal form shows its fraction too."""
    decimal = _decimal_or_none(number)
    if decimal is not None:
        return decimal
    rounded = Decimal(round(number * 10**4)).scaleb(-4)
    approximate = format_decimal(rounded, format="#,##0.####", locale=babel_locale())
    return f"{number.numerator}/{number.denominator} ≈ {approximate}"


def minutes_in_words(minutes: Fraction) -> str:
    """Show minutes with their unit; those that are not whole to the thousandth."""
    if minutes.denominator == 1:
        shown = number_in_words(minutes)
    else:
        rounded = Decimal(round(minutes * 1000)).scaleb(-3)
        shown = format_decimal(rounded, format="#,##0.###", locale=babel_locale())
    return _("%(minutes)s min") % {"minutes": shown}


def plotted(number: Fraction) -> str:
    """Return a number to the thousandth as a script reads it, only to place it in a chart."""
    return str(Decimal(round(number * 1000)).scaleb(-3))


def share_in_words(share: Fraction) -> str:
    """Show a share as a percentage, exactly."""
    return f"{number_in_words(share * 100)}%"


def rate_in_words(rate: Fraction, code: str) -> str:
    """Show a rate in major units with its currency; it may be finer than the minor unit."""
    minor = rate * currency(code).minor_per_major
    if minor.denominator == 1:
        return money_in_words(minor.numerator, code)
    return f"{code} {number_in_words(rate)}"


def money_in_words(amount_minor: int, code: str) -> str:
    """Show whole minor units as money, all minor digits."""
    amount = Money(amount_minor, code).as_decimal()
    return format_currency(amount, code, locale=babel_locale())


def rounded_money_in_words(amount: Fraction, code: str) -> str:
    """Show exact minor units as money, rounded as an amount owed is rounded."""
    return money_in_words(round_half_even(amount), code)


def exact_minor_in_words(amount: Fraction) -> str:
    """Show exact minor units as a mixed number, `6,666,666 2/3`."""
    whole, rest = divmod(abs(amount), 1)
    sign = "−" if amount < 0 else ""
    shown = format_decimal(int(whole), locale=babel_locale())
    if not rest:
        return sign + shown
    return f"{sign}{shown} {rest.numerator}/{rest.denominator}"


def _decimal_or_none(number: Fraction) -> str | None:
    scale = 10**DECIMALS_MAX
    if (number * scale).denominator != 1:
        return None
    scaled = int(number * scale)
    sign = "−" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), scale)
    decimals = f"{rest:0{DECIMALS_MAX}d}".rstrip("0")
    shown = format_decimal(whole, locale=babel_locale())
    return sign + shown + (f".{decimals}" if decimals else "")
