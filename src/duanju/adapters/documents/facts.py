"""Facts as tables: CSV, XLSX or Parquet, in one form."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from duanju.adapters.documents.fact_rows import (
    OPTIONAL_COLUMNS,
    REQUIRED_COLUMNS,
    fact_of,
    facts_template,
)
from duanju.adapters.documents.tables import BadCell, TableRow, read_rows
from duanju.deals import Fact
from duanju.kernel import Problem, ProblemsFound, Where

__all__ = [
    "OPTIONAL_COLUMNS",
    "READERS",
    "REQUIRED_COLUMNS",
    "facts_template",
    "find_places",
    "read_facts",
]

_Rows = Iterator[TableRow | Problem]


def _sheet_rows(path: Path, *, required: Sequence[str], optional: Sequence[str]) -> _Rows:
    from duanju.adapters.documents.spreadsheets import read_sheet_rows  # few read spreadsheets

    return read_sheet_rows(path, required=required, optional=optional)


def _parquet_rows(path: Path, *, required: Sequence[str], optional: Sequence[str]) -> _Rows:
    from duanju.adapters.documents.parquet import read_parquet_rows  # it brings a database engine

    return read_parquet_rows(path, required=required, optional=optional)


READERS: Mapping[str, Callable[..., _Rows]] = {
    ".csv": read_rows,
    ".xlsx": _sheet_rows,
    ".parquet": _parquet_rows,
}
"""The ending of a file's name to what reads it."""


def read_facts(path: Path) -> tuple[Fact, ...]:
    """Read facts from a CSV, XLSX or Parquet file, by the ending of its name.

    All have the same columns, `REQUIRED_COLUMNS` and `OPTIONAL_COLUMNS`; each row names its
    `month` or its `day`. The file is read row by row; only its facts are kept.

    Raises:
        ProblemsFound: With every row that cannot be read, each with its file, row and column, and
            of a spreadsheet its sheet.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        endings = ", ".join(READERS)
        params: dict[str, str | int] = {"file": str(path), "endings": endings}
        raise ProblemsFound((Problem("documents.unknown-table", Where(str(path)), params),))
    rows = reader(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS)
    facts, problems = _facts_of(rows)
    if problems:
        raise ProblemsFound(tuple(problems))
    return tuple(facts)


def find_places(path: Path, facts: Collection[Fact]) -> dict[Fact, Where]:
    """Return where some of a file's facts stand first; the file is read again for it.

    Args:
        path: A file that `read_facts` reads without a problem.
        facts: Those that are looked for; none costs nothing.
    """
    places: dict[Fact, Where] = {}
    sought = set(facts)
    reader = READERS[path.suffix.lower()]
    for row in reader(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS) if sought else ():
        if isinstance(row, TableRow) and (fact := fact_of(row.cells)) in sought:
            places.setdefault(fact, row.where)
    return places


def _facts_of(rows: _Rows) -> tuple[Sequence[Fact], Sequence[Problem]]:
    facts: list[Fact] = []
    problems: list[Problem] = []
    seen: dict[tuple[object, ...], Fact] = {}
    for row in rows:
        if isinstance(row, Problem):
            problems.append(row)
            continue
        try:
            fact = fact_of(row.cells)
        except BadCell as bad:
            problems.append(bad.as_problem(row))
            continue
        first = seen.setdefault((fact.subject, fact.stretch), fact)
        if first.quantity != fact.quantity:
            problems.append(_contradiction(row, fact, first))
        else:
            facts.append(fact)
    return facts, problems


def _contradiction(row: TableRow, fact: Fact, first: Fact) -> Problem:
    """Return that a second row about one thing says something else."""
    params: dict[str, str | int] = {
        "measure": fact.measure,
        "title": fact.title_id,
        "stretch": str(fact.stretch),
        "channel": fact.channel,
        "other": str(first.quantity),
    }
    return Problem("deals.contradicting-facts", row.table.where(row.line, "quantity"), params)
