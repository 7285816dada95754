"""CSV tables that people and spreadsheets write, read row by row."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from duanju.adapters.documents.reading import read_text
from duanju.kernel import Problem, ProblemsFound, Where

BYTE_ORDER_MARK = "\ufeff"
"""Stands first in every CSV that Duanju writes, so that Excel opens Chinese as it is."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class BadCell(ValueError):
    """A cell does not hold what its column needs."""

    code = "documents.bad-cell"

    def __init__(self, problem_code: str, column: str, value: str) -> None:
        """Keep what is wrong with which cell."""
        self.problem_code = problem_code
        self.column = column
        self.value = value
        super().__init__(f"{problem_code} {column} {value!r}")

    def as_problem(self, where: Where) -> Problem:
        """Return it as a problem of the row."""
        return Problem(self.problem_code, where, {"column": self.column, "value": self.value})


def read_rows(
    path: Path, *, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[Where, Mapping[str, str]]]:
    """Yield each row of a CSV file with its place; cells are stripped, empty rows passed over.

    Raises:
        ProblemsFound: A required column is missing, or a column is unknown.
    """
    reader = csv.DictReader(io.StringIO(read_text(path)), restkey="", restval="")
    columns = [column.strip() for column in reader.fieldnames or []]
    where = Where(str(path), 1)
    problems = [
        Problem("documents.missing-column", where, {"column": column})
        for column in required
        if column not in columns
    ]
    problems += [
        Problem("documents.unknown-column", where, {"column": column})
        for column in columns
        if column not in {*required, *optional}
    ]
    if problems:
        raise ProblemsFound(tuple(problems))
    reader.fieldnames = columns
    for row in reader:
        cells = {key: (value or "").strip() for key, value in row.items() if key}
        if any(cells.values()):
            yield Where(str(path), reader.line_num), cells


def integer_in(cells: Mapping[str, str], column: str) -> int:
    """Return the integer in a cell.

    Raises:
        BadCell: There is none.
    """
    text = cells[column]
    digits = text[1:] if text[:1] in "+-" else text
    if not (digits.isascii() and digits.isdigit()):
        raise BadCell("documents.not-an-integer", column, text)
    return int(text)


def spreadsheet_text(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula.

    Source: OWASP, CSV injection: cells that begin with `= + - @`, tab or return.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
