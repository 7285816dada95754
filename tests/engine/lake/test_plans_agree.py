"""Plain Python and DuckDB come to the same rows; `test_plans_on_a_cluster` adds Spark."""

import random
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from duanju.adapters.lake.plans import (
    Column,
    Distinct,
    GroupSum,
    InexactResult,
    Join,
    Merge,
    Scan,
    UnfitFile,
    Window,
    Windows,
    Within,
    columns_of,
    emit_for_duckdb,
    result_hash,
    run_on_duckdb,
    run_plainly,
)
from tests.support.generated_months import (
    BEGINS_US,
    COLUMNS,
    DAY_US,
    DAYS,
    KEYS,
    TYPES,
    a_month,
    write_parquet,
)

SMALL = {"title_id": "BIGINT", "amount_minor": "BIGINT"}
SMALL_COLUMNS = (Column("title_id", "integer"), Column("amount_minor", "integer"))


@pytest.fixture
def cursor():
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize("seed", range(40))
def test_generated_months_come_to_the_same_hash(seed: int, tmp_path: Path, cursor) -> None:
    month = a_month(tmp_path, seed)
    plain = run_plainly(cursor, month.closed())
    fast = run_on_duckdb(cursor, month.closed())
    assert fast == plain
    assert result_hash(fast) == result_hash(plain)
    for partial in month.partials:
        assert run_on_duckdb(cursor, partial) == run_plainly(cursor, partial)


def test_months_hold_what_they_are_to_try(tmp_path: Path, cursor) -> None:
    months = [a_month(tmp_path, seed) for seed in range(10)]
    rows = [row for month in months for row in run_plainly(cursor, month.closed()).rows]
    assert any(int(row[-2]) > 2**63 for row in rows)
    assert any(int(row[-2]) < -(2**63) for row in rows)
    assert {"reversal", "unlock"} <= {row[KEYS.index("kind")] for row in rows}
    assert {-(2**63)} < {row[KEYS.index("contract")] for row in rows}
    assert {"CNY", "USD", "JPY", ""} == {row[KEYS.index("currency")] for row in rows}
    contracts = {row[:2] for row in rows}
    assert len(contracts) > len({title_id for title_id, _contract in contracts})
    counted = sum(int(row[-1]) for row in rows)
    with_copies = sum(
        int(row[-1])
        for month in months
        for partial in month.partials
        for row in run_plainly(cursor, without_distinct(partial)).rows
    )
    assert with_copies > counted
    late = [len(run_plainly(cursor, month.partials[DAYS]).rows) for month in months]
    assert min(late) == 0 < max(late)


def without_distinct(partial: GroupSum) -> GroupSum:
    """Return a partial sum that counts what was sent again."""
    assert isinstance(partial.source, Join)
    assert isinstance(partial.source.source, Distinct)
    return GroupSum(partial.source.source.source, ("title_id",), ())


def test_answers_are_those_worked_by_hand(tmp_path: Path, cursor) -> None:
    def event(number: int, title_id: int, moment: int, amount: int, kind: str = "unlock"):
        return (1, number, kind, moment, title_id, "web", "CNY", 10, 1, amount)

    noon = BEGINS_US + DAY_US // 2
    rows = [
        event(1, 7, noon - 1, 2**63 - 1),
        event(2, 7, noon - 1, 2**63 - 1),
        event(2, 7, noon - 1, 2**63 - 1),
        event(3, 7, noon, 100),
        event(4, 7, noon - 1, -(2**63 - 1), "reversal"),
        event(5, 8, noon, 5),
    ]
    files = (
        write_parquet(tmp_path / "a.parquet", rows[:2]),
        write_parquet(tmp_path / "b.parquet", rows[2:]),
    )
    windows = Windows(
        keys=(Column("title_id", "integer"),),
        carried=(Column("contract", "integer"),),
        rows=(Window((7,), noon, noon + 1, (2,)), Window((7,), 0, noon, (1,))),
        otherwise=(0,),
    )
    joined = Join(Distinct(Scan(files, COLUMNS)), windows)
    plan = GroupSum(joined, ("title_id", "contract"), ("amount_minor",))
    expected = ((7, 1, 2**63 - 1, 3), (7, 2, 100, 1), (8, 0, 5, 1))
    assert run_plainly(cursor, plan).rows == expected
    assert run_on_duckdb(cursor, plan).rows == expected


def test_partials_written_down_merge_to_the_same_close(tmp_path: Path, cursor) -> None:
    month = a_month(tmp_path, 3)
    written = []
    for number, partial in enumerate(month.partials):
        query = emit_for_duckdb(partial)
        file = tmp_path / f"partial-{number}.parquet"
        cursor.execute(f"COPY ({query.text}) TO '{file}' (FORMAT parquet)", query.values)
        written.append(Scan((str(file),), columns_of(partial)))
    whole = run_plainly(cursor, month.closed())
    assert run_on_duckdb(cursor, Merge(tuple(written), KEYS)) == whole
    one_scan = Scan(tuple(scan.files[0] for scan in written), written[0].columns)
    assert run_on_duckdb(cursor, Merge((one_scan,), KEYS)) == whole
    assert run_plainly(cursor, Merge((one_scan,), KEYS)) == whole


