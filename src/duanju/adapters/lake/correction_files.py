"""Corrections of events from a table: refunds of a wallet elsewhere, or a list of fraud."""

from itertools import islice
from pathlib import Path

import msgspec

from duanju.adapters.documents.tables import TableRow, read_rows
from duanju.adapters.lake.correction import Correction
from duanju.kernel import Problem, ProblemsFound

COLUMNS = ("id", "kind", "corrects", "reason")
PROBLEMS_MAX = 50


def read_corrections(path: Path, *, received_at_us: int) -> tuple[Correction, ...]:
    """Return what a CSV in UTF-8 tells, with the columns id, kind, corrects and reason.

    Args:
        path: Of the file.
        received_at_us: When it is taken in, microseconds since the Unix epoch.

    Raises:
        ProblemsFound: The file is no such table, or rows are wrong; each is named with its line,
            the first 50.
    """
    read = [_correction(row, received_at_us) for row in read_rows(path, required=COLUMNS)]
    problems = tuple(islice((own for own in read if isinstance(own, Problem)), PROBLEMS_MAX))
    if problems:
        raise ProblemsFound(problems)
    return tuple(own for own in read if isinstance(own, Correction))


def _correction(row: TableRow | Problem, received_at_us: int) -> Correction | Problem:
    if isinstance(row, Problem):
        return row
    try:
        return msgspec.convert({**row.cells, "received_at_us": received_at_us}, Correction)
    except msgspec.ValidationError as error:
        return Problem("lake.correction-wrong", row.where, {"reason": str(error)})
