"""The columns of the lake and the one engine that reads them here."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from duanju.adapters.lake.manifest import Part, Shelf

TEXT, LONG, SHORT = "VARCHAR", "BIGINT", "INTEGER"

# Plain types that every engine reads alike: an id is two BIGINTs (Spark refuses the Parquet UUID
# type), and a HUGEINT is never written (Parquet would make it a DOUBLE).
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("id_high", LONG, ""),
    ("id_low", LONG, ""),
    ("kind", TEXT, ""),
    ("occurred_at_us", LONG, ""),
    ("received_at_us", LONG, ""),
    ("viewer_id", LONG, ""),
    ("title_id", LONG, ""),
    ("episode_number", SHORT, ""),
    ("session_id", LONG, "0"),
    ("session_started_at_us", LONG, "0"),
    ("sequence", SHORT, "0"),
    ("effective_ms", LONG, "0"),
    ("amount_minor", LONG, "0"),
    ("currency", TEXT, "''"),
    ("coins", SHORT, "0"),
    ("channel", TEXT, "'web'"),
    ("language", TEXT, "''"),
    ("territory", TEXT, "''"),
)
"""Name, type in SQL, and what stands for a field that the spool leaves out."""

COLUMN_NAMES = tuple(name for name, _, _ in COLUMNS)
COPIES = "copies"
"""How many rows of a file of events do not count, and the shelf that says which."""
EFFECTS: Shelf = "effects"
"""The shelf of events that ceased to count or count again; its `events` are -1 or 1."""
SUMMED = ("effective_ms", "coins", "amount_minor")
EXACT = "DECIMAL(38, 0)"
"""The type of sums that every engine has: a sum of 64-bit integers may not fit in 64 bits."""


class Engine:
    """DuckDB within the process: bounded memory, UTC, nothing ever downloaded.

    Args:
        spill: Folder for what does not fit in memory; made only when it is needed.
        memory_limit: As DuckDB writes it, `1GB`.
        threads: Number of threads for one query.
    """

    def __init__(self, *, spill: Path, memory_limit: str, threads: int) -> None:
        """Open nothing yet."""
        self._settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit,
            "threads": threads,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.Lock()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a connection for one thread; temporary tables made in it are its own."""
        with self._lock:
            if self._connection is None:
                self._connection = duckdb.connect(":memory:", config=self._settings)
            cursor = self._connection.cursor()
        cursor.execute("SET TimeZone = 'UTC'")
        return cursor


def read_parts(
    *, folder: Path, parts: Iterable[Part], columns: Sequence[str] = COLUMN_NAMES
) -> str:
    """Return a subquery in SQL over the files of the parts; over no rows where there are none."""
    listed = list(parts)
    plain = [part for part in listed if not part.contents.sums.get(COPIES)]
    queries = [_read_without_copies(folder, part, columns) for part in listed if part not in plain]
    if plain:
        files = ", ".join(quoted(str(folder / part.contents.file)) for part in plain)
        queries.append(
            f"SELECT {', '.join(columns)} FROM "
            f"read_parquet([{files}], hive_partitioning = false, union_by_name = false)"
        )
    if not queries:
        types = {name: kind for name, kind, _ in COLUMNS} | {"reason": TEXT}
        nothing = ", ".join(f"CAST(NULL AS {types[name]}) AS {name}" for name in columns)
        queries.append(f"SELECT {nothing} WHERE false")
    return f"({' UNION ALL '.join(queries)})"


def read_counted(*, folder: Path, parts: Iterable[Part]) -> str:
    """Return a subquery over events and effects, with how many `events` a row stands for."""
    listed = list(parts)
    effects = [part for part in listed if part.contents.shelf == EFFECTS]
    events = [part for part in listed if part.contents.shelf != EFFECTS]
    columns = ", ".join(COLUMN_NAMES)
    own = f"SELECT {columns}, 1 AS events FROM {read_parts(folder=folder, parts=events)}"
    if not effects:
        return f"({own})"
    changed = read_effects(folder=folder, parts=effects, columns=COLUMN_NAMES)
    return f"({own} UNION ALL SELECT {columns}, events FROM {changed})"


def read_effects(*, folder: Path, parts: Sequence[Part], columns: Sequence[str]) -> str:
    """Return a subquery over files of effects, with `events` behind the columns."""
    types = {name: kind for name, kind, _ in COLUMNS} | {"events": LONG}
    return read_plainly(folder=folder, parts=parts, columns=(*columns, "events"), types=types)


def read_plainly(
    *, folder: Path, parts: Sequence[Part], columns: Sequence[str], types: Mapping[str, str]
) -> str:
    """Return a subquery over the files of parts, all of whose rows count.

    Args:
        folder: The lake's.
        parts: Of one shelf; none for no rows.
        columns: What is read.
        types: Of the columns in SQL, where there is no file; of others no matter.
    """
    if not parts:
        nothing = ", ".join(f"CAST(NULL AS {types.get(own, TEXT)}) AS {own}" for own in columns)
        return f"(SELECT {nothing} WHERE false)"
    files = ", ".join(quoted(str(folder / part.contents.file)) for part in parts)
    return (
        f"(SELECT {', '.join(columns)} FROM read_parquet([{files}], hive_partitioning = false, "
        "union_by_name = false))"
    )


def file_of_copies(events_file: str) -> str:
    """Return where the numbers of the rows of a file of events lie that do not count.

    >>> file_of_copies("events/day=2026-09-10/part-000000001.parquet")
    'copies/day=2026-09-10/part-000000001.parquet'
    """
    return COPIES + events_file.removeprefix("events")


def _read_without_copies(folder: Path, part: Part, columns: Sequence[str]) -> str:
    file = quoted(str(folder / part.contents.file))
    copies = quoted(str(folder / file_of_copies(part.contents.file)))
    return (
        f"SELECT {', '.join(columns)} FROM read_parquet({file}, hive_partitioning = false, "
        "file_row_number = true) told ANTI JOIN "
        f"read_parquet({copies}, hive_partitioning = false) copy "
        "ON told.file_row_number = copy.row_number"
    )


def quoted(text: str) -> str:
    """Return a text as a literal in SQL."""
    return "'" + text.replace("'", "''") + "'"


def exact_sum(column: str) -> str:
    """Return the exact sum of a column of integers in SQL.

    DuckDB adds integers of 64 bits in 128, and a test holds it to that. For an engine that does not
    widen, each addend is to be cast to `EXACT` first, which here costs half as much again.
    """
    return f"coalesce(sum({column}), 0)"
