"""Tables of exchange rates: the European Central Bank's published files, and plain CSV."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from duanju.kernel import Problem, ProblemsFound, Where
from duanju.settlement import ExchangeRate

EURO = "EUR"
PLAIN_COLUMNS = ("day", "base", "quote", "rate")
"""Of the plain table: one unit of `base` is `rate` units of `quote`."""

_RATE = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
_NOT_QUOTED = frozenset({"", "N/A", "-"})
_PROBLEMS_MAX = 100

_Cell = tuple[int, str, str, str, str]
"""Line or 0, day, base, quote, rate."""


@dataclass(frozen=True, slots=True)
class RateReading:
    """What a table of rates says, and what is wrong with it.

    Attributes:
        rates: The good ones, rising by day, base and quote; what is told twice alike is there once.
        problems: Each with its line where there is one; reading stops after `_PROBLEMS_MAX`.
    """

    rates: tuple[ExchangeRate, ...]
    problems: tuple[Problem, ...]


def look_through_exchange_rates(text: str, *, file: str) -> RateReading:
    """Read rates from the ECB's XML, from its history in CSV, or from a plain table.

    In the ECB's files one euro is worth the figure; what it does not quote is left out. The plain
    table has the columns `PLAIN_COLUMNS`.

    Args:
        text: The whole file.
        file: Its name, for problems.
    """
    rates: dict[tuple[date, str, str], ExchangeRate] = {}
    problems: list[Problem] = []
    try:
        for cell in _cells_of(text, file):
            try:
                own = _rate_of(cell)
            except ValueError as error:
                problems.append(_problem("settlement.bad-rate", file, cell, what=str(error)))
            else:
                place = own.day, own.base, own.quote
                if rates.setdefault(place, own) != own:
                    problems.append(_problem("settlement.rate-told-twice", file, cell))
            if len(problems) >= _PROBLEMS_MAX:
                break
    except ProblemsFound as found:
        return RateReading((), found.problems)
    except csv.Error:
        params = {"columns": ", ".join(PLAIN_COLUMNS)}
        return RateReading((), (Problem("settlement.not-rates", Where(file), params),))
    if not rates and not problems:
        problems = [Problem("settlement.no-rates", Where(file), {"file": file})]
    return RateReading(tuple(rates[place] for place in sorted(rates)), tuple(problems))


def exchange_rates_from_text(text: str, *, file: str) -> tuple[ExchangeRate, ...]:
    """Return the rates of a table without a fault, as `look_through_exchange_rates` reads it.

    Raises:
        ProblemsFound: All that is wrong with it, each with its line where there is one.
    """
    reading = look_through_exchange_rates(text, file=file)
    if reading.problems:
        raise ProblemsFound(reading.problems)
    return reading.rates


def _cells_of(text: str, file: str) -> Iterable[_Cell]:
    if text.lstrip().startswith("<"):
        return _cells_of_xml(text, file)
    return _cells_of_csv(text, file)


def _rate_of(cell: _Cell) -> ExchangeRate:
    _, day, base, quote, rate = cell
    for code in (base, quote):
        if not _CODE.fullmatch(code):
            raise ValueError(code)
    if not _RATE.fullmatch(rate) or not Fraction(rate):
        raise ValueError(rate)
    try:
        return ExchangeRate(date.fromisoformat(day), base, quote, Fraction(rate))
    except ValueError:
        raise ValueError(day) from None


def _cells_of_xml(text: str, file: str) -> Iterator[_Cell]:
    """Yield what the ECB writes: a `Cube` a day, and within it a `Cube` a currency."""
    try:
        root = fromstring(text.encode())
    except (ParseError, DefusedXmlException):
        raise ProblemsFound((Problem("settlement.not-xml", Where(file), {"file": file}),)) from None
    for day in root.iter():
        if _is_cube(day) and "time" in day.attrib:
            for own in day:
                if _is_cube(own):
                    yield 0, day.get("time", ""), EURO, own.get("currency", ""), own.get("rate", "")


def _is_cube(element: Element) -> bool:
    return element.tag.rpartition("}")[2] == "Cube"


def _cells_of_csv(text: str, file: str) -> Iterator[_Cell]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    header = [own.strip() for own in next(reader, [])]
    if tuple(header[:4]) == PLAIN_COLUMNS:
        for row in reader:
            if any(row):
                day, base, quote, rate = ([own.strip() for own in row] + [""] * 4)[:4]
                yield reader.line_num, day, base, quote, rate
    elif header and header[0] == "Date":
        for row in reader:
            for code, rate in zip(header[1:], row[1:], strict=False):
                if code and rate.strip() not in _NOT_QUOTED:
                    yield reader.line_num, row[0].strip(), EURO, code, rate.strip()
    else:
        expected = ", ".join(PLAIN_COLUMNS)
        problem = Problem("settlement.not-rates", Where(file, 1), {"columns": expected})
        raise ProblemsFound((problem,))


def _problem(code: str, file: str, cell: _Cell, **params: str) -> Problem:
    line, day, base, quote, _ = cell
    params |= {"day": day, "base": base, "quote": quote}
    return Problem(code, Where(file, line or None), params)
