"""Exact numbers as the reader reads them: what the library says, in the active language."""

from decimal import Decimal
from fractions import Fraction

from duanju.adapters.prose import numbers
from duanju_web.deals.mapping.words import reader_language


def number_in_words(number: Fraction) -> str:
    """Show a number with separators; one without a short decimal form shows its fraction too."""
    return numbers.say_number(number, reader_language())


def minutes_in_words(minutes: Fraction) -> str:
    """Show minutes with their unit; those that are not whole to the thousandth."""
    return numbers.say_minutes(minutes, reader_language())


def plotted(number: Fraction) -> str:
    """Return a number to the thousandth as a script reads it, only to place it in a chart."""
    return str(Decimal(round(number * 1000)).scaleb(-3))


def share_in_words(share: Fraction) -> str:
    """Show a share as a percentage, exactly."""
    return numbers.say_share(share, reader_language())


def rate_in_words(rate: Fraction, code: str) -> str:
    """Show a rate in major units with its currency; it may be finer than the minor unit."""
    return numbers.say_amount(rate, code, reader_language())


def money_in_words(amount_minor: int, code: str) -> str:
    """Show whole minor units as money, all minor digits."""
    return numbers.say_money(amount_minor, code, reader_language())


def exact_minor_in_words(amount: Fraction) -> str:
    """Show exact minor units as a mixed number, `6,666,666 2/3`."""
    return numbers.say_minor_exactly(amount, reader_language())
