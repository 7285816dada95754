"""Amounts of money as reports write them, read exactly."""

import re
from fractions import Fraction

from duanju.adapters.reports.mapping import AmountColumn, AmountUnit, Sign
from duanju.kernel import CURRENCIES

DIGITS_MAX = 24
"""Longer numbers are a slip or an attack."""

MINOR_MAX = 2**63 - 1
"""No title earns more in a row; the databases hold no more either."""

_SPACES = "\u00a0\u202f\u2009"
_MINUSES = ("-", "\u2212", "\uff0d")


class BadAmount(ValueError):
    """A cell holds no amount; `code` says why."""

    code = "reports.bad-amount"

    def __init__(self, problem_code: str, **params: str | int) -> None:
        """Keep what is wrong, and what its sentence names."""
        self.problem_code = problem_code
        self.params = params
        super().__init__(problem_code)


def minor_of_text(text: str, column: AmountColumn, currency: str, *, is_typed: bool) -> int:
    """Return an amount in minor units, exactly.

    Args:
        text: The cell, stripped.
        column: How its texts are written.
        currency: A known ISO 4217 code.
        is_typed: Whether it is the number of a spreadsheet, which knows no marks.

    Raises:
        BadAmount: It is no number in that form, or comes to a part of a minor unit.
    """
    number = _number(text, column, is_typed=is_typed)
    per_unit = CURRENCIES[currency].minor_per_major if column.unit is AmountUnit.MAJOR else 1
    minor = number * per_unit
    if minor.denominator != 1:
        raise BadAmount("reports.part-of-a-minor-unit", currency=currency)
    if abs(minor) > MINOR_MAX:
        raise BadAmount("reports.amount-too-large")
    return -minor.numerator if column.sign is Sign.NEGATED else minor.numerator


def _number(text: str, column: AmountColumn, *, is_typed: bool) -> Fraction:
    decimal, thousands = (".", "") if is_typed else (column.decimal_mark, column.thousands_mark)
    bare, is_negative = _without_sign(text, column.symbol)
    whole, mark, decimals = bare.partition(decimal)
    groups = rf"[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+|[0-9]+" if thousands else "[0-9]+"
    if not re.fullmatch(groups, whole) or (mark and not re.fullmatch("[0-9]+", decimals)):
        raise BadAmount("reports.not-an-amount")
    digits = whole.replace(thousands, "") if thousands else whole
    if len(digits) + len(decimals) > DIGITS_MAX:
        raise BadAmount("reports.amount-too-large")
    number = Fraction(int(digits + decimals), 10 ** len(decimals))
    return -number if is_negative else number


def _without_sign(text: str, symbol: str) -> tuple[str, bool]:
    """Return the digits and marks of an amount, and whether it is negative.

    A minus may stand before or after the symbol; accountants write brackets instead.
    """
    bare = text.translate(dict.fromkeys(map(ord, _SPACES), " ")).strip()
    is_negative = bare.startswith("(") and bare.endswith(")")
    if is_negative:
        bare = bare[1:-1].strip()
    bare, first = _without_minus(bare)
    bare = bare.removeprefix(symbol).removesuffix(symbol).strip() if symbol else bare
    bare, second = _without_minus(bare)
    if is_negative + first + second > 1:
        raise BadAmount("reports.not-an-amount")
    if not (is_negative or first or second):
        bare = bare.removeprefix("+")
    return bare, is_negative or first or second


def _without_minus(text: str) -> tuple[str, bool]:
    return (text[1:].strip(), True) if text.startswith(_MINUSES) else (text, False)
