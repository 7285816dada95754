"""Days that are counted from the first day of a deal."""

from datetime import date
from fractions import Fraction

MONTHS_A_YEAR = 12
_LAST_YEAR = 9998


def months_after(day: date, months: int | Fraction) -> date:
    """Return the first day that whole months from a day no longer hold.

    Where the month has no such day, it is the first of the next: six months from 31 August hold
    the whole of February.

    >>> months_after(date(2026, 9, 15), 12), months_after(date(2026, 8, 31), 6)
    (datetime.date(2027, 9, 15), datetime.date(2027, 3, 1))
    """
    number = day.month - 1 + int(months)
    year, month = day.year + number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1
    if year > _LAST_YEAR:
        return date.max
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year, month + 1, 1)
