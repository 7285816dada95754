"""Reading a report: every row of it, what is wrong with it, and whether its totals agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duanju.adapters.reports.mapping import ReportMapping
from duanju.adapters.reports.parts import Parts
from duanju.adapters.reports.rows import ReadRow, ReportRow, RowKind, RowReader
from duanju.adapters.reports.sources import SourceFile, SourceRow, open_source, source_rows
from duanju.adapters.reports.totals import Reconciliation, reconcile
from duanju.kernel import Month, Problem, ProblemsFound, Where

PROBLEMS_MAX = 200
"""Problems that are told; of those beyond, their number is."""


@dataclass(frozen=True, slots=True)
class ReportReading:
    """A report that was read whole.

    Attributes:
        file: Its name.
        sha256: Of its bytes: the same file is the same report.
        source: Who reports.
        rows: Every amount of every row without a problem, in the order of the file.
        problems: Of rows and totals, at most `PROBLEMS_MAX` and one that counts the rest.
        rows_with_problems: How many rows are not counted for a problem.
        totals: The report's own totals beside the sums of the rows.
        problems_of_totals: Why a total could not be compared, and where one does not agree.
        subtotals: How many rows of partial totals were passed over.
    """

    file: str
    sha256: str
    source: str
    rows: tuple[ReportRow, ...]
    problems: tuple[Problem, ...]
    rows_with_problems: int
    totals: tuple[Reconciliation, ...]
    problems_of_totals: tuple[Problem, ...]
    subtotals: int


@dataclass(slots=True)
class ReportStream:
    """A report that is read row by row; what the whole of it says is known at the end.

    Attributes:
        source: The file.
        mapping: By which it is read.
        header: The texts of the header.
    """

    source: SourceFile
    mapping: ReportMapping
    header: tuple[str, ...]
    _reader: RowReader
    _rows: Iterator[SourceRow]
    _sums: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    _totals: list[ReadRow] = field(default_factory=list)
    _parts: Parts = field(default_factory=Parts)

    def __iter__(self) -> Iterator[ReadRow]:
        """Yield every row that has any text, once."""
        for row in self._rows:
            read = self._parts.checked(self._reader, self._reader.read(row), row)
            if read.kind is RowKind.TOTAL:
                self._totals.append(read)
            for own in read.amounts:
                self._sums[own.column, own.currency] += own.amount_minor
            yield read

    def reconcile(self) -> tuple[tuple[Reconciliation, ...], tuple[Problem, ...]]:
        """Return the totals beside the sums, and every problem of them, after the last row."""
        found, problems = reconcile(self._reader, sums=dict(self._sums), totals=self._totals)
        return found, (*problems, *self._disagreements(found))

    def _disagreements(self, found: Iterable[Reconciliation]) -> Iterator[Problem]:
        for own in found:
            if own.difference_minor:
                params: dict[str, str | int] = {
                    "column": own.column,
                    "currency": own.currency,
                    "stated": str(own.stated_minor),
                    "summed": str(own.summed_minor),
                    "difference": str(own.difference_minor),
                }
                number = self._reader.columns[own.column] + 1
                where = Where(self.source.name, own.number, number)
                yield Problem("reports.total-disagrees", where, params)


def stream_report(
    path: Path,
    mapping: ReportMapping,
    *,
    name: str = "",
    period: Month | None = None,
    titles: Mapping[str, str] | None = None,
) -> ReportStream:
    """Open a report to be read row by row.

    Args:
        path: A CSV file (UTF-8, with or without a byte order mark, or GB18030) or XLSX.
        mapping: Which column holds what.
        name: What its owner calls the file; by default its path.
        period: The month that it is about; rows of other months are problems.
        titles: What a title may be called, to our id; by default every id is believed.

    Raises:
        ProblemsFound: The file cannot be read, columns are missing, or nothing says which month
            it is about.
    """
    source = open_source(path, name=name)
    rows = source_rows(source, mapping.layout)
    header = find_header(source, rows, mapping)
    columns = _columns(source, header, mapping)
    if not mapping.when.column and period is None:
        raise ProblemsFound((Problem("reports.no-month", Where(source.name)),))
    own = RowReader(mapping, source.name, source.sha256, columns, period, titles)
    return ReportStream(source, mapping, header.texts, own, _after(rows, mapping))


def read_report(
    path: Path,
    mapping: ReportMapping,
    *,
    name: str = "",
    period: Month | None = None,
    titles: Mapping[str, str] | None = None,
) -> ReportReading:
    """Read a report whole; the arguments are those of `stream_report`.

    Rows with problems tell nothing and are counted; whether the others are taken without them is
    for people to say.

    Raises:
        ProblemsFound: As `stream_report`.
    """
    stream = stream_report(path, mapping, name=name, period=period, titles=titles)
    rows: list[ReportRow] = []
    problems: list[Problem] = []
    counted: Counter[RowKind] = Counter()
    more = 0
    for read in stream:
        rows.extend(read.amounts)
        counted[read.kind] += 1
        room = max(0, PROBLEMS_MAX - len(problems))
        problems.extend(read.problems[:room])
        more += len(read.problems[room:])
    totals, problems_of_totals = stream.reconcile()
    if more:
        params: dict[str, str | int] = {"number": more}
        problems.append(Problem("reports.more-problems", Where(stream.source.name), params))
    return ReportReading(
        file=stream.source.name,
        sha256=stream.source.sha256,
        source=mapping.source,
        rows=tuple(rows),
        problems=tuple(problems),
        rows_with_problems=counted[RowKind.PROBLEM],
        totals=totals,
        problems_of_totals=problems_of_totals,
        subtotals=counted[RowKind.SUBTOTAL],
    )


def find_header(source: SourceFile, rows: Iterator[SourceRow], mapping: ReportMapping) -> SourceRow:
    """Return the row that names the columns; the iterator then stands behind it.

    Raises:
        ProblemsFound: The file ends before.
    """
    wanted = mapping.layout.header_row
    for row in rows:
        if row.number >= wanted:
            return row
    params: dict[str, str | int] = {"row": wanted}
    raise ProblemsFound((Problem("reports.no-header", Where(source.name, wanted), params),))


def _columns(source: SourceFile, header: SourceRow, mapping: ReportMapping) -> Mapping[str, int]:
    texts: Sequence[str] = header.texts
    problems = []
    for name in mapping.columns:
        if (times := texts.count(name)) != 1:
            code = "reports.missing-column" if times == 0 else "reports.repeated-column"
            known = ", ".join(own for own in texts if own)[:400]
            params: dict[str, str | int] = {"column": name, "known": known}
            problems.append(Problem(code, Where(source.name, header.number), params))
    if problems:
        raise ProblemsFound(tuple(problems))
    return {name: texts.index(name) for name in mapping.columns}


def _after(rows: Iterator[SourceRow], mapping: ReportMapping) -> Iterator[SourceRow]:
    for place, row in enumerate(rows):
        if place >= mapping.layout.rows_to_skip:
            yield row
