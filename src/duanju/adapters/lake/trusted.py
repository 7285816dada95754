"""Whether a Parquet file of events holds what the lake can hold; told mostly from its footer.

Whoever imports events vouches for them: no session is judged. What the file's own statistics say
of ranges is believed, as every engine that reads the file believes it; texts, and times that are
not told apart by the statistics, are read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import duckdb
from duckdb import DuckDBPyConnection

from duanju.adapters.lake.event import (
    DAY_US,
    EFFECTIVE_MS_MAX,
    INT64_MIN,
    TIME_US_MAX,
    EventKind,
)
from duanju.adapters.lake.tables import COLUMNS, TEXT, quoted
from duanju.kernel import Problem, Where

_TIME = (0, TIME_US_MAX)
_COUNT = (0, 2**31 - 1)
_BOUNDS: Mapping[str, tuple[int, int]] = {
    "id_high": (0, (TIME_US_MAX // 1000 << 16) | 0xFFFF),
    "id_low": (INT64_MIN, INT64_MIN // 2 - 1),
    "occurred_at_us": _TIME,
    "received_at_us": _TIME,
    "session_started_at_us": _TIME,
    "episode_number": _COUNT,
    "sequence": _COUNT,
    "effective_ms": (0, EFFECTIVE_MS_MAX),
}
_PATTERNS: Mapping[str, str] = {
    "kind": "|".join(get_args(EventKind)),
    "currency": "([A-Z]{3})?",
    "channel": "[a-z0-9_]{1,32}",
    "language": "[A-Za-z0-9-]{0,35}",
    "territory": "[A-Za-z0-9-]{0,35}",
}
_SHOWN_MAX = 40


@dataclass(slots=True)
class _Column:
    """What a footer says of a column: bounds by row group, and rows without a value."""

    bounds: list[tuple[int, int]] = field(default_factory=list)
    missing: int = 0
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class Footer:
    """What an import needs to know of a file.

    Attributes:
        rows: How many it has.
        first_id: Least `id_high`.
        last_id: Greatest `id_high`.
    """

    rows: int
    first_id: int
    last_id: int


def read_footer(cursor: DuckDBPyConnection, *, path: Path) -> Footer:
    """Return what `find_unfit` has found nothing wrong with."""
    found = cursor.execute(
        "SELECT count(*), min(id_high), max(id_high) FROM read_parquet(?)", [str(path)]
    ).fetchone() or (0, None, None)
    return Footer(int(found[0]), int(found[1] or 0), int(found[2] or 0))


def find_unfit(cursor: DuckDBPyConnection, *, path: Path, name: str) -> tuple[Problem, ...]:
    """Return everything that keeps a file out of the lake.

    Args:
        cursor: Of an engine.
        path: Of the file.
        name: By which its owner knows it.
    """
    try:
        problems = tuple(_find_wrong_columns(cursor, path, name))
        return problems or tuple(_find_wrong_values(cursor, path, name))
    except duckdb.Error as error:
        reason = str(error).splitlines()[0][:200]
        return (Problem("lake.import-not-parquet", Where(file=name), {"reason": reason}),)


def _find_wrong_columns(cursor: DuckDBPyConnection, path: Path, name: str) -> Iterator[Problem]:
    described = cursor.execute(f"DESCRIBE FROM {_read(path)}").fetchall()
    found = {str(column): str(kind) for column, kind, *_ in described}
    wanted = {column: kind for column, kind, _ in COLUMNS}
    for column in sorted(found.keys() - wanted.keys()):
        yield Problem("lake.import-extra-column", Where(file=name), {"column": column})
    for column, kind in wanted.items():
        if found.get(column) != kind:
            told = {"column": column, "expected": kind, "type": found.get(column, "—")}
            yield Problem("lake.import-column", Where(file=name), told)


def _find_wrong_values(cursor: DuckDBPyConnection, path: Path, name: str) -> Iterator[Problem]:
    columns = _columns(cursor, path)
    for column, told in columns.items():
        if told.missing:
            params: dict[str, str | int] = {"column": column, "rows": told.missing}
            yield Problem("lake.import-missing", Where(file=name), params)
    for column, (least, greatest) in _BOUNDS.items():
        for low, high in columns[column].bounds:
            if low < least or high > greatest:
                params = {"column": column, "least": least, "greatest": greatest}
                params["found"] = low if low < least else high
                yield Problem("lake.import-range", Where(file=name), params)
                break
    yield from _find_wrong_texts(cursor, path, name)
    far = _count_far(cursor, path, columns)
    if far:
        yield Problem("lake.import-far-from-id", Where(file=name), {"rows": far})


def _find_wrong_texts(cursor: DuckDBPyConnection, path: Path, name: str) -> Iterator[Problem]:
    for column, pattern in _PATTERNS.items():
        rows = cursor.execute(f"SELECT DISTINCT {column} FROM {_read(path)} ORDER BY 1").fetchall()
        for (value,) in rows:
            if value is not None and not re.fullmatch(pattern, value):
                params = {"column": column, "value": value[:_SHOWN_MAX]}
                yield Problem("lake.import-text", Where(file=name), params)
                break


def _columns(cursor: DuckDBPyConnection, path: Path) -> dict[str, _Column]:
    """Return what is known of each column from the footer; where it is silent, from reading."""
    columns: dict[str, _Column] = defaultdict(_Column)
    for column, low, high, missing in cursor.execute(
        "SELECT path_in_schema, stats_min_value, stats_max_value, stats_null_count "
        "FROM parquet_metadata(?) ORDER BY row_group_id",
        [str(path)],
    ).fetchall():
        told = columns[column]
        told.is_told &= missing is not None
        told.missing += missing or 0
        if column in _BOUNDS:
            told.is_told &= low is not None and high is not None
            told.bounds.append((int(low or 0), int(high or 0)))
    for column, kind, _ in COLUMNS:
        if not columns[column].is_told:
            columns[column] = _read_column(cursor, path, column, kind)
    return columns


def _read_column(cursor: DuckDBPyConnection, path: Path, column: str, kind: str) -> _Column:
    low, high = ("0", "0") if kind == TEXT else (f"min({column})", f"max({column})")
    found = cursor.execute(
        f"SELECT count(*) - count({column}), {low}, {high} FROM {_read(path)}"
    ).fetchone() or (0, None, None)
    bounds = [] if found[1] is None else [(int(found[1]), int(found[2]))]
    return _Column(bounds=bounds, missing=int(found[0]))


def _count_far(cursor: DuckDBPyConnection, path: Path, columns: Mapping[str, _Column]) -> int:
    """Return how many events occurred more than a day from the time in their ids."""
    ids, moments = columns["id_high"].bounds, columns["occurred_at_us"].bounds
    if len(ids) == len(moments) and all(
        _us(first) + DAY_US >= latest and _us(last) - DAY_US <= earliest
        for (first, last), (earliest, latest) in zip(ids, moments, strict=True)
    ):
        return 0
    found = cursor.execute(f"""
        SELECT count(*) FROM {_read(path)}
        WHERE abs(occurred_at_us - (id_high >> 16) * 1000) > {DAY_US}""").fetchone() or (0,)
    return int(found[0])


def _us(id_high: int) -> int:
    return (id_high >> 16) * 1000


def _read(path: Path) -> str:
    return f"read_parquet({quoted(str(path))}, hive_partitioning = false)"