def test_order_resends_and_cutting_into_partials_change_nothing(tmp_path: Path, cursor) -> None:
    dice = random.Random(4)
    month = a_month(tmp_path, 5)
    shuffled = list(month.partials)
    dice.shuffle(shuffled)
    nested = Merge((Merge(tuple(shuffled[:2]), KEYS), Merge(tuple(shuffled[2:]), KEYS)), KEYS)
    assert run_on_duckdb(cursor, nested) == run_on_duckdb(cursor, month.closed())


def test_money_of_all_windows_is_the_money_of_all_rows(tmp_path: Path, cursor) -> None:
    month = a_month(tmp_path, 6)
    by_title: dict[int, int] = defaultdict(int)
    for row in run_on_duckdb(cursor, month.closed()).rows:
        by_title[int(row[0])] += int(row[-2])
    unjoined = Merge(
        tuple(
            GroupSum(partial.source.source, ("title_id",), ("amount_minor",))
            for partial in month.partials
            if isinstance(partial.source, Join)
        ),
        ("title_id",),
    )
    found = {row[0]: row[1] for row in run_on_duckdb(cursor, unjoined).rows}
    assert found == dict(by_title)


def test_rows_with_one_id_that_differ_all_stay(tmp_path: Path, cursor) -> None:
    row = (1, 2, "unlock", BEGINS_US, 7, "web", "CNY", 0, 0, 5)
    file = write_parquet(tmp_path / "a.parquet", [row, row, (*row[:-1], 6)])
    plan = GroupSum(Distinct(Scan((file,), COLUMNS)), ("title_id",), ("amount_minor",))
    assert run_plainly(cursor, plan).rows == ((7, 11, 2),)
    assert run_on_duckdb(cursor, plan).rows == ((7, 11, 2),)


def test_range_is_half_open(tmp_path: Path, cursor) -> None:
    file = write_parquet(tmp_path / "a.parquet", [(n, 1) for n in (-(2**63), 0, 1)], types=SMALL)
    within = Within("title_id", -(2**63), 1)
    plan = GroupSum(Scan((file,), SMALL_COLUMNS, within), ("title_id",), ())
    for run in (run_plainly, run_on_duckdb):
        assert run(cursor, plan).rows == ((-(2**63), 1), (0, 1))


@pytest.mark.parametrize("run", [run_plainly, run_on_duckdb])
def test_files_that_do_not_fit_are_refused(run, tmp_path: Path, cursor) -> None:
    whole = write_parquet(tmp_path / "whole.parquet", [(1, 2)], types=SMALL)
    for name, rows, types in [
        ("float", [(1, 2.5)], SMALL | {"amount_minor": "DOUBLE"}),
        ("unsigned", [(1, 2)], SMALL | {"amount_minor": "UBIGINT"}),
        ("fraction", [(1, 2)], SMALL | {"amount_minor": "DECIMAL(38, 2)"}),
        ("lacking", [(1,)], {"title_id": "BIGINT"}),
        ("empty-value", [(1, None)], SMALL),
    ]:
        file = write_parquet(tmp_path / f"{name}.parquet", rows, types=types)
        plan = GroupSum(Scan((whole, file), SMALL_COLUMNS), ("title_id",), ("amount_minor",))
        with pytest.raises(UnfitFile, match=f"{name}.parquet: amount_minor"):
            run(cursor, plan)


@pytest.mark.parametrize("run", [run_plainly, run_on_duckdb])
def test_a_sum_of_more_than_38_digits_is_refused(run, tmp_path: Path, cursor) -> None:
    types = {"title_id": "BIGINT", "amount_minor": "DECIMAL(38, 0)"}
    columns = (Column("title_id", "integer"), Column("amount_minor", "exact"))
    most = 10**38 - 1
    file = write_parquet(tmp_path / "a.parquet", [(1, most)], types=types)
    more = write_parquet(tmp_path / "b.parquet", [(1, 1)], types=types)
    assert run(cursor, Merge((Scan((file,), columns),), ("title_id",))).rows == ((1, most),)
    with pytest.raises((InexactResult, duckdb.Error)):
        run(cursor, Merge((Scan((file, more), columns),), ("title_id",)))


def test_nothing_comes_of_no_rows(tmp_path: Path, cursor) -> None:
    empty = write_parquet(tmp_path / "a.parquet", [])
    for files in [(), (empty,)]:
        plan = GroupSum(Distinct(Scan(files, COLUMNS)), ("title_id",), ("amount_minor",))
        for run in (run_plainly, run_on_duckdb):
            assert run(cursor, plan).rows == ()
    assert list(TYPES) == [column.name for column in COLUMNS]
