"""Settlement plans: what an engine finds and adds, the same on one machine and on a cluster."""

from duanju.adapters.lake.plans.columns import Column, ColumnType, IllTypedPlan
from duanju.adapters.lake.plans.duckdb_plans import DuckDBQuery, emit_for_duckdb, run_on_duckdb
from duanju.adapters.lake.plans.engines import ENGINE_NAMES, EngineName, opened_engine
from duanju.adapters.lake.plans.files import UnfitFile
from duanju.adapters.lake.plans.measuring import (
    measures_of,
    partial_sums_as_csv,
    plan_of_measures,
)
from duanju.adapters.lake.plans.plain_plans import run_plainly
from duanju.adapters.lake.plans.plan import (
    Distinct,
    GroupSum,
    Join,
    Merge,
    Plan,
    Scan,
    Within,
    columns_of,
)
from duanju.adapters.lake.plans.result import InexactResult, Result, result_hash
from duanju.adapters.lake.plans.sealed import Engine, measure_sealed
from duanju.adapters.lake.plans.spark_plans import (
    EXACT_SETTINGS,
    InexactSession,
    SparkQuery,
    emit_for_spark,
    run_on_spark,
    spark_session,
)
from duanju.adapters.lake.plans.windows import Window, Windows

__all__ = [
    "ENGINE_NAMES",
    "EXACT_SETTINGS",
    "Column",
    "ColumnType",
    "Distinct",
    "DuckDBQuery",
    "Engine",
    "EngineName",
    "GroupSum",
    "IllTypedPlan",
    "InexactResult",
    "InexactSession",
    "Join",
    "Merge",
    "Plan",
    "Result",
    "Scan",
    "SparkQuery",
    "UnfitFile",
    "Window",
    "Windows",
    "Within",
    "columns_of",
    "emit_for_duckdb",
    "emit_for_spark",
    "measure_sealed",
    "measures_of",
    "opened_engine",
    "partial_sums_as_csv",
    "plan_of_measures",
    "result_hash",
    "run_on_duckdb",
    "run_on_spark",
    "run_plainly",
    "spark_session",
]
