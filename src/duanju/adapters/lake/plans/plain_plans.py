"""The plan in plain Python: slow, in memory, and what the engines are held to.

DuckDB only fetches rows here; every row is kept apart, compared and added by Python.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.plans.columns import Column
from duanju.adapters.lake.plans.files import check_files
from duanju.adapters.lake.plans.plan import (
    Distinct,
    GroupSum,
    Join,
    Merge,
    Plan,
    Scan,
    columns_of,
)
from duanju.adapters.lake.plans.result import Result, exact_result
from duanju.adapters.lake.plans.windows import Value, Window
from duanju.adapters.lake.tables import quoted

Row = tuple[Value, ...]


def run_plainly(cursor: DuckDBPyConnection, plan: Plan) -> Result:
    """Return what a plan comes to.

    Raises:
        UnfitFile: A file lacks a column, or has it in another type.
        InexactResult: A value is missing or a sum has more than 38 digits.
    """
    check_files(cursor, plan)
    return exact_result(columns_of(plan), _rows(cursor, plan))


def _rows(cursor: DuckDBPyConnection, plan: Plan) -> Iterable[Row]:
    match plan:
        case Scan():
            return _scanned(cursor, plan)
        case Distinct():
            return set(_rows(cursor, plan.source))
        case Join():
            return _joined(_rows(cursor, plan.source), plan)
        case GroupSum():
            own = columns_of(plan.source)
            one = () if plan.count is None else (1,)
            counted = (
                (*_picked(row, own, plan.keys), *_picked(row, own, plan.sums), *one)
                for row in _rows(cursor, plan.source)
            )
            return _added(counted, len(plan.keys))
        case Merge():
            own = columns_of(plan.partials[0])
            names = [column.name for column in columns_of(plan)]
            partial_rows = (
                _picked(row, own, names)
                for partial in plan.partials
                for row in _rows(cursor, partial)
            )
            return _added(partial_rows, len(plan.keys))
    assert_never(plan)


def _scanned(cursor: DuckDBPyConnection, scan: Scan) -> Iterator[Row]:
    names = [column.name for column in scan.columns]
    listed = ", ".join(f'"{name}"' for name in names)
    for file in scan.files:
        found = cursor.execute(
            f"SELECT {listed} FROM read_parquet({quoted(file)}, hive_partitioning = false)"
        ).fetchall()
        for row in exact_result(scan.columns, found).rows:
            if scan.within is None or _is_within(row[names.index(scan.within.column)], scan):
                yield row


def _is_within(value: Value, scan: Scan) -> bool:
    assert scan.within is not None
    return scan.within.start <= int(value) < scan.within.end


def _joined(rows: Iterable[Row], join: Join) -> Iterator[Row]:
    own = columns_of(join.source)
    keys = [column.name for column in join.windows.keys]
    by_keys: dict[Row, list[Window]] = defaultdict(list)
    for window in sorted(join.windows.rows, key=lambda each: (each.keys, each.from_us)):
        by_keys[window.keys].append(window)
    for row in rows:
        (moment,) = _picked(row, own, [join.moment])
        windows = by_keys.get(_picked(row, own, keys), [])
        before = bisect_right(windows, int(moment), key=lambda each: each.from_us)
        held = windows[before - 1] if before else None
        if held is not None and int(moment) < held.until_us:
            yield (*row, *held.carried)
        else:
            yield (*row, *join.windows.otherwise)


def _added(rows: Iterable[Row], key_count: int) -> list[Row]:
    totals: dict[Row, list[int]] = {}
    for row in rows:
        values = [int(value) for value in row[key_count:]]
        total = totals.setdefault(row[:key_count], [0] * len(values))
        for number, value in enumerate(values):
            total[number] += value
    return [(*key, *total) for key, total in totals.items()]


def _picked(row: Row, columns: Sequence[Column], names: Sequence[str]) -> Row:
    places = {column.name: number for number, column in enumerate(columns)}
    return tuple(row[places[name]] for name in names)
