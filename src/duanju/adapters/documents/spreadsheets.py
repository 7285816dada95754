"""Tables in spreadsheets: XLSX, read cell by cell."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from duanju.adapters.documents.reading import require_size
from duanju.adapters.documents.tables import (
    ROWS_MAX,
    Table,
    TableRow,
    Unreadable,
    require_columns,
    rows_of,
)
from duanju.kernel import Problem, ProblemsFound, Where

FILE_BYTES_MAX = 64 * 1024 * 1024
"""Larger spreadsheets are refused before they are opened."""

UNPACKED_BYTES_MAX = 512 * 1024 * 1024
"""Spreadsheets are archives; those whose parts come to more are refused before they are read."""

PARTS_MAX = 1_000
"""Archives with more parts are refused, too."""

COLUMNS_MAX = 64
"""Cells further to the right are refused."""

DAMAGE = (
    *(zipfile.BadZipFile, InvalidFileException, SyntaxError, KeyError, IndexError),
    *(ValueError, TypeError, AttributeError, EOFError, NotImplementedError, OverflowError),
)
"""What reading a file that is no spreadsheet, or a damaged one, can end in.

Whichever library reads the XML, openpyxl takes lxml where it is installed, its errors are syntax
errors.
"""


def read_sheet_rows(
    path: Path, *, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[TableRow | Problem]:
    """Yield each row of each sheet of an XLSX file, one at a time, or what is wrong with it.

    Sheets without any cell are passed over; of all others, the first row names the columns.
    A formula counts as the value that was last saved with it.

    Raises:
        ProblemsFound: The file is too large when unpacked, is no spreadsheet, or a sheet's columns
            are not those of the table.
    """
    require_bounded(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in book.worksheets:
                    yield from _rows(path, sheet, required, optional)
            finally:
                book.close()
    except DAMAGE as error:
        problem = Problem("documents.not-xlsx", Where(str(path)), {"reason": str(error)[:200]})
        raise ProblemsFound((problem,)) from None


def require_bounded(path: Path) -> None:
    """Refuse an archive by what it says of itself; unpacking stops at the size that it says.

    Raises:
        ProblemsFound: It is too large when unpacked, or no archive.
    """
    require_size(path, bytes_max=FILE_BYTES_MAX)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        problem = Problem("documents.not-xlsx", Where(str(path)), {"reason": str(error)})
        raise ProblemsFound((problem,)) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_BYTES_MAX or len(parts) > PARTS_MAX:
        raise ProblemsFound(
            (Problem("documents.too-large", Where(str(path)), {"file": str(path)}),)
        )


def _rows(
    path: Path, sheet: Any, required: Sequence[str], optional: Sequence[str]
) -> Iterator[TableRow | Problem]:
    table: Table | None = None
    rows = sheet.iter_rows(max_row=ROWS_MAX + 1, max_col=COLUMNS_MAX + 1)
    for line, cells in enumerate(rows, start=1):
        if table is not None:
            yield from rows_of(table, line, [value_of_cell(cell) for cell in cells])
        elif any(cell.value is not None for cell in cells):
            names = [str(cell.value or "").strip() for cell in cells]
            while names and not names[-1]:
                names.pop()
            table = Table(str(path), tuple(names), sheet.title)
            require_columns(table, line=line, required=required, optional=optional)


def value_of_cell(cell: Any) -> object:
    """Return what a cell holds, or that it holds an error."""
    if cell.data_type == "e":
        return Unreadable("documents.error-in-cell", str(cell.value))
    return cell.value
