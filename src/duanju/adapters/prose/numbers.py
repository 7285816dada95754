"""Exact numbers, money and days as people read them, by Babel.

A number that is an input or an amount owed keeps all its digits. Only thresholds are shown in 万
and 亿, and only where that loses nothing.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from duanju.kernel import Money, Month, currency, round_half_even

LANGUAGES = ("en", "zh-Hans")
"""The languages that every sentence exists in; the first is read where another is asked for."""

DECIMALS_MAX = 6
_LOCALES = {"en": "en_US", "zh-Hans": "zh_Hans"}
_WAN, _YI = 10**4, 10**8


def supported(language: str) -> str:
    """Return the language that is read where this one is asked for.

    >>> supported("zh-Hans"), supported("fr")
    ('zh-Hans', 'en')
    """
    return language if language in LANGUAGES else LANGUAGES[0]


def locale_of(language: str) -> str:
    """Return Babel's name of the locale for a language."""
    return _LOCALES[supported(language)]


def say_number(number: Fraction, language: str) -> str:
    """Show a number with separators; one without a short decimal form shows its fraction, too.

    >>> say_number(Fraction(25, 2), "en"), say_number(Fraction(1, 3), "en")
    ('12.5', '1/3 ≈ 0.3333')
    """
    decimal = _decimal_or_none(number, language)
    if decimal is not None:
        return decimal
    rounded = Decimal(round(number * 10**4)).scaleb(-4)
    approximate = format_decimal(rounded, format="#,##0.####", locale=locale_of(language))
    return f"{number.numerator}/{number.denominator} ≈ {approximate}"


def say_exactly(number: Fraction, language: str) -> str:
    """Show a number exactly and nothing beside it: `12.5`, `1/3`."""
    return say_number(number, language).split(" ≈ ", maxsplit=1)[0]


def say_threshold(number: Fraction, language: str) -> str:
    """Show a threshold; in Chinese in 万 or 亿 where that is shorter and exact.

    >>> say_threshold(Fraction(1_500_000), "zh-Hans"), say_threshold(Fraction(1_234_567), "zh-Hans")
    ('150万', '1,234,567')
    """
    if supported(language) == "zh-Hans":
        for size, word in ((_YI, "亿"), (_WAN, "万")):
            if abs(number) >= size and (number * 100 / size).denominator == 1:
                return say_number(number / size, language) + word
    return say_number(number, language)


def say_share(share: Fraction, language: str) -> str:
    """Show a share as a percentage, exactly.

    >>> say_share(Fraction(3, 20), "en")
    '15%'
    """
    return f"{say_number(share * 100, language)}%"


def say_money(amount_minor: int, code: str, language: str) -> str:
    """Show whole minor units as money, with all minor digits."""
    amount = Money(amount_minor, code).as_decimal()
    return format_currency(amount, code, locale=locale_of(language))


def say_rounded_money(amount_minor: Fraction, code: str, language: str) -> str:
    """Show exact minor units as money, rounded as an amount owed is rounded."""
    return say_money(round_half_even(amount_minor), code, language)


def say_amount(amount: Fraction, code: str, language: str) -> str:
    """Show an amount in major units exactly; a rate may be finer than the minor unit.

    >>> say_amount(Fraction(3, 2), "CNY", "zh-Hans"), say_amount(Fraction(1, 200), "CNY", "en")
    ('¥1.50', 'CN¥0.005')
    """
    minor = amount * currency(code).minor_per_major
    if minor.denominator == 1:
        return say_money(minor.numerator, code, language)
    if (amount * 10**DECIMALS_MAX).denominator == 1:
        decimal = Decimal(int(amount * 10**DECIMALS_MAX)).scaleb(-DECIMALS_MAX)
        return format_currency(
            decimal.normalize(), code, locale=locale_of(language), decimal_quantization=False
        )
    return f"{code} {say_number(amount, language)}"


def say_money_threshold(amount: Fraction, code: str, language: str) -> str:
    """Show a threshold in major units: `CN¥1,000,000.00`, `¥100万`."""
    shown = say_threshold(amount, language)
    if shown[-1:] not in "万亿":
        return say_amount(amount, code, language)
    return get_currency_symbol(code, locale=locale_of(language)) + shown


def say_minor_exactly(amount: Fraction, language: str) -> str:
    """Show exact minor units as a mixed number, `6,666,666 2/3`."""
    whole, rest = divmod(abs(amount), 1)
    sign = "−" if amount < 0 else ""
    shown = format_decimal(int(whole), locale=locale_of(language))
    if not rest:
        return sign + shown
    return f"{sign}{shown} {rest.numerator}/{rest.denominator}"


def say_minutes(minutes: Fraction, language: str) -> str:
    """Show minutes with their unit; those that are not whole to the thousandth."""
    thousandths = Fraction(round(minutes * 1000), 1000)
    unit = "分钟" if supported(language) == "zh-Hans" else "min"
    return f"{say_number(thousandths, language)} {unit}"


def say_day(day: date, language: str) -> str:
    """Show a day: `3 June 2025`, `2025年6月3日`."""
    pattern = "y年M月d日" if supported(language) == "zh-Hans" else "d MMMM y"
    return format_date(day, format=pattern, locale=locale_of(language))


def say_month(month: Month, language: str) -> str:
    """Show a month: `June 2025`, `2025年6月`."""
    pattern = "y年M月" if supported(language) == "zh-Hans" else "MMMM y"
    first = date(month.year, month.number, 1)
    return format_date(first, format=pattern, locale=locale_of(language))


def say_list(words: list[str] | tuple[str, ...], language: str) -> str:
    """Join words: `a, b, and c`, `a、b和c`."""
    return format_list(list(words), locale=locale_of(language)) if words else ""


def _decimal_or_none(number: Fraction, language: str) -> str | None:
    scale = 10**DECIMALS_MAX
    if (number * scale).denominator != 1:
        return None
    scaled = int(number * scale)
    sign = "−" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), scale)
    decimals = f"{rest:0{DECIMALS_MAX}d}".rstrip("0")
    shown = format_decimal(whole, locale=locale_of(language))
    return sign + shown + (f".{decimals}" if decimals else "")
