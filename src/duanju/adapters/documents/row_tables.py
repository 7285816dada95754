"""Tables of many rows as CSV, line by line."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from duanju.adapters.documents.tables import BYTE_ORDER_MARK, spreadsheet_text

Cell = str | int | Decimal


def rows_as_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield a table line by line as spreadsheets open it, a byte order mark first.

    Numbers are written as they are; no text becomes a formula.

    Args:
        head: The names of the columns.
        rows: As many cells each.
    """
    yield BYTE_ORDER_MARK + _line(head)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[Cell]) -> str:
    stream = io.StringIO(newline="")
    shown = [spreadsheet_text(own) if isinstance(own, str) else own for own in cells]
    csv.writer(stream, lineterminator="\r\n").writerow(shown)
    return stream.getvalue()
