"""The first rows of a report, as they stand and as a mapping reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from duanju.adapters.reports.checking import check_mapping
from duanju.adapters.reports.guessing import guess_mapping
from duanju.adapters.reports.mapping import Layout, ReportMapping
from duanju.adapters.reports.reading import stream_report
from duanju.adapters.reports.rows import ReadRow
from duanju.adapters.reports.sources import open_source, source_rows
from duanju.kernel import Month, Problem, ProblemsFound

PREVIEW_ROWS = 20
"""Rows that a preview shows."""

GUESS_ROWS = 200
"""Rows that a guess looks at."""


@dataclass(frozen=True, slots=True)
class ReportPreview:
    """The beginning of a report.

    Attributes:
        sha256: Of the file.
        mapping: The given one, or a guess.
        is_guess: Whether nobody gave one.
        first_rows: The first rows of the file as they stand: row number and texts.
        columns: The headers, by the mapping's header row.
        rows: The first rows after the header as the mapping reads them.
        problems: Why the mapping cannot read the file at all; then there are no rows.
    """

    sha256: str
    mapping: ReportMapping
    is_guess: bool
    first_rows: tuple[tuple[int, tuple[str, ...]], ...]
    columns: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...]


def preview_report(
    path: Path,
    mapping: ReportMapping | None = None,
    *,
    name: str = "",
    source: str = "source",
    period: Month | None = None,
    titles: Mapping[str, str] | None = None,
) -> ReportPreview:
    """Return the first rows of a report as they are mapped; without a mapping, by a guess.

    Args:
        path: The file.
        mapping: Which column holds what; may be wrong, which is then told in `problems`.
        name: What its owner calls the file.
        source: Who reports, for a guess.
        period: The month that the report is about.
        titles: As for `stream_report`.

    Raises:
        ProblemsFound: The file itself cannot be read.
    """
    file = open_source(path, name=name)
    layout = mapping.layout if mapping else Layout()
    first = tuple(islice(source_rows(file, layout), GUESS_ROWS))
    used = mapping or guess_mapping(first, source=source, name=file.name)
    rows: tuple[ReadRow, ...] = ()
    problems = check_mapping(used)
    if not problems:
        try:
            stream = stream_report(path, used, name=name, period=period, titles=titles)
            rows = tuple(islice(stream, PREVIEW_ROWS))
        except ProblemsFound as found:
            problems = found.problems
    header = next((own for own in first if own.number >= used.layout.header_row), None)
    return ReportPreview(
        sha256=file.sha256,
        mapping=used,
        is_guess=mapping is None,
        first_rows=tuple((own.number, own.texts) for own in first[:PREVIEW_ROWS]),
        columns=tuple(own for own in header.texts if own) if header else (),
        rows=rows,
        problems=problems,
    )
