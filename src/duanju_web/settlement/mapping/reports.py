"""Between rows of reports as they are kept and as the engine reads them."""

from collections.abc import Iterator, Mapping
from typing import Any

from duanju.adapters.reports import ReadRow, ReportRow
from duanju.deals import Stretch
from duanju.kernel import Problem, Where
from duanju_web.settlement.models import IncomeReport, ReportLine


def lines_of(report: IncomeReport, read: ReadRow) -> Iterator[ReportLine]:
    """Yield what is kept of a row: a line for each amount, or one without any."""
    cells = list(read.cells)
    if not read.amounts:
        yield ReportLine(
            report=report,
            number=read.number,
            kind=read.kind.value,
            cells=cells,
            problems=[problem_as_data(own) for own in read.problems],
        )
    for own in read.amounts:
        yield ReportLine(
            report=report,
            number=own.number,
            kind=read.kind.value,
            cells=cells,
            column=own.column,
            measure=own.measure,
            title_id=int(own.title_id),
            starts_on=own.stretch.starts_on,
            ends_on=own.stretch.ends_on,
            amount_minor=own.amount_minor,
            currency=own.currency,
            channel=own.channel,
            territory=own.territory,
            item=own.item,
            reference=own.reference,
        )


def row_of(line: ReportLine, *, sha256: str) -> ReportRow:
    """Return the row that a line with an amount keeps."""
    assert line.starts_on and line.ends_on and line.amount_minor is not None  # noqa: PT018
    return ReportRow(
        file_sha256=sha256,
        number=line.number,
        column=line.column,
        measure=line.measure,
        title_id=str(line.title_id),
        stretch=Stretch(line.starts_on, line.ends_on),
        amount_minor=line.amount_minor,
        currency=line.currency,
        channel=line.channel,
        territory=line.territory,
        item=line.item,
        reference=line.reference,
    )


def problem_as_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain data."""
    where = problem.where
    place = {"line": where.line, "column": where.column}
    return {"code": problem.code, "params": dict(problem.params), **place}


def problem_of(data: Mapping[str, Any]) -> Problem:
    """Return the problem that was kept."""
    where = Where(line=data["line"], column=data["column"])
    return Problem(data["code"], where, data["params"])
