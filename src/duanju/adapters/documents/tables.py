"""Tables that people and spreadsheets write, row by row: one form, whatever the file."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from duanju.adapters.documents.reading import open_text
from duanju.kernel import Problem, ProblemsFound, Where

BYTE_ORDER_MARK = "\ufeff"
"""Stands first in every CSV that Duanju writes, so that Excel opens Chinese as it is."""

ROWS_MAX = 4_000_000
"""Tables with more rows are refused: they are read, but not kept in memory twice."""

CELL_CHARACTERS_MAX = 2_000
"""Longer cells are refused; no column holds prose."""

EXACT_FLOAT_MAX = 2**53
"""From here on a floating-point cell no longer holds every whole number."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that spreadsheets take for a formula."""


@dataclass(frozen=True, slots=True)
class Table:
    """Where the rows of a table stand.

    Attributes:
        file: Its name as its owner knows it.
        columns: The names of the columns, in their order.
        sheet: Of a spreadsheet, the sheet's name.
    """

    file: str
    columns: tuple[str, ...]
    sheet: str = ""

    def at(self, number: int) -> str:
        """Return the name of a column by its number from 0; empty where there is none."""
        return self.columns[number] if number < len(self.columns) else ""

    def where(self, line: int, column: str = "") -> Where:
        """Return the place of a row, or of its cell in a column that exists."""
        known = column in self.columns
        number = self.columns.index(column) + 1 if known else None
        return Where(self.file, line, number, self.sheet)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: the stripped texts of its cells, by column.

    Attributes:
        table: What it is a row of.
        line: Its line in the file or row in the sheet, counted from 1.
        cells: Column to text; a cell that is empty or absent is an empty text.
    """

    table: Table
    line: int
    cells: Mapping[str, str]

    @property
    def where(self) -> Where:
        """Its place."""
        return self.table.where(self.line)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The value of a cell that a reader could not make sense of.

    Attributes:
        problem_code: What is wrong with it.
        shown: What stands there.
    """

    problem_code: str
    shown: str


class BadCell(ValueError):
    """A cell does not hold what its column needs."""

    code = "documents.bad-cell"

    def __init__(self, problem_code: str, column: str, value: str, **params: str | int) -> None:
        """Keep what is wrong with which cell, and what else its sentence names."""
        self.problem_code = problem_code
        self.column = column
        self.value = value
        self.params = params
        super().__init__(f"{problem_code} {column} {value!r}")

    def as_problem(self, row: TableRow) -> Problem:
        """Return it as a problem of the row."""
        params = {"column": self.column, "value": self.value, **self.params}
        return Problem(self.problem_code, row.table.where(row.line, self.column), params)


