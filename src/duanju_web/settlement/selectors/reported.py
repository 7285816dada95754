"""The rows of reports behind a statement's line, as they counted at its close."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from duanju.settlement import StatementLine
from duanju_web.settlement.models import ReportLine, StatementRecord
from duanju_web.settlement.selectors.drilling import find_source
from duanju_web.settlement.selectors.reports import counted_lines


@dataclass(frozen=True, slots=True)
class Reported:
    """What one report tells of one measure of a line's titles in its days.

    Attributes:
        report_id: Of the report.
        source: Who reported.
        version: Of the source's report of the month.
        file_name: Of the file.
        sha256: Of the file, in hexadecimal digits.
        measure: What the money is.
        row_count: How many rows.
        amount_minor: What they come to, in minor units of the line's currency.
    """

    report_id: int
    source: str
    version: int
    file_name: str
    sha256: str
    measure: str
    row_count: int
    amount_minor: int


def lines_behind(record: StatementRecord, line: StatementLine) -> QuerySet[ReportLine]:
    """Return the rows about a line's titles, days and currency that counted at its close.

    They are of every measure, for a line may divide one and take off another.
    """
    source = find_source(record, line)
    return (
        counted_lines(record.close.platform, known_at=record.close.known_at)
        .filter(
            title_id__in=source.title_ids,
            currency=line.key.currency,
            starts_on__gte=source.period.start.date(),
            ends_on__lte=source.period.end.date(),
        )
        .select_related("report", "title")
        .order_by("report_id", "number", "pk")
    )


def find_reported(record: StatementRecord, line: StatementLine) -> tuple[Reported, ...]:
    """Return what reports tell of a line's titles, by report and measure; of a fee, nothing."""
    if not line.measure:
        return ()
    names = ("report_id", "report__source", "report__version", "report__file_name")
    rows = (
        lines_behind(record, line)
        .order_by("report_id", "measure")
        .values_list(*names, "report__sha256", "measure")
        .annotate(rows=Count("pk"), total=Sum("amount_minor"))
    )
    return tuple(Reported(*own) for own in rows)


def sum_of_measure(reported: Iterable[Reported], measure: str) -> int:
    """Return what reports come to in a measure, in minor units."""
    return sum(own.amount_minor for own in reported if own.measure == measure)
