"""Single events behind a sum, a page at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.correction import CorrectedEvent
from duanju.adapters.lake.event import TIME_US_MAX, Event, EventKind
from duanju.adapters.lake.manifest import Part
from duanju.adapters.lake.measures import microseconds
from duanju.adapters.lake.tables import COLUMN_NAMES, EFFECTS, read_effects, read_parts
from duanju.kernel import Period, id_from_halves, id_halves, id_time_ms, parse_id

LIMIT_MAX = 500
ROWS_AT_ONCE = 2_000
_CORRECTED = ("corrects_high", "corrects_low", "correction", "reason")


class InvalidCursor(ValueError):
    """The place to continue from was not given out by a page."""

    code = "lake.invalid-cursor"


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events in order of occurrence, and the place to continue `after`, None at the end.

    The `refusal` of an event that was kept apart is the reason.
    """

    events: tuple[Event, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events are asked for; what is None does not narrow."""

    period: Period
    title_id: int | None = None
    titles: Sequence[int] | None = None
    kind: EventKind | None = None
    episode_number: int | None = None
    viewer_id: int | None = None
    currency: str | None = None


def read_page(
    cursor: DuckDBPyConnection,
    *,
    folder: Path,
    parts: Sequence[Part],
    selection: Selection,
    limit: int,
    after: str | None,
) -> EventPage:
    """Return up to `limit` events, ordered by occurrence and then by id.

    Raises:
        InvalidCursor: `after` does not come from a page.
    """
    limit = max(1, min(limit, LIMIT_MAX))
    rows_of_parts, columns = _rows(folder, parts)
    conditions, values = _conditions(selection)
    if after is not None:
        conditions.append("(occurred_at_us, id_high, id_low) > (?, ?, ?)")
        values.extend(_place(after))
    rows = cursor.execute(
        f"SELECT * FROM {rows_of_parts} WHERE {' AND '.join(conditions)} "
        f"ORDER BY occurred_at_us, id_high, id_low LIMIT {limit + 1}",
        values,
    ).fetchall()
    events = tuple(_event(dict(zip(columns, row, strict=True))) for row in rows[:limit])
    if len(rows) <= limit:
        return EventPage(events, None)
    last = dict(zip(columns, rows[limit - 1], strict=True))
    return EventPage(events, f"{last['occurred_at_us']}:{last['id_high']}:{last['id_low']}")


def read_all(
    cursor: DuckDBPyConnection, *, folder: Path, parts: Sequence[Part], selection: Selection
) -> Iterator[Event]:
    """Yield all events in the order of pages, as few at a time as memory needs."""
    conditions, values = _conditions(selection)
    rows_of_parts, columns = _rows(folder, parts)
    cursor.execute(
        f"SELECT * FROM {rows_of_parts} "
        f"WHERE {' AND '.join(conditions)} ORDER BY occurred_at_us, id_high, id_low",
        values,
    )
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        for row in rows:
            yield _event(dict(zip(columns, row, strict=True)))


def read_named(
    cursor: DuckDBPyConnection, *, folder: Path, parts: Sequence[Part], ids: Sequence[str]
) -> tuple[Event, ...]:
    """Return the events with these ids, ordered by id."""
    halves = [id_halves(parse_id(own)) for own in ids if day_of_event(own) is not None]
    if not halves or not parts:
        return ()
    found = cursor.execute(
        f"SELECT * FROM {read_parts(folder=folder, parts=parts)} SEMI JOIN (SELECT "
        "unnest(CAST(? AS BIGINT[])) AS id_high, unnest(CAST(? AS BIGINT[])) AS id_low) named "
        "USING (id_high, id_low) ORDER BY id_high, id_low",
        [[high for high, _ in halves], [low for _, low in halves]],
    ).fetchall()
    return tuple(_event(dict(zip(COLUMN_NAMES, row, strict=True))) for row in found)


def day_of_event(event_id: str) -> date | None:
    """Return the day (UTC) under which the lake keeps an event, None for what is no event's id."""
    try:
        own = parse_id(event_id)
    except ValueError:
        return None
    if own.version != 7 or id_time_ms(own) * 1000 > TIME_US_MAX:
        return None
    return date(1970, 1, 1) + timedelta(milliseconds=id_time_ms(own))


def _rows(folder: Path, parts: Sequence[Part]) -> tuple[str, tuple[str, ...]]:
    """Return a subquery over the rows of parts, and its columns.

    An effect bears the id of its correction, so that each row has an id of its own.
    """
    effects = [part for part in parts if part.contents.shelf == EFFECTS]
    others = [part for part in parts if part.contents.shelf != EFFECTS]
    is_rejected = any(part.contents.shelf == "rejected" for part in others)
    columns = (*COLUMN_NAMES, "reason") if is_rejected else COLUMN_NAMES
    rows = read_parts(folder=folder, parts=others, columns=columns)
    if not effects:
        return rows, columns
    own = ", ".join(COLUMN_NAMES[2:])
    changed = read_effects(
        folder=folder,
        parts=effects,
        columns=(*COLUMN_NAMES, *_CORRECTED[2:], "correction_high", "correction_low"),
    )
    nothing = ", ".join(f"NULL AS {name}" for name in _CORRECTED)
    return (
        f"(SELECT *, {nothing} FROM {rows} UNION ALL SELECT correction_high AS id_high, "
        f"correction_low AS id_low, {own}, id_high AS corrects_high, id_low AS corrects_low, "
        f"correction, reason FROM {changed})",
        (*columns, *_CORRECTED),
    )


def _conditions(selection: Selection) -> tuple[list[str], list[int | str]]:
    period = selection.period
    conditions = ["occurred_at_us >= ?", "occurred_at_us < ?"]
    values: list[int | str] = [microseconds(period.start), microseconds(period.end)]
    for name in ("title_id", "kind", "episode_number", "viewer_id", "currency"):
        value = getattr(selection, name)
        if value is not None:
            conditions.append(f"{name} = ?")
            values.append(value)
    if selection.titles is not None:
        conditions.append(f"title_id IN ({', '.join(['?'] * len(selection.titles)) or 'NULL'})")
        values.extend(selection.titles)
    return conditions, values


def _place(after: str) -> tuple[int, int, int]:
    try:
        occurred_at_us, high, low = (int(piece) for piece in after.split(":"))
    except ValueError:
        raise InvalidCursor(after) from None
    return occurred_at_us, high, low


def _event(row: dict[str, object]) -> Event:
    own_id = _id(row, "id")
    if row.get("correction"):
        row |= {"corrects": _id(row, "corrects"), "amount_minor": int(str(row["amount_minor"]))}
        return CorrectedEvent(id=own_id, **row)  # type: ignore[arg-type]
    told = {name: row[name] for name in COLUMN_NAMES[2:]}
    told["amount_minor"] = int(str(told["amount_minor"]))
    return Event(id=own_id, refusal=row.get("reason") or "", **told)  # type: ignore[arg-type]


def _id(row: dict[str, object], name: str) -> str:
    """Take the two halves of an id out of a row."""
    high, low = (int(str(row.pop(f"{name}_{half}"))) for half in ("high", "low"))
    return str(id_from_halves(high, low))
