"""Tables in Parquet files, read in batches."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from duanju.adapters.documents.reading import require_size
from duanju.adapters.documents.tables import (
    ROWS_MAX,
    Table,
    TableRow,
    number_text,
    require_columns,
    rows_of,
)
from duanju.kernel import Problem, ProblemsFound, Where

FILE_BYTES_MAX = 512 * 1024 * 1024
"""Larger files are refused before they are opened."""

ROWS_A_BATCH = 4_096

_PLAIN_TYPES = frozenset(
    {
        *("VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "FLOAT"),
        *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE"),
        *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
    }
)
"""Types whose values have one exact text; decimals have, too."""

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1GB",
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def read_parquet_rows(
    path: Path, *, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[TableRow | Problem]:
    """Yield each row of a Parquet file, or what is wrong with it; lines are numbers of rows.

    Raises:
        ProblemsFound: The file is too large or no Parquet, its columns are not those of the table,
            or one of them is of a type without an exact text.
    """
    require_size(path, bytes_max=FILE_BYTES_MAX)
    connection = duckdb.connect(":memory:", config=_SETTINGS)
    try:
        source = _literal(path.absolute())
        types = {
            str(name): str(kind)
            for name, kind, *_ in connection.execute(f"DESCRIBE FROM {source}").fetchall()
        }
        table = Table(str(path), tuple(types))
        require_columns(table, required=required, optional=optional)
        _require_plain(table, types)
        yield from _rows(connection, table, types, source)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0][:200]
        problem = Problem("documents.not-parquet", Where(str(path)), {"reason": reason})
        raise ProblemsFound((problem,)) from None
    finally:
        connection.close()


def _rows(
    connection: duckdb.DuckDBPyConnection, table: Table, types: dict[str, str], source: str
) -> Iterator[TableRow | Problem]:
    columns = ", ".join(_selected(name, kind) for name, kind in types.items())
    found = connection.execute(f"SELECT {columns} FROM {source} LIMIT {ROWS_MAX + 1}")  # noqa: S608
    singles = [number for number, kind in enumerate(types.values()) if kind == "FLOAT"]
    line = 0
    while batch := found.fetchmany(ROWS_A_BATCH):
        for row in batch:
            values = list(row)
            for number in singles:
                values[number] = number_text(values[number] or "")
            line += 1
            yield from rows_of(table, line, values)


def _selected(name: str, kind: str) -> str:
    """Return what to select for a column.

    A FLOAT is told as text: as a Python number it would show digits that it does not have.
    """
    return f"CAST({_quoted(name)} AS VARCHAR)" if kind == "FLOAT" else _quoted(name)


def _require_plain(table: Table, types: dict[str, str]) -> None:
    problems = tuple(
        Problem("documents.column-type", table.where(1, name), {"column": name, "type": kind})
        for name, kind in types.items()
        if kind not in _PLAIN_TYPES and not kind.startswith(("DECIMAL(", "ENUM("))
    )
    if problems:
        raise ProblemsFound(problems)


def _literal(path: Path) -> str:
    """Return the call that reads one file: what would match several is escaped."""
    escaped = "".join(f"[{own}]" if own in "*?[" else own for own in str(path))
    return "read_parquet('" + escaped.replace("'", "''") + "')"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
