"""The list of what is sealed: SQLite, append-only, each line chained to the one before."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from duanju.kernel import chain_digest

Shelf = Literal["events", "rejected", "partials", "copies", "corrections", "effects"]

BUSY_SECONDS = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS part (
    sequence INTEGER PRIMARY KEY,
    shelf TEXT NOT NULL CHECK (
        shelf IN ('events', 'rejected', 'partials', 'copies', 'corrections', 'effects')),
    day TEXT NOT NULL,
    file TEXT NOT NULL UNIQUE,
    rows INTEGER NOT NULL,
    sums TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    sealed_at_us INTEGER NOT NULL,
    previous_digest TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS spool_offset (
    file TEXT PRIMARY KEY,
    offset INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS batch (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    listed_at_us INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS applied (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    position INTEGER NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS part_stays BEFORE UPDATE ON part
BEGIN SELECT RAISE(ABORT, 'the manifest is append-only'); END;
CREATE TRIGGER IF NOT EXISTS part_remains BEFORE DELETE ON part
BEGIN SELECT RAISE(ABORT, 'the manifest is append-only'); END;
CREATE TRIGGER IF NOT EXISTS batch_stays BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'the manifest is append-only'); END;
CREATE TRIGGER IF NOT EXISTS batch_remains BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'the manifest is append-only'); END;
"""
# A manifest from before the youngest shelf: its lines are kept as they are, under wider rules.
_WIDENING = f"""
BEGIN IMMEDIATE;
ALTER TABLE part RENAME TO narrow_part;
DROP TRIGGER part_stays;
DROP TRIGGER part_remains;
{_SCHEMA}
INSERT INTO part SELECT * FROM narrow_part;
DROP TABLE narrow_part;
COMMIT;
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a sealed file holds, as it was measured before it was listed.

    Attributes:
        shelf: `events` are counted, `rejected` are kept apart; `copies` are the numbers of rows of
            a file of events that do not count; `corrections` are what was told of events, `effects`
            the events that ceased to count by it or count again; `partials` are sums of a file of
            events or effects.
        day: Day (UTC) of the ids in it.
        file: Path below the lake's folder.
        rows: Number of rows; of a file of events, of those that count.
        sums: Exact sums of the columns with quantities; for a file of events with rows that do not
            count, also how many `copies`; for corrections the bounds of their ids.
        sha256: Of the file's bytes.
    """

    shelf: Shelf
    day: date
    file: str
    rows: int
    sums: Mapping[str, int]
    sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """A sealed file with its place in the manifest, counted from 1, and in the hash chain."""

    sequence: int
    contents: Contents
    sealed_at_us: int
    previous_digest: str
    digest: str


