"""The named ways in which reports write days and months."""

import re
from datetime import date, timedelta
from enum import StrEnum

from duanju.deals import Stretch
from duanju.kernel import Month


class DayForm(StrEnum):
    """How a day or a month is written; each name is that of one way only."""

    ISO_DAY = "iso_day"
    SLASH_DAY = "slash_day"
    COMPACT_DAY = "compact_day"
    CHINESE_DAY = "chinese_day"
    AMERICAN_DAY = "american_day"
    EUROPEAN_DAY = "european_day"
    POINT_DAY = "point_day"
    ISO_MONTH = "iso_month"
    SLASH_MONTH = "slash_month"
    COMPACT_MONTH = "compact_month"
    CHINESE_MONTH = "chinese_month"
    ENGLISH_MONTH = "english_month"


EXAMPLES = {
    DayForm.ISO_DAY: "2026-09-01",
    DayForm.SLASH_DAY: "2026/9/1",
    DayForm.COMPACT_DAY: "20260901",
    DayForm.CHINESE_DAY: "2026年9月1日",
    DayForm.AMERICAN_DAY: "9/1/2026",
    DayForm.EUROPEAN_DAY: "1/9/2026",
    DayForm.POINT_DAY: "1.9.2026",
    DayForm.ISO_MONTH: "2026-09",
    DayForm.SLASH_MONTH: "2026/9",
    DayForm.COMPACT_MONTH: "202609",
    DayForm.CHINESE_MONTH: "2026年9月",
    DayForm.ENGLISH_MONTH: "Sep 2026",
}
"""The first of September 2026, or that month, in each form."""

_YEAR, _MONTH, _DAY = r"(?P<year>[0-9]{4})", r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
_TWO_MONTH, _TWO_DAY = r"(?P<month>[0-9]{2})", r"(?P<day>[0-9]{2})"
_PATTERNS = {
    DayForm.ISO_DAY: f"{_YEAR}-{_TWO_MONTH}-{_TWO_DAY}",
    DayForm.SLASH_DAY: f"{_YEAR}/{_MONTH}/{_DAY}",
    DayForm.COMPACT_DAY: f"{_YEAR}{_TWO_MONTH}{_TWO_DAY}",
    DayForm.CHINESE_DAY: f"{_YEAR}年{_MONTH}月{_DAY}日",
    DayForm.AMERICAN_DAY: f"{_MONTH}/{_DAY}/{_YEAR}",
    DayForm.EUROPEAN_DAY: f"{_DAY}/{_MONTH}/{_YEAR}",
    DayForm.POINT_DAY: rf"{_DAY}\.{_MONTH}\.{_YEAR}",
    DayForm.ISO_MONTH: f"{_YEAR}-{_TWO_MONTH}",
    DayForm.SLASH_MONTH: f"{_YEAR}/{_MONTH}",
    DayForm.COMPACT_MONTH: f"{_YEAR}{_TWO_MONTH}",
    DayForm.CHINESE_MONTH: f"{_YEAR}年{_MONTH}月",
    DayForm.ENGLISH_MONTH: f"(?P<word>[A-Za-z]{{3,9}}),? {_YEAR}",
}
_COMPILED = {form: re.compile(pattern) for form, pattern in _PATTERNS.items()}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)


def stretch_of_text(text: str, forms: tuple[DayForm, ...]) -> Stretch | None:
    """Return the day or the month that a text names in the first form that fits; else `None`.

    >>> str(stretch_of_text("2026年9月1日", (DayForm.CHINESE_DAY,)))
    '2026-09-01/2026-09-02'
    """
    for form in forms:
        match = _COMPILED[form].fullmatch(text)
        if match is not None and (found := _stretch(match.groupdict())) is not None:
            return found
    return None


def day_stretch(day: date) -> Stretch | None:
    """Return a day as a stretch; `None` for the last day there is, which nothing follows."""
    return None if day == date.max else Stretch(day, day + timedelta(days=1))


def _stretch(parts: dict[str, str]) -> Stretch | None:
    number = int(parts["month"]) if "month" in parts else _number_of(parts["word"])
    year = int(parts["year"])
    try:
        if "day" in parts:
            return day_stretch(date(year, number, int(parts["day"])))
        return Stretch.of_month(Month(year, number))
    except ValueError:
        return None


def _number_of(word: str) -> int:
    """Return a month's number by its English name or its first three letters; else 0."""
    lower = word.lower()
    for number, name in enumerate(_MONTHS, start=1):
        if lower in (name, name[:3]):
            return number
    return 0
