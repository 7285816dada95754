"""The rows of a report as they stand in its file: CSV or a spreadsheet, one at a time."""

import codecs
import csv
import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from duanju.adapters.documents.reading import SIZE_BYTES_MAX, require_size
from duanju.adapters.documents.spreadsheets import (
    COLUMNS_MAX,
    DAMAGE,
    require_bounded,
    value_of_cell,
)
from duanju.adapters.documents.tables import BadCell, text_of_value
from duanju.adapters.reports.mapping import Delimiter, Encoding, Layout
from duanju.kernel import Problem, ProblemsFound, Where

ROWS_MAX = 1_000_000
"""Reports with more rows are refused."""

CELL_CHARACTERS_MAX = 2_000
"""Longer cells are refused."""

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")
"""What a report's name may end in."""

_DELIMITERS = {Delimiter.COMMA: ",", Delimiter.SEMICOLON: ";", Delimiter.TAB: "\t"}
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell.

    Attributes:
        text: Its exact text, stripped.
        is_number: Whether a spreadsheet holds it as a number.
        is_day: Whether a spreadsheet holds it as a day, which is then written as YYYY-MM-DD.
        problem: The code of what keeps it from being read; empty if nothing does.
    """

    text: str
    is_number: bool = False
    is_day: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a file: its number, counted from 1, and its cells."""

    number: int
    cells: tuple[SourceCell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its cells, without empty ones at the end."""
        texts = [own.text for own in self.cells]
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a report.

    Attributes:
        path: Where it lies.
        name: What its owner calls it.
        sha256: Of its bytes, in hexadecimal digits.
        is_utf8: Whether its bytes are UTF-8.
    """

    path: Path
    name: str
    sha256: str
    is_utf8: bool


def open_source(path: Path, *, name: str = "") -> SourceFile:
    """Return a file with its digest; it is read once, block by block.

    Raises:
        ProblemsFound: There is no such file, it is too large, or its name ends in none of
            `ENDINGS`.
    """
    known = name or str(path)
    if Path(known).suffix.lower() not in ENDINGS:
        params: dict[str, str | int] = {"file": known, "endings": ", ".join(ENDINGS)}
        raise ProblemsFound((Problem("reports.unknown-file", Where(known), params),))
    require_size(path, bytes_max=SIZE_BYTES_MAX)
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
            is_utf8 = is_utf8 and _continues(decoder, block, is_last=False)
    is_utf8 = is_utf8 and _continues(decoder, b"", is_last=True)
    return SourceFile(path, known, digest.hexdigest(), is_utf8)


def source_rows(source: SourceFile, layout: Layout) -> Iterator[SourceRow]:
    """Yield every row of a file that has any text, in order.

    Raises:
        ProblemsFound: The file is not what its name says, or has too many rows.
    """
    is_sheet = Path(source.name).suffix.lower() == ".xlsx"
    rows = _sheet_rows(source, layout) if is_sheet else _text_rows(source, layout)
    for row in rows:
        if row.number > ROWS_MAX:
            params: dict[str, str | int] = {"rows": ROWS_MAX}
            where = Where(source.name, row.number)
            raise ProblemsFound((Problem("documents.too-many-rows", where, params),))
        if any(own.text for own in row.cells):
            yield row


def _text_rows(source: SourceFile, layout: Layout) -> Iterator[SourceRow]:
    reader = None
    try:
        with source.path.open(encoding=_encoding(source, layout), newline="") as stream:
            reader = csv.reader(stream, delimiter=_DELIMITERS[layout.delimiter], strict=True)
            for cells in reader:
                yield SourceRow(reader.line_num, tuple(_text_cell(own) for own in cells))
    except UnicodeDecodeError:
        raise _found("reports.other-encoding", source, file=source.name) from None
    except csv.Error as error:
        line = reader.line_num if reader is not None else 1
        where = Where(source.name, line)
        raise ProblemsFound(
            (Problem("documents.not-csv", where, {"reason": str(error)}),)
        ) from None


def _encoding(source: SourceFile, layout: Layout) -> str:
    if layout.encoding is Encoding.AUTO:
        return "utf-8-sig" if source.is_utf8 else "gb18030"
    return "utf-8-sig" if layout.encoding is Encoding.UTF_8 else "gb18030"


def _sheet_rows(source: SourceFile, layout: Layout) -> Iterator[SourceRow]:
    require_bounded(source.path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(source.path, read_only=True, data_only=True, keep_links=False)
            try:
                sheet = _sheet(book, source, layout)
                rows = sheet.iter_rows(max_row=ROWS_MAX + 1, max_col=COLUMNS_MAX)
                for number, cells in enumerate(rows, start=1):
                    yield SourceRow(number, tuple(_typed_cell(own) for own in cells))
            finally:
                book.close()
    except DAMAGE as error:
        raise _found("documents.not-xlsx", source, reason=str(error)[:200]) from None


def _sheet(book: Any, source: SourceFile, layout: Layout) -> Any:
    if not layout.sheet:
        return book.worksheets[0]
    for sheet in book.worksheets:
        if sheet.title == layout.sheet:
            return sheet
    known = ", ".join(own.title for own in book.worksheets[:20])
    raise _found("reports.no-such-sheet", source, sheet=layout.sheet, known=known)


def _text_cell(text: str) -> SourceCell:
    stripped = text.strip()
    if len(stripped) > CELL_CHARACTERS_MAX:
        return SourceCell(stripped[:80], problem="documents.long-cell")
    return SourceCell(stripped)


def _typed_cell(cell: Any) -> SourceCell:
    value = value_of_cell(cell)
    try:
        text = text_of_value(value).strip()
    except BadCell as bad:
        return SourceCell(bad.value, problem=bad.problem_code)
    if len(text) > CELL_CHARACTERS_MAX:
        return SourceCell(text[:80], problem="documents.long-cell")
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return SourceCell(text, is_number=is_number, is_day=isinstance(value, date | datetime))


def _continues(decoder: codecs.IncrementalDecoder, block: bytes, *, is_last: bool) -> bool:
    try:
        decoder.decode(block, is_last)
    except UnicodeDecodeError:
        return False
    return True


def _found(code: str, source: SourceFile, **params: str | int) -> ProblemsFound:
    return ProblemsFound((Problem(code, Where(source.name), params),))
