"""Which rows of a day count once: ids that repeat are looked for bucket by bucket.

Copies of an event share its id, so they share its day and its bucket; memory is bounded by one
bucket. Only rows whose ids repeat are then compared in full, with each other and with the lake.
"""

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.judgement import CHANGED_DUPLICATE, CONTENT
from duanju.adapters.lake.tables import COLUMN_NAMES, quoted

BUCKET_ROWS_MAX = 4_000_000
_CONTENT = ", ".join(CONTENT)
_SAME_CONTENT = " AND ".join(f"k.{name} = f.{name}" for name in CONTENT)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one day in a file that is being imported.

    Attributes:
        number: Of the file within its batch.
        path: Of the batch's own copy of it.
        rows: How many the file has, of all days.
        first_id, behind_id: Bounds of `id_high` for the day; None where all rows are of that day.
    """

    number: int
    path: Path
    rows: int
    first_id: int | None = None
    behind_id: int | None = None

    def query(self) -> str:
        """Return the rows in SQL, with `source` and `row_number` to tell them apart."""
        within = ""
        if self.first_id is not None:
            within = f" WHERE id_high >= {self.first_id} AND id_high < {self.behind_id}"
        return (
            f"SELECT {', '.join(COLUMN_NAMES)}, {self.number} AS source, "
            f"file_row_number AS row_number FROM read_parquet({quoted(str(self.path))}, "
            f"hive_partitioning = false, file_row_number = true){within}"
        )


def find_repeated(cursor: DuckDBPyConnection, *, rows: str, count: int, known: str) -> None:
    """Make the table `repeated` of halves of ids that more than one row may have.

    The table `held` has those of them that the lake may have.

    Args:
        cursor: That reads `rows`.
        rows: Subquery over all rows of a day.
        count: How many there are at most.
        known: Subquery over `id_low` of what the lake holds of that day; empty for nothing.
    """
    cursor.execute("CREATE OR REPLACE TEMP TABLE repeated (id_low BIGINT)")
    cursor.execute("CREATE OR REPLACE TEMP TABLE held (id_low BIGINT)")
    buckets = -(-count // BUCKET_ROWS_MAX)
    for number in range(buckets):
        within = f"WHERE (id_low & {2**62 - 1}) % {buckets} = {number}" if buckets > 1 else ""
        cursor.execute(f"""
            INSERT INTO repeated SELECT id_low FROM ({rows}) {within}
            GROUP BY id_low HAVING count(*) > 1""")
    if known:
        cursor.execute(f"""
            INSERT INTO held SELECT id_low FROM {known} own
            SEMI JOIN ({rows}) told USING (id_low)""")
        cursor.execute("INSERT INTO repeated FROM held")


def weigh_repeated(cursor: DuckDBPyConnection, *, rows: str, known: str) -> None:
    """Make the tables `passed_over` and `changed` of the rows that do not count.

    As in a seal, the copy received first stands. `passed_over` has the source and the number of
    each other row. `changed` has, of each row that says something else under an id, the first copy.

    Args:
        cursor: With the tables `repeated` and `held`.
        rows: Subquery over all rows of a day.
        known: Subquery over the content of what the lake holds; empty for nothing.
    """
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE met AS
        SELECT * FROM ({rows}) told SEMI JOIN repeated USING (id_low)""")
    # The content of a whole day is read only where the lake has something to compare.
    (count,) = cursor.execute("SELECT count(*) FROM held").fetchone() or (0,)
    same = f"{known} own SEMI JOIN met USING (id_high, id_low)" if count else "met WHERE false"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE known AS SELECT {_CONTENT} FROM {same}")
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE placed AS
        WITH first AS (SELECT * FROM met QUALIFY row_number() OVER (
            PARTITION BY {_CONTENT} ORDER BY received_at_us, source, row_number) = 1),
        fresh AS (SELECT f.* FROM first f ANTI JOIN known k ON {_SAME_CONTENT}),
        taken AS (SELECT DISTINCT id_high, id_low, true AS is_taken FROM known)
        SELECT fresh.*, is_taken IS NOT NULL OR row_number() OVER (PARTITION BY id_high, id_low
            ORDER BY received_at_us, {_CONTENT}) > 1 AS is_changed
        FROM fresh LEFT JOIN taken USING (id_high, id_low)""")
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE changed AS
        SELECT {", ".join(COLUMN_NAMES)}, {quoted(CHANGED_DUPLICATE)} AS reason, source
        FROM placed WHERE is_changed""")
    cursor.execute("""
        CREATE OR REPLACE TEMP TABLE passed_over AS
        SELECT source, row_number FROM met ANTI JOIN (SELECT source, row_number FROM placed
            WHERE NOT is_changed) standing USING (source, row_number)""")
    cursor.execute(
        "DROP TABLE met; DROP TABLE known; DROP TABLE placed; DROP TABLE repeated; DROP TABLE held"
    )
