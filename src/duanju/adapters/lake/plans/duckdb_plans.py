"""A plan for DuckDB, within the process."""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.plans.columns import Column
from duanju.adapters.lake.plans.files import check_files
from duanju.adapters.lake.plans.plan import Plan, Scan, columns_of
from duanju.adapters.lake.plans.result import Result, exact_result
from duanju.adapters.lake.plans.sql import EXACT, Emitter, window_columns
from duanju.adapters.lake.plans.windows import Value, Windows
from duanju.adapters.lake.tables import quoted


@dataclass(frozen=True, slots=True)
class DuckDBQuery:
    """A query and the values that are bound to it."""

    text: str
    values: dict[str, list[Value]]


def emit_for_duckdb(plan: Plan) -> DuckDBQuery:
    """Return a plan as a query in DuckDB's SQL."""
    emitter = _DuckDBEmitter()
    text = emitter.emit(plan)
    return DuckDBQuery(text, emitter.values)


def run_on_duckdb(cursor: DuckDBPyConnection, plan: Plan) -> Result:
    """Return what a plan comes to.

    Raises:
        UnfitFile: A file lacks a column or a value, or has it in another type.
        InexactResult: A sum has more than 38 digits.
    """
    check_files(cursor, plan)
    query = emit_for_duckdb(plan)
    return exact_result(columns_of(plan), cursor.execute(query.text, query.values).fetchall())


class _DuckDBEmitter(Emitter):
    quote = '"'
    types = {"integer": "BIGINT", "exact": EXACT, "text": "VARCHAR"}

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[Value]] = {}

    def scan(self, scan: Scan) -> str:
        names = self.listed(column.name for column in scan.columns)
        files = ", ".join(quoted(file) for file in scan.files)
        return (
            f"SELECT {names} FROM read_parquet([{files}], hive_partitioning = false, "
            f"union_by_name = false){self.restriction(scan)}"
        )

    def windows(self, windows: Windows) -> str:
        columns = []
        for column, kind, values in window_columns(windows):
            bound = f"values_{len(self.values) + 1}"
            self.values[bound] = values
            columns.append(
                f"unnest(CAST(${bound} AS {self.types[kind]}[])) AS {self.named(column)}"
            )
        return f"SELECT {', '.join(columns)}"

    def literal(self, value: Value) -> str:
        return quoted(value) if isinstance(value, str) else f"CAST('{value}' AS BIGINT)"

    def total(self, column: Column) -> str:
        # DuckDB adds integers of 64 bits in 128, and a test holds it to that.
        return f"CAST(sum({self.named(column.name)}) AS {EXACT})"
