"""Sheets of scores as a table: a row a score."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from duanju.adapters.documents.tables import TableRow, read_rows
from duanju.kernel import Problem, ProblemsFound, Where
from duanju.screenplays.panel import Rubric, Score, check_scores
from duanju.screenplays.panel.estimating import SCORES_MAX

REQUIRED = ("script", "reader", "criterion", "value")
OPTIONAL = ("line", "turn")
_DIGITS_MAX = 9


def read_scores(path: Path, rubric: Rubric) -> tuple[Score, ...]:
    """Read scores from CSV: script, reader, criterion, value, and perhaps line and turn.

    Raises:
        ProblemsFound: With all problems: of cells with their rows, and of scores by the rubric.
    """
    scores: list[Score] = []
    problems: list[Problem] = []
    for row in read_rows(path, required=REQUIRED, optional=OPTIONAL):
        if isinstance(row, Problem):
            problems.append(row)
            continue
        wrong = list(_problems(row))
        problems += wrong
        if not wrong:
            scores.append(_score(row))
        if len(scores) > SCORES_MAX:
            most = {"most": SCORES_MAX}
            raise ProblemsFound((Problem("panels.too-many-scores", row.where, most),))
    if not problems:
        where = Where(file=str(path))
        problems = [replace(own, where=where) for own in check_scores(rubric, scores)]
    if problems:
        raise ProblemsFound(tuple(problems))
    return tuple(scores)


def _problems(row: TableRow) -> Iterator[Problem]:
    for column in ("value", *OPTIONAL):
        cell = row.cells.get(column, "")
        good = cell.isascii() and cell.isdecimal() and len(cell) <= _DIGITS_MAX
        if not good and (cell or column == "value"):
            params = {"column": column, "value": cell[:40]}
            yield Problem("panels.not-a-number", row.table.where(row.line, column), params)


def _score(row: TableRow) -> Score:
    cells = row.cells
    line = cells.get("line", "")
    return Score(
        script=cells["script"],
        reader=cells["reader"],
        criterion=cells["criterion"],
        value=int(cells["value"]),
        cited_line=int(line) if line else None,
        turn=int(cells.get("turn") or 0),
    )
