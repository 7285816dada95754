"""The index in PostgreSQL: vectors of tokens with their places, one row a work.

The vectors are written by ourselves, place by place: PostgreSQL's own parsers take Chinese apart
as the server's locale happens to say.
"""

# ruff: noqa: S608 — it composes SQL of names of its own; values are bound.

from collections.abc import Mapping, Sequence

from django.db import connection

CREATE = (
    "CREATE TABLE library_work_index (work_id bigint PRIMARY KEY, "
    "title tsvector NOT NULL, people tsvector NOT NULL, synopsis tsvector NOT NULL); "
    "CREATE INDEX library_work_index_title ON library_work_index USING gin (title); "
    "CREATE INDEX library_work_index_people ON library_work_index USING gin (people); "
    "CREATE INDEX library_work_index_synopsis ON library_work_index USING gin (synopsis)"
)
DROP = "DROP TABLE library_work_index"

PLACES_MAX = 16_383
"""PostgreSQL keeps no place beyond; a synopsis has at most a few thousand characters."""

Phrases = Sequence[tuple[Sequence[str], bool]]


def write(rows: Sequence[tuple[int, Sequence[Sequence[str]]]]) -> None:
    """Put the tokens of works into the index, in place of those that were there."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO library_work_index (work_id, title, people, synopsis) "
            "VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector) "
            "ON CONFLICT (work_id) DO UPDATE SET title = excluded.title, "
            "people = excluded.people, synopsis = excluded.synopsis",
            [(pk, *(_vector(tokens) for tokens in fields)) for pk, fields in rows],
        )


def find(field: str, phrases: Phrases, conditions: Mapping[str, object], most: int) -> list[int]:
    """Return the newest works in whose field all phrases stand."""
    asked = " & ".join(_phrase(tokens, begins) for tokens, begins in phrases)
    where = "".join(f" AND work.{column} = %s" for column in conditions)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT work.id FROM library_work_index AS own JOIN library_work AS work "
            "ON work.id = own.work_id "
            f"WHERE own.{field} @@ %s::tsquery{where} ORDER BY work.id DESC LIMIT %s",
            [asked, *conditions.values(), most],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _vector(tokens: Sequence[str]) -> str:
    return " ".join(
        f"'{token}':{place}" for place, token in enumerate(tokens[:PLACES_MAX], start=1)
    )


def _phrase(tokens: Sequence[str], begins: bool) -> str:
    if begins:
        return f"'{tokens[0]}':*"
    return "(" + " <-> ".join(f"'{token}'" for token in tokens) + ")"
