"""Numbers as Chinese scripts write them: 12, １２, 十二, 一百零三."""

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}

NUMERAL = r"(?:[0-9０-９]{1,6}|[零〇一二两三四五六七八九十百千]{1,9})"
"""A pattern for a numeral in digits or in Chinese."""

_DECIMAL = re.compile(r"[0-9０-９]{1,6}")


def read_numeral(text: str) -> int | None:
    """Return the number that a numeral says; none where it says no number.

    Digits, full-width digits, Chinese numerals below 10,000, and digits read out one by one
    (二〇 for 20) are understood.

    Example:
        >>> [read_numeral(text) for text in ("12", "１２", "十二", "一百零三", "二〇", "十十")]
        [12, 12, 12, 103, 20, None]
    """
    if _DECIMAL.fullmatch(text):
        return int(text)
    if not text or any(char not in _DIGITS and char not in _UNITS for char in text):
        return None
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _add_units(text)


def _add_units(text: str) -> int | None:
    total, digit, last_unit = 0, None, 10_000
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
            continue
        unit = _UNITS[char]
        if unit >= last_unit:
            return None
        total += (1 if digit is None else digit) * unit
        digit, last_unit = None, unit
    return total + (digit or 0)
