"""Daily partial sums: what a month is closed from, so that its cost grows with new data only.

Beside each file of events or effects lies one of partial sums, by the day (UTC) of occurrence,
title, episode, kind, channel, territory and currency. It is written once, with its file, and never
again: what comes late lies in later files and has partial sums of its own. A stretch of time
is added up from whole days of partial sums; only days that it cuts are read from the events.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.durable import file_sha256, make_folder, sync_file, sync_folder
from duanju.adapters.lake.event import DAY_US
from duanju.adapters.lake.manifest import Contents, Part
from duanju.adapters.lake.tables import (
    EFFECTS,
    EXACT,
    LONG,
    SHORT,
    SUMMED,
    TEXT,
    exact_sum,
    quoted,
    read_counted,
    read_parts,
)
from duanju.kernel import Period, Problem, Where

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

KEYS: tuple[tuple[str, str], ...] = (
    ("title_id", LONG),
    ("episode_number", SHORT),
    ("kind", TEXT),
    ("channel", TEXT),
    ("territory", TEXT),
    ("currency", TEXT),
    ("occurred_day", SHORT),
)
"""Name and type of what partial sums are kept by; days are counted from 1 January 1970."""

# A sum of 64-bit amounts may pass 64 bits. Milliseconds and coins cannot: a day's worth of the one
# and 32 bits of the other, times all rows that a file could ever have, stay far below.
ADDED: tuple[tuple[str, str], ...] = (
    ("events", LONG),
    ("effective_ms", LONG),
    ("coins", LONG),
    ("amount_minor", EXACT),
)
"""Name and type of the sums: how many events, and their quantities."""

KEY_NAMES = tuple(name for name, _ in KEYS)
ADDED_NAMES = tuple(name for name, _ in ADDED)


@dataclass(frozen=True, slots=True)
class Sources:
    """Which files hold the sums of a stretch of time, each event in exactly one of them.

    Attributes:
        partials: Files of partial sums, to be read for the whole days.
        events: Parts whose events are to be read for what is left of the stretch.
        unsummed: Parts that have no partial sums; their events are to be read for all of it.
        first_day: The first whole day, counted from 1 January 1970.
        last_day: The day behind the last whole one; not after `first_day` where there is none.
    """

    partials: tuple[str, ...]
    events: tuple[Part, ...]
    unsummed: tuple[Part, ...]
    first_day: int
    last_day: int


def file_of_partial(events_file: str) -> str:
    """Return where the partial sums of a file of events or effects lie.

    >>> file_of_partial("events/day=2026-09-10/part-000000001.parquet")
    'partials/day=2026-09-10/part-000000001.parquet'
    """
    return "partials" + events_file[events_file.index("/") :]


def write_partial(
    cursor: DuckDBPyConnection,
    *,
    folder: Path,
    events: Contents,
    rows: str,
    number: str = "count(*)",
) -> Contents:
    """Write the partial sums of a file of events or effects, durable but not listed yet.

    Args:
        cursor: That knows what `rows` names.
        folder: The lake's.
        events: What that file holds.
        rows: Table or subquery over the same events.
        number: In SQL, for how many events rows stand together.
    """
    add_up(cursor, rows=rows, number=number)
    sums = {"events": events.rows, **events.sums}
    return write_added(
        cursor, folder=folder, day=events.day, events_file=events.file, sums=sums, order=KEY_NAMES
    )


def add_up(
    cursor: DuckDBPyConnection, *, rows: str, number: str = "count(*)", id_day: date | None = None
) -> dict[str, int]:
    """Make the table `partial` of the partial sums of rows, and return what all come to.

    Args:
        cursor: That knows what `rows` names.
        rows: Table or subquery over events.
        number: In SQL, for how many events rows stand together.
        id_day: The day of all their ids, where they have one.
    """
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE partial AS {grouped(rows, number, id_day)}")
    sums = ", ".join(exact_sum(name) for name in ADDED_NAMES)
    found = cursor.execute(f"SELECT {sums} FROM partial").fetchone() or ()
    return {name: int(value) for name, value in zip(ADDED_NAMES, found, strict=True)}


def write_added(
    cursor: DuckDBPyConnection,
    *,
    folder: Path,
    day: date,
    events_file: str,
    sums: Mapping[str, int],
    order: Sequence[str],
) -> Contents:
    """Write the table `partial` beside a file of events, durable but not listed yet.

    Args:
        cursor: With the table that `add_up` made; it is dropped.
        folder: The lake's.
        day: Of the ids of the events.
        events_file: Their file below the lake.
        sums: What all partial sums come to.
        order: Columns to sort by; none where writing fast is worth more than small files.
    """
    file = file_of_partial(events_file)
    path = folder / file
    make_folder(path.parent)
    found = cursor.execute("SELECT count(*) FROM partial").fetchone() or (0,)
    sorting = f"ORDER BY {', '.join(order)}" if order else ""
    cursor.execute(f"""
        COPY (SELECT * FROM partial {sorting})
        TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)""")
    cursor.execute("DROP TABLE partial")
    sync_file(path)
    sync_folder(path.parent)
    return Contents("partials", day, file, int(found[0]), sums, file_sha256(path))


def grouped(rows: str, number: str = "count(*)", id_day: date | None = None) -> str:
    """Return the query of partial sums over a table or subquery of events."""
    keys = ", ".join(KEY_NAMES[:-1])
    sums = ", ".join(f"CAST(sum({name}) AS {dict(ADDED)[name]}) AS {name}" for name in SUMMED)
    day = f"CAST({_occurred_day(id_day)} AS {SHORT})"
    return (
        f"SELECT {keys}, {day} AS occurred_day, CAST({number} AS {LONG}) AS events, {sums} "
        f"FROM {rows} GROUP BY {keys}, {day}"
    )


def find_sources(
    cursor: DuckDBPyConnection,
    *,
    folder: Path,
    events: Sequence[Part],
    partials: Iterable[str],
    period: Period,
) -> Sources:
    """Find which files hold the sums of a period.

    Args:
        cursor: To look into partial sums of days that the period cuts.
        folder: The lake's.
        events: The parts of events and effects that may lie in the period, as they were known.
        partials: Files of partial sums that are listed, whenever that was: they say nothing that
            their events do not say.
        period: Half-open, in any zone.
    """
    listed = set(partials)
    summed: list[Part] = []
    unsummed: list[Part] = []
    for part in events:
        is_summed = file_of_partial(part.contents.file) in listed
        (summed if is_summed else unsummed).append(part)
    first_day, last_day, cut = cut_into_days(period)
    if first_day >= last_day:
        return Sources((), (), (*unsummed, *summed), first_day, first_day)
    files = tuple(file_of_partial(part.contents.file) for part in summed)
    touching = _holding(cursor, folder=folder, parts=summed, days=cut)
    return Sources(files, touching, tuple(unsummed), first_day, last_day)


def may_hold(part: Part, days: Iterable[int]) -> bool:
    """Say whether an event of a part may have occurred on one of the days."""
    number = (part.contents.day - _EPOCH.date()).days
    return any(abs(number - day) <= 1 for day in days)


def cut_into_days(period: Period) -> tuple[int, int, tuple[int, ...]]:
    """Return the first whole day of a period, the one behind its last, and the days that it cuts.

    Days are those of UTC, counted from 1 January 1970. Without a whole day the first is not before
    the second.
    """
    starts_us, ends_us = _microseconds(period.start), _microseconds(period.end)
    first_day, last_day = -(-starts_us // DAY_US), ends_us // DAY_US
    cut = [day for day in (first_day - 1, last_day) if starts_us < (day + 1) * DAY_US]
    return first_day, last_day, tuple(day for day in cut if day * DAY_US < ends_us)


def read_sources(sources: Sources, *, folder: Path, period: Period) -> str:
    """Return a subquery in SQL whose rows, partial sums all, add up to a period."""
    columns = ", ".join((*KEY_NAMES, *ADDED_NAMES))
    starts_us, ends_us = _microseconds(period.start), _microseconds(period.end)
    within = f"occurred_at_us >= {starts_us} AND occurred_at_us < {ends_us}"
    first_us, last_us = sources.first_day * DAY_US, sources.last_day * DAY_US
    beside = f"{within} AND NOT (occurred_at_us >= {first_us} AND occurred_at_us < {last_us})"
    queries = [
        grouped(
            f"(SELECT * FROM {read_counted(folder=folder, parts=parts)} WHERE {condition})",
            "sum(events)",
        )
        for parts, condition in ((sources.events, beside), (sources.unsummed, within))
        if parts
    ]
    if sources.partials:
        queries.append(
            f"SELECT {columns} FROM {_read_files(folder, sources.partials)} "
            f"WHERE occurred_day >= {sources.first_day} AND occurred_day < {sources.last_day}"
        )
    if not queries:
        queries = [grouped(read_parts(folder=folder, parts=()))]
    return f"({' UNION ALL '.join(queries)})"


def find_differences(
    cursor: DuckDBPyConnection, *, folder: Path, parts: Sequence[Part]
) -> tuple[Problem, ...]:
    """Add up every file of events again and return the partial sums that say something else."""
    listed = {part.contents.file for part in parts if part.contents.shelf == "partials"}
    problems = []
    for part in parts:
        file = file_of_partial(part.contents.file)
        if part.contents.shelf not in ("events", EFFECTS) or file not in listed:
            continue
        if not all((folder / name).is_file() for name in (part.contents.file, file)):
            continue
        if _differs(cursor, folder, part, file):
            problems.append(Problem("lake.partial-differs", Where(file=file)))
    return tuple(problems)


def _occurred_day(id_day: date | None) -> str:
    """Return in SQL the day of an event; it is within one of its id's, and so need not be divided.

    Which costs a tenth of all adding up.
    """
    if id_day is None:
        return f"occurred_at_us // {DAY_US}"
    number = (id_day - _EPOCH.date()).days
    return (
        f"CASE WHEN occurred_at_us < {number * DAY_US} THEN {number - 1} "
        f"WHEN occurred_at_us < {(number + 1) * DAY_US} THEN {number} ELSE {number + 1} END"
    )


def _differs(cursor: DuckDBPyConnection, folder: Path, part: Part, file: str) -> bool:
    own = f"SELECT {', '.join((*KEY_NAMES, *ADDED_NAMES))} FROM {_read_files(folder, [file])}"
    again = grouped(read_counted(folder=folder, parts=[part]), "sum(events)")
    found = cursor.execute(
        f"(({own}) EXCEPT ALL ({again})) UNION ALL (({again}) EXCEPT ALL ({own})) LIMIT 1"
    ).fetchone()
    return found is not None


def _holding(
    cursor: DuckDBPyConnection, *, folder: Path, parts: Sequence[Part], days: Sequence[int]
) -> tuple[Part, ...]:
    """Return the parts of which an event occurred on one of the days."""
    near = [part for part in parts if may_hold(part, days)]
    if not near:
        return ()
    paths = {str(folder / file_of_partial(part.contents.file)): part for part in near}
    listed = ", ".join(map(quoted, paths))
    wanted = ", ".join(map(str, days))
    rows = cursor.execute(f"""
        SELECT DISTINCT filename FROM read_parquet([{listed}], hive_partitioning = false,
            filename = true) WHERE occurred_day IN ({wanted}) ORDER BY 1""").fetchall()
    return tuple(paths[path] for (path,) in rows)


def _read_files(folder: Path, files: Iterable[str]) -> str:
    listed = ", ".join(quoted(str(folder / file)) for file in files)
    return f"read_parquet([{listed}], hive_partitioning = false, union_by_name = false)"


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
