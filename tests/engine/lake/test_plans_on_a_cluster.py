"""Spark, on a master and two workers of their own, comes to the same rows as plain Python."""

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from duanju.adapters.lake.plans import (
    Column,
    GroupSum,
    InexactSession,
    Merge,
    Scan,
    columns_of,
    emit_for_duckdb,
    result_hash,
    run_on_duckdb,
    run_on_spark,
    run_plainly,
)
from tests.support.generated_months import KEYS, a_month, write_parquet
from tests.support.spark_cluster import WORKERS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]

SEEDS = range(100, 105)
COLUMNS = (Column("title_id", "integer"), Column("amount_minor", "integer"))
TYPES = {"title_id": "BIGINT", "amount_minor": "BIGINT"}


@pytest.fixture
def cursor():
    with duckdb.connect() as connection:
        yield connection


def a_sum(*files: str) -> GroupSum:
    return GroupSum(Scan(files, COLUMNS), ("title_id",), ("amount_minor",))


def test_generated_months_come_to_the_same_hash_in_one_job(
    spark: "SparkSession", tmp_path: Path, cursor
) -> None:
    months = [a_month(tmp_path, seed, events_max=200) for seed in SEEDS]
    plan = Merge(tuple(partial for month in months for partial in month.partials), KEYS)
    plain = run_plainly(cursor, plan)
    distributed = run_on_spark(spark, plan)
    assert distributed == plain
    assert (
        result_hash(distributed) == result_hash(plain) == result_hash(run_on_duckdb(cursor, plan))
    )
    executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
    assert executors == WORKERS


def test_partials_that_duckdb_wrote_are_merged_by_spark(
    spark: "SparkSession", tmp_path: Path, cursor
) -> None:
    month = a_month(tmp_path, 3)
    files = []
    for number, partial in enumerate(month.partials):
        query = emit_for_duckdb(partial)
        file = str(tmp_path / f"partial-{number}.parquet")
        cursor.execute(f"COPY ({query.text}) TO '{file}' (FORMAT parquet)", query.values)
        files.append(file)
    plan = Merge((Scan(tuple(files), columns_of(month.partials[0])),), KEYS)
    assert run_on_spark(spark, plan) == run_plainly(cursor, month.closed())


def test_no_file_and_no_row_come_to_nothing(spark: "SparkSession", tmp_path: Path) -> None:
    empty = write_parquet(tmp_path / "a.parquet", [], types=TYPES)
    assert run_on_spark(spark, Merge((a_sum(), a_sum(empty)), ("title_id",))).rows == ()


@pytest.mark.parametrize(
    ("row", "types"),
    [
        ((1,), {"title_id": "BIGINT"}),
        ((1, None), TYPES),
        ((1, 2.5), TYPES | {"amount_minor": "DOUBLE"}),
    ],
    ids=["lacking", "empty-value", "float"],
)
def test_files_that_do_not_fit_are_refused(
    spark: "SparkSession", tmp_path: Path, row, types
) -> None:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    whole = write_parquet(tmp_path / "whole.parquet", [(1, 2)], types=TYPES)
    unfit = write_parquet(tmp_path / "unfit.parquet", [row], types=types)
    with pytest.raises((PySparkException, Py4JError)):
        run_on_spark(spark, a_sum(whole, unfit))
    assert run_on_spark(spark, a_sum(whole)).rows == ((1, 2, 1),)


def test_a_sum_of_more_than_38_digits_is_refused(spark: "SparkSession", tmp_path: Path) -> None:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    types = TYPES | {"amount_minor": "DECIMAL(38, 0)"}
    columns = (COLUMNS[0], Column("amount_minor", "exact"))
    most = 10**38 - 1
    file = write_parquet(tmp_path / "a.parquet", [(1, most)], types=types)
    more = write_parquet(tmp_path / "b.parquet", [(1, 1)], types=types)
    whole = run_on_spark(spark, Merge((Scan((file,), columns),), ("title_id",)))
    assert whole.rows == ((1, most),)
    with pytest.raises((PySparkException, Py4JError)):
        run_on_spark(spark, Merge((Scan((file, more), columns),), ("title_id",)))


def test_a_session_that_would_wrap_sums_is_refused(spark: "SparkSession") -> None:
    spark.conf.set("spark.sql.ansi.enabled", "false")
    try:
        with pytest.raises(InexactSession, match=r"spark\.sql\.ansi\.enabled"):
            run_on_spark(spark, a_sum())
    finally:
        spark.conf.set("spark.sql.ansi.enabled", "true")