def read_rows(
    path: Path, *, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[TableRow | Problem]:
    """Yield each row of a CSV file, one at a time, or what keeps it from being a row.

    Empty rows are passed over.

    Raises:
        ProblemsFound: The file cannot be read, a required column is missing, a column is unknown
            or named twice, or the table is too long.
    """
    with open_text(path) as lines:
        reader = csv.reader(lines, strict=True)
        try:
            columns = tuple(cell.strip() for cell in next(reader, []))
            table = Table(str(path), columns)
            require_columns(table, required=required, optional=optional)
            for cells in reader:
                yield from rows_of(table, reader.line_num, cells)
        except csv.Error as error:
            raise _not_csv(path, reader.line_num, error) from None


def require_columns(
    table: Table, *, required: Sequence[str], optional: Sequence[str], line: int = 1
) -> None:
    """Refuse a table that lacks a column, or has one that means nothing or stands there twice.

    Raises:
        ProblemsFound: With a problem for each such column.
    """
    where = table.where(line)
    named = [column for column in table.columns if column]
    problems = [
        Problem("documents.missing-column", where, {"column": column})
        for column in required
        if column not in named
    ]
    for column in dict.fromkeys(named):
        if column not in {*required, *optional}:
            place = table.where(line, column)
            problems.append(Problem("documents.unknown-column", place, {"column": column}))
        elif named.count(column) > 1:
            place = table.where(line, column)
            problems.append(Problem("documents.repeated-column", place, {"column": column}))
    if problems:
        raise ProblemsFound(tuple(problems))


def rows_of(table: Table, line: int, values: Sequence[object]) -> Iterator[TableRow | Problem]:
    """Yield the row that the values of some cells are, or its problem; nothing if all are empty.

    Raises:
        ProblemsFound: The line is beyond `ROWS_MAX`.
    """
    try:
        texts = [_text_in(table, number, value) for number, value in enumerate(values)]
    except BadCell as bad:
        yield bad.as_problem(TableRow(table, line, {}))
        return
    if not any(texts):
        return
    if line > ROWS_MAX:
        params: dict[str, str | int] = {"rows": ROWS_MAX}
        raise ProblemsFound((Problem("documents.too-many-rows", table.where(line), params),))
    beyond = [(number, text) for number, text in enumerate(texts) if text and not table.at(number)]
    if beyond:
        number, text = beyond[0]
        place = Where(table.file, line, number + 1, table.sheet)
        yield Problem("documents.cell-without-column", place, {"value": text[:80]})
        return
    padded = [*texts, *[""] * (len(table.columns) - len(texts))]
    named = {name: text for name, text in zip(table.columns, padded, strict=False) if name}
    yield TableRow(table, line, named)


def _text_in(table: Table, number: int, value: object) -> str:
    column = table.at(number)
    try:
        text = text_of_value(value).strip()
    except BadCell as bad:
        raise BadCell(bad.problem_code, column, bad.value) from None
    if len(text) > CELL_CHARACTERS_MAX:
        raise BadCell("documents.long-cell", column, text[:80])
    return text


def text_of_value(value: object) -> str:
    """Return the exact text of a typed cell.

    A whole number is written in digits, a floating-point number by the shortest decimal text that
    means it, a date as YYYY-MM-DD, a truth as `yes` or `no`.

    Raises:
        BadCell: The value has no exact text; it names no column.

    >>> text_of_value(0.1), text_of_value(1e3), text_of_value(date(2026, 9, 1))
    ('0.1', '1000', '2026-09-01')
    """
    if isinstance(value, Unreadable):
        raise BadCell(value.problem_code, "", value.shown)
    text = _exact_text(value)
    if text is None:
        raise BadCell("documents.not-exact", "", str(value))
    return text


def _exact_text(value: object) -> str | None:  # noqa: PLR0911
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case datetime(hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
            return value.date().isoformat()
        case datetime():
            return None
        case int() | date():
            return str(value)
        case float() if abs(value) < EXACT_FLOAT_MAX:
            return _plain(Decimal(repr(value)))
        case Decimal() if value.is_finite():
            return _plain(value)
        case _:
            return None


def number_text(text: str) -> str:
    """Return a decimal number as people write it, without exponent or needless zeros."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return _plain(number) if number.is_finite() else text


def integer_in(cells: Mapping[str, str], column: str) -> int:
    """Return the integer in a cell.

    Raises:
        BadCell: There is none.
    """
    text = cells[column]
    digits = text[1:] if text[:1] in "+-" else text
    if not (digits.isascii() and digits.isdigit()) or len(digits) > INTEGER_DIGITS_MAX:
        raise BadCell("documents.not-an-integer", column, text)
    return int(text)


INTEGER_DIGITS_MAX = 30
"""Longer numbers are a slip or an attack."""


def spreadsheet_text(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula.

    Source: OWASP, CSV injection: cells that begin with `= + - @`, tab or return.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _plain(number: Decimal) -> str:
    whole = number == number.to_integral_value()
    return f"{number.to_integral_value() if whole else number.normalize():f}"


def _not_csv(path: Path, line: int, error: csv.Error) -> ProblemsFound:
    problem = Problem("documents.not-csv", Where(str(path), line), {"reason": str(error)})
    return ProblemsFound((problem,))
