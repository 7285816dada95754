"""The index in SQLite: an FTS5 table beside the works, one row a work."""

# ruff: noqa: S608 — it composes SQL of names of its own; values are bound.

from collections.abc import Mapping, Sequence

from django.db import connection

CREATE = (
    "CREATE VIRTUAL TABLE library_work_index "
    "USING fts5(title, people, synopsis, tokenize = 'unicode61')"
)
DROP = "DROP TABLE library_work_index"

Phrases = Sequence[tuple[Sequence[str], bool]]


def write(rows: Sequence[tuple[int, Sequence[Sequence[str]]]]) -> None:
    """Put the tokens of works into the index, in place of those that were there."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM library_work_index WHERE rowid = %s", [(pk,) for pk, _ in rows]
        )
        cursor.executemany(
            "INSERT INTO library_work_index (rowid, title, people, synopsis) "
            "VALUES (%s, %s, %s, %s)",
            [(pk, *(" ".join(tokens) for tokens in fields)) for pk, fields in rows],
        )


def find(field: str, phrases: Phrases, conditions: Mapping[str, object], most: int) -> list[int]:
    """Return the newest works in whose field all phrases stand.

    A cross join keeps the order of its tables: else SQLite may ask the index once for each work.
    """
    asked = " AND ".join(f'"{" ".join(tokens)}"{"*" * begins}' for tokens, begins in phrases)
    where = "".join(f" AND work.{column} = %s" for column in conditions)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT work.id FROM library_work_index CROSS JOIN library_work AS work "
            "ON work.id = library_work_index.rowid "
            f"WHERE library_work_index MATCH %s{where} ORDER BY work.id DESC LIMIT %s",
            [f"{field} : ({asked})", *conditions.values(), most],
        )
        return [pk for (pk,) in cursor.fetchall()]
