"""How the controls of a form are named, and how numbers are typed."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import override

from duanju.deals import exact_number
from duanju_web.deals.mapping.fields.field import Label

ROW = "~row"
"""Ends the name of hidden inputs that tell which rows there are."""
SWITCHED_ON = "~on"
HANGS = "~"
"""Ends the name of the control that tells on which parameter a value hangs, or another word."""
FILTERS = "~only"
"""Stands between a measure and the filters of what is counted."""
NEW_PARAMETER = "+"
PARAMETER_SIGN = "="
ANOTHER = "~"
LANGUAGES = ("en", "zh-Hans")
LARGE = {"万": 10**4, "亿": 10**8}
_NOISE = re.compile(r"[\s,，¥￥$]")


def number_as_typed(text: str) -> str:
    """Return a typed number without separators and signs of currency; `100万` is 1000000."""
    cleaned = _NOISE.sub("", text).replace("％", "%").replace("。", ".")
    size = LARGE.get(cleaned[-1:], 1)
    if size == 1:
        return cleaned
    number = exact_number(cleaned[:-1])
    if number is None:
        return cleaned
    scaled = number * size
    return str(scaled)


def grouped(text: str) -> str:
    """Show a whole number of five digits or more with separators."""
    return f"{int(text):,}" if text.isdecimal() and len(text) > 4 else text


def share_to_show(text: str) -> str:
    """Show a share as a percentage where that is exact and short: `0.155` is 15.5%."""
    number = exact_number(text)
    if number is None or "%" in text or "/" in text:
        return text
    tenths = number * 10_000
    if tenths.denominator != 1:
        return text
    return f"{plain(number * 100)}%"


def plain(number: Fraction) -> str:
    """Write a number whose decimals end."""
    whole, rest = divmod(abs(number), 1)
    digits = ""
    while rest and len(digits) < 6:
        digit, rest = divmod(rest * 10, 1)
        digits += str(digit)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def id_from(text: str, taken: set[str], fallback: str) -> str:
    """Return a short name made of a text, that none of those taken is."""
    stem = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:48]
    stem = stem if re.match(r"[a-z]", stem) else fallback
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def in_language(label: Label, language: str) -> str:
    """Return a label in a language, whatever the page's is."""
    with override(language):
        return str(label)


def copied(value: Any) -> Any:
    """Return plain data that can be changed without changing what it was made of."""
    if isinstance(value, Mapping):
        return {key: copied(item) for key, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value