class Manifest:
    """The manifest of one lake; made with the first commit."""

    def __init__(self, path: Path) -> None:
        """Open nothing yet."""
        self._path = path

    def position(self) -> int:
        """Return the sequence number of the last part, 0 for none."""
        with self._connected() as connection:
            row = connection.execute("SELECT coalesce(max(sequence), 0) FROM part").fetchone()
            return int(row[0])

    def parts(
        self,
        *,
        shelf: Shelf | None = None,
        first_day: date | None = None,
        last_day: date | None = None,
        as_known_at: int | None = None,
        known_after: int | None = None,
    ) -> tuple[Part, ...]:
        """Return the parts in order of sequence; both days and `as_known_at` belong to it."""
        query = """SELECT * FROM part WHERE (?1 IS NULL OR shelf = ?1)
            AND (?2 IS NULL OR day >= ?2) AND (?3 IS NULL OR day <= ?3)
            AND (?4 IS NULL OR sequence <= ?4) AND (?5 IS NULL OR sequence > ?5)
            ORDER BY sequence"""
        days = [None if day is None else day.isoformat() for day in (first_day, last_day)]
        with self._connected() as connection:
            return tuple(
                _part(row)
                for row in connection.execute(query, (shelf, *days, as_known_at, known_after))
            )

    def offsets(self) -> dict[str, int]:
        """Return up to where each file of the spool has been sealed."""
        with self._connected() as connection:
            return dict(connection.execute("SELECT file, offset FROM spool_offset"))

    def digest_of_batch(self, key: str) -> str | None:
        """Return the digest under which a named batch was listed, None for a new one."""
        with self._connected() as connection:
            row = connection.execute("SELECT digest FROM batch WHERE key = ?", (key,)).fetchone()
            return None if row is None else str(row[0])

    def applied_up_to(self) -> int:
        """Return the position up to which corrections have been applied."""
        with self._connected() as connection:
            row = connection.execute("SELECT coalesce(max(position), 0) FROM applied").fetchone()
            return int(row[0])

    def commit(
        self,
        *,
        contents: Sequence[Contents],
        offsets: Mapping[str, int],
        sealed_at_us: int,
        batch: tuple[str, str] | None = None,
        applied_up_to: int | None = None,
    ) -> tuple[Part, ...]:
        """List files and remember the spool's offsets, all at once; durable on return.

        Args:
            contents: What is listed, in this order.
            offsets: Up to where files of the spool are sealed with it.
            sealed_at_us: Microseconds since the Unix epoch.
            batch: Key and digest of the named batch that it is.
            applied_up_to: Position up to which corrections are applied with it.
        """
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            last = connection.execute(
                "SELECT sequence, digest FROM part ORDER BY sequence DESC LIMIT 1"
            ).fetchone()
            parts = _chain(contents, last or (0, ""), sealed_at_us)
            connection.executemany(
                "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, parts)
            )
            connection.executemany("REPLACE INTO spool_offset VALUES (?, ?)", offsets.items())
            if batch is not None:
                connection.execute("INSERT INTO batch VALUES (?, ?, ?)", (*batch, sealed_at_us))
            if applied_up_to is not None:
                connection.execute("REPLACE INTO applied VALUES (1, ?)", (applied_up_to,))
            connection.execute("COMMIT")
        return parts

    def forget_spool(self, files: Sequence[str]) -> None:
        """Drop the offsets of files that are no longer there."""
        with self._connected() as connection:
            connection.executemany(
                "DELETE FROM spool_offset WHERE file = ?", [(file,) for file in files]
            )

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(
            sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        ) as connection:
            # EXTRA also syncs the folder after a commit, so that no commit comes undone.
            connection.execute("PRAGMA synchronous = EXTRA")
            _prepare(connection)
            yield connection


def _prepare(connection: sqlite3.Connection) -> None:
    found = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'part'").fetchone()
    if found is None:
        connection.executescript(_SCHEMA)
    elif "effects" not in found[0]:
        connection.executescript(_WIDENING)


def link_digest(
    *, previous_digest: str, sequence: int, contents: Contents, sealed_at_us: int
) -> str:
    """Return the digest of one line of the manifest behind the line before."""
    return chain_digest(
        previous_digest,
        {"sequence": sequence, "contents": contents, "sealed_at_us": sealed_at_us},
    )


def _chain(
    contents: Sequence[Contents], last: tuple[int, str], sealed_at_us: int
) -> tuple[Part, ...]:
    sequence, previous = last
    parts = []
    for item in contents:
        sequence += 1
        link = link_digest(
            previous_digest=previous, sequence=sequence, contents=item, sealed_at_us=sealed_at_us
        )
        parts.append(Part(sequence, item, sealed_at_us, previous, link))
        previous = link
    return tuple(parts)


def _row(part: Part) -> tuple[int | str, ...]:
    item = part.contents
    return (
        part.sequence,
        item.shelf,
        item.day.isoformat(),
        item.file,
        item.rows,
        json.dumps(dict(item.sums), sort_keys=True),
        item.sha256,
        part.sealed_at_us,
        part.previous_digest,
        part.digest,
    )


def _part(row: tuple[int, Shelf, str, str, int, str, str, int, str, str]) -> Part:
    sequence, shelf, day, file, rows, sums, sha256, sealed_at_us, previous, link = row
    item = Contents(shelf, date.fromisoformat(day), file, rows, json.loads(sums), sha256)
    return Part(sequence, item, sealed_at_us, previous, link)
