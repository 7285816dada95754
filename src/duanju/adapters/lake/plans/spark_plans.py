"""A plan for Apache Spark, on a cluster over the same files.

The package pyspark is the extra `spark`; it is imported when a session is opened.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duanju.adapters.lake.plans.columns import Column, ColumnType
from duanju.adapters.lake.plans.plan import Plan, Scan, columns_of
from duanju.adapters.lake.plans.result import Result, exact_result
from duanju.adapters.lake.plans.sql import EXACT, Emitter, window_columns
from duanju.adapters.lake.plans.windows import Value, Windows
from duanju.kernel import digest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXACT_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
}
"""Without these Spark wraps what is too large, or leaves out files that it cannot read."""


class InexactSession(ValueError):
    """A session of Spark has a setting under which a sum may be wrong without a word."""

    code = "lake.inexact-session"


@dataclass(frozen=True, slots=True)
class SparkQuery:
    """A query and the scans that it knows by the names of views."""

    text: str
    scans: dict[str, Scan]


def emit_for_spark(plan: Plan) -> SparkQuery:
    """Return a plan as a query in Spark's SQL."""
    emitter = _SparkEmitter(digest(plan)[:12])
    text = emitter.emit(plan)
    return SparkQuery(text, emitter.scans)


@contextmanager
def spark_session(
    master: str, *, settings: Mapping[str, str] | None = None
) -> "Iterator[SparkSession]":
    """Open a session on a cluster and stop it at the end, its driver's process too.

    Where this process has a session on that cluster already, as a notebook does, it is used and
    left open.

    Args:
        master: As Spark writes it: `spark://HOST:PORT`, `yarn`, `k8s://…`, `local[2]`.
        settings: More settings of Spark, such as those of the object storage. Those on which
            exactness depends cannot be changed.

    Raises:
        InexactSession: This process has a session on another cluster.
    """
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    opened = SparkSession.getActiveSession()
    if opened is not None:
        if opened.sparkContext.master != master:
            raise InexactSession(f"a session is open on {opened.sparkContext.master} already")
        yield opened
        return
    builder = SparkSession.builder.master(master).appName("duanju")
    for name, value in {**(settings or {}), **EXACT_SETTINGS}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        gateway = SparkContext._gateway
        if gateway is not None:
            # Spark keeps the driver's Java process for a next session; whoever opens one here
            # opens no other.
            SparkContext._gateway = SparkContext._jvm = None
            gateway.shutdown()
            gateway.proc.stdin.close()
            gateway.proc.wait()


def run_on_spark(session: "SparkSession", plan: Plan) -> Result:
    """Return what a plan comes to.

    Raises:
        InexactSession: The session's settings are not `EXACT_SETTINGS`.
        InexactResult: A value is missing, or a sum has more than 38 digits.
    """
    for name, value in EXACT_SETTINGS.items():
        if str(session.conf.get(name)).lower() != value.lower():
            raise InexactSession(f"{name} is {session.conf.get(name)}, not {value}")
    query = emit_for_spark(plan)
    try:
        for name, scan in query.scans.items():
            rows = session.read.schema(_schema(scan)).parquet(*scan.files)
            rows.createOrReplaceTempView(name)
        return exact_result(columns_of(plan), session.sql(query.text).collect())
    finally:
        for name in query.scans:
            session.catalog.dropTempView(name)


_TYPES: dict[ColumnType, str] = {"integer": "BIGINT", "exact": EXACT, "text": "STRING"}


def _schema(scan: Scan) -> str:
    return ", ".join(f"`{column.name}` {_TYPES[column.type]}" for column in scan.columns)


class _SparkEmitter(Emitter):
    quote = "`"
    types = _TYPES

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix
        self.scans: dict[str, Scan] = {}

    def scan(self, scan: Scan) -> str:
        view = f"scan_{self._prefix}_{len(self.scans) + 1}"
        self.scans[view] = scan
        # Spark reads a column that a file lacks as missing values, and would not add them.
        columns = ", ".join(
            f"coalesce({self.named(column.name)}, "
            f"raise_error('{column.name} is missing')) AS {self.named(column.name)}"
            for column in scan.columns
        )
        return f"SELECT {columns} FROM {view}{self.restriction(scan)}"

    def windows(self, windows: Windows) -> str:
        columns = window_columns(windows)
        rows = [
            dict(zip((column for column, _, _ in columns), row, strict=True))
            for row in zip(*(values for _, _, values in columns), strict=True)
        ]
        types = ", ".join(f"{column}: {self.types[kind]}" for column, kind, _ in columns)
        # One literal: rows of literals take the parser five times as long.
        whole = self.literal(json.dumps(rows, ensure_ascii=False))
        return (
            f"SELECT inline(from_json({whole}, 'array<struct<{types}>>', map('mode', 'FAILFAST')))"
        )

    def literal(self, value: Value) -> str:
        if isinstance(value, str):
            return f"CAST(X'{value.encode().hex()}' AS STRING)"
        return f"CAST('{value}' AS BIGINT)"

    def total(self, column: Column) -> str:
        # An addend of 64 bits would make a sum of 64 bits.
        return f"sum(CAST({self.named(column.name)} AS {EXACT}))"
