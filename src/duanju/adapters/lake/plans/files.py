"""Whether files hold what a plan reads, told from their footers."""

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.plans.columns import ColumnType
from duanju.adapters.lake.plans.plan import Plan, Scan, scans_of

FITTING: dict[ColumnType, frozenset[str]] = {
    "integer": frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT"}),
    "exact": frozenset({"DECIMAL(38,0)"}),
    "text": frozenset({"VARCHAR"}),
}
"""The types in a file for a type of a plan; any other could be rounded as it is read."""


class UnfitFile(ValueError):
    """A file lacks a column or a value that a plan reads, or has it in another type."""

    code = "lake.unfit-file"


def check_files(cursor: DuckDBPyConnection, plan: Plan) -> None:
    """Read the footers of all files of a plan; where they are silent, the columns.

    Raises:
        UnfitFile: Said with the file and the column.
    """
    for scan in scans_of(plan):
        if scan.files:
            _check(cursor, scan)


def _check(cursor: DuckDBPyConnection, scan: Scan) -> None:
    found = {
        (file, name): kind
        for file, name, kind in cursor.execute(
            "SELECT file_name, name, duckdb_type FROM parquet_schema(?)", [list(scan.files)]
        ).fetchall()
    }
    for file in scan.files:
        for column in scan.columns:
            kind = found.get((file, column.name), "missing")
            if kind not in FITTING[column.type]:
                raise UnfitFile(f"{file}: {column.name} is {kind}, not {column.type}")
    for file, name in _missing_values(cursor, scan):
        raise UnfitFile(f"{file}: {name} is missing in some rows")


def _missing_values(cursor: DuckDBPyConnection, scan: Scan) -> list[tuple[str, str]]:
    """Find columns with missing values by the footers; where they do not say, by reading."""
    names = [column.name for column in scan.columns]
    suspected = cursor.execute(
        "SELECT DISTINCT file_name, path_in_schema, stats_null_count FROM parquet_metadata($files) "
        "WHERE path_in_schema IN (SELECT unnest($names)) AND coalesce(stats_null_count, 1) > 0 "
        "ORDER BY ALL",
        {"files": list(scan.files), "names": names},
    ).fetchall()
    return [
        (file, name)
        for file, name, count in suspected
        if count is not None or _has_missing_value(cursor, file, name)
    ]


def _has_missing_value(cursor: DuckDBPyConnection, file: str, name: str) -> bool:
    found = cursor.execute(
        f'SELECT 1 FROM read_parquet(?, hive_partitioning = false) WHERE "{name}" IS NULL LIMIT 1',
        [file],
    ).fetchone()
    return found is not None
