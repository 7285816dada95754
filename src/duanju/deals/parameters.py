"""What a policy leaves to the deal: typed parameters, and values that depend on them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction

from duanju.kernel import Problem, Text, Where

ParameterValue = str | Fraction
"""The word of a choice, or the exact number of everything else."""

EXPONENT_MAX = 18
"""Largest power of ten, up or down, of a number in terms; more is a slip or an attack."""


class ParameterKind(StrEnum):
    """The types that a parameter can have."""

    CHOICE = "choice"
    SHARE = "share"
    AMOUNT = "amount"
    FACTOR = "factor"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a deal fills in.

    Attributes:
        id: Its name in clauses and deals.
        kind: `choice` of `options`, `share` from 0 to 1, `amount` of major units,
            `factor` to multiply by, which can be above 1, `count`.
        title: What people read beside the field.
        options: For a choice, each option's word and title, in order.
        default: What holds when the deal says nothing; `None` for no default.
        required: Whether the deal must say something.
        doubtful: Whether the source of the default is second-hand or contradicted.
        note: Why it is as it is.
        at_least: Of a number, the least that a deal may say; `None` for what its kind allows.
        at_most: The most that a deal may say: "up to ¥120,000".
    """

    id: str
    kind: ParameterKind
    title: Text
    options: Mapping[str, Text]
    default: ParameterValue | None = None
    required: bool = False
    doubtful: bool = False
    note: Text | None = None
    at_least: Fraction | None = None
    at_most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A value that is what the parameter says."""

    parameter: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A number that hangs on the option of a choice."""

    parameter: str
    by_option: Mapping[str, Fraction]


Number = Fraction | Given | Chosen
Word = str | Given


class UnsetParameter(LookupError):
    """Terms were applied although a parameter that they need has no value."""

    code = "deals.unset-parameter"


def find_number(value: Number, parameters: Mapping[str, ParameterValue]) -> Fraction | None:
    """Return the number that a value comes to, or `None` where the deal leaves it open."""
    if isinstance(value, Fraction):
        return value
    given = parameters.get(value.parameter)
    if isinstance(value, Chosen):
        return value.by_option.get(given) if isinstance(given, str) else None
    return given if isinstance(given, Fraction) else None


def number_of(value: Number, parameters: Mapping[str, ParameterValue]) -> Fraction:
    """Return the number that a value comes to.

    Raises:
        UnsetParameter: The deal leaves it open; checked terms never do.
    """
    found = find_number(value, parameters)
    if found is None:
        raise UnsetParameter(str(value))
    return found


def word_of(value: Word, parameters: Mapping[str, ParameterValue]) -> str:
    """Return the word that a value comes to.

    Raises:
        UnsetParameter: The deal leaves it open; checked terms never do.
    """
    if isinstance(value, str):
        return value
    given = parameters.get(value.parameter)
    if not isinstance(given, str):
        raise UnsetParameter(value.parameter)
    return given


def exact_number(value: object) -> Fraction | None:
    """Read a number exactly: an int, a Decimal, a Fraction, or text: `0.15`, `15%`, `1/3`.

    Returns:
        The number, or `None` where it is none, is not finite, or is beyond `EXPONENT_MAX`.

    >>> exact_number("12%"), exact_number("1/3")
    (Fraction(3, 25), Fraction(1, 3))
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str):
        return _number_in(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return _exact_decimal(Decimal(value))


def _number_in(text: str) -> Fraction | None:
    if re.fullmatch(rf"-?[0-9]{{1,{EXPONENT_MAX}}}/[0-9]{{1,{EXPONENT_MAX}}}", text):
        upper, _, lower = text.partition("/")
        return Fraction(int(upper), int(lower)) if int(lower) else None
    try:
        number = _exact_decimal(Decimal(text.removesuffix("%")))
    except InvalidOperation:
        return None
    return number / 100 if number is not None and text.endswith("%") else number


def _exact_decimal(number: Decimal) -> Fraction | None:
    if not number.is_finite() or abs(number.adjusted()) > EXPONENT_MAX:
        return None
    return Fraction(number)


_REFUSALS = {
    ParameterKind.SHARE: "deals.not-a-share",
    ParameterKind.AMOUNT: "deals.not-an-amount",
    ParameterKind.FACTOR: "deals.not-a-factor",
    ParameterKind.COUNT: "deals.not-a-count",
}


def read_value(parameter: Parameter, value: object, *, where: Where) -> ParameterValue | Problem:
    """Read what a deal or a default says for a parameter, or return what is wrong with it."""
    if parameter.kind is ParameterKind.CHOICE:
        if isinstance(value, str) and value in parameter.options:
            return value
        options = ", ".join(parameter.options)
        return Problem(
            "deals.not-an-option",
            where,
            {"parameter": parameter.id, "value": str(value), "options": options},
        )
    number = exact_number(value)
    if number is None or not _fits(parameter.kind, number):
        return Problem(
            _REFUSALS[parameter.kind],
            where,
            {"parameter": parameter.id, "value": str(value)},
        )
    return _beyond_limits(parameter, number, where) or number


def _beyond_limits(parameter: Parameter, number: Fraction, where: Where) -> Problem | None:
    params = {"parameter": parameter.id, "value": str(number)}
    if parameter.at_least is not None and number < parameter.at_least:
        least = str(parameter.at_least)
        return Problem("deals.below-the-least", where, {**params, "least": least})
    if parameter.at_most is not None and number > parameter.at_most:
        most = str(parameter.at_most)
        return Problem("deals.above-the-most", where, {**params, "most": most})
    return None


def _fits(kind: ParameterKind, number: Fraction) -> bool:
    if kind is ParameterKind.SHARE:
        return 0 <= number <= 1
    if kind is ParameterKind.COUNT:
        return number >= 0 and number.denominator == 1
    return number >= 0
