"""Exact sums over a stretch of time: what contracts are settled on.

Engines only add integers here; nothing is divided or rounded.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from duckdb import DuckDBPyConnection

from duanju.adapters.lake.manifest import Manifest, Part, Shelf
from duanju.adapters.lake.tables import exact_sum, read_counted
from duanju.kernel import Period

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_MARGIN = timedelta(days=1)
_OF_TITLES = "title_id IN (SELECT unnest(CAST(? AS BIGINT[])))"
_COUNTED = ("start", "end", "paywall", "unlock")


class Sums(msgspec.Struct, frozen=True, gc=False):
    """What happened, counted and added exactly.

    Attributes:
        effective_ms: Milliseconds of effective playing.
        starts: Episodes begun.
        ends: Episodes played to the end.
        paywalls: Times that a viewer met a locked episode.
        unlocks: Episodes unlocked.
        coins: Coins spent.
        amount_minor: Money of the unlocks, in the minor unit.
    """

    effective_ms: int
    starts: int
    ends: int
    paywalls: int
    unlocks: int
    coins: int
    amount_minor: int


class TitleMeasure(Sums, frozen=True, gc=False):
    """The sums of a title by channel and currency; currency is empty where no money is."""

    title_id: int
    channel: str
    currency: str


class DayMeasure(Sums, frozen=True, gc=False):
    """The sums of titles on a day of the period's own zone, by currency."""

    day: date
    currency: str


class EpisodeMeasure(Sums, frozen=True, gc=False):
    """The sums of an episode, or of those of several titles with one number, by currency."""

    episode_number: int
    currency: str


def microseconds(moment: datetime) -> int:
    """Return the exact microseconds from the Unix epoch to an aware moment."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def parts_of(
    *,
    manifest: Manifest,
    shelf: Shelf,
    period: Period,
    as_known_at: int | None,
    known_after: int | None = None,
) -> tuple[Part, ...]:
    """Return the parts that may hold events of a period.

    An event occurs within a day of its id's time, so a day is added on both sides.
    """
    return manifest.parts(
        shelf=shelf,
        first_day=(period.start.astimezone(UTC) - _DAY_MARGIN).date(),
        last_day=(period.end.astimezone(UTC) + _DAY_MARGIN).date(),
        as_known_at=as_known_at,
        known_after=known_after,
    )


def sum_by_title(
    cursor: DuckDBPyConnection, *, rows: str, titles: Sequence[int] | None
) -> tuple[TitleMeasure, ...]:
    """Return the sums of titles, ordered by title, channel and currency.

    Args:
        cursor: That reads `rows`.
        rows: Subquery of partial sums.
        titles: Only these; all where None.
    """
    keys = "title_id, channel, currency"
    wanted = "" if titles is None else f"WHERE {_OF_TITLES}"
    found = cursor.execute(
        f"SELECT {title_sums('events')}, {keys} FROM {rows} {wanted} "
        f"GROUP BY {keys} ORDER BY {keys}",
        [] if titles is None else [list(titles)],
    ).fetchall()
    return tuple(TitleMeasure(*row) for row in found)


def sum_by_day(
    cursor: DuckDBPyConnection,
    *,
    folder: Path,
    parts: Sequence[Part],
    period: Period,
    titles: Sequence[int],
) -> tuple[DayMeasure, ...]:
    """Return the sums of titles together by day of the zone of `period.start`, ordered by day."""
    days = ", ".join(
        f"({number}, {microseconds(day.start)}, {microseconds(day.end)})"
        for number, day in enumerate(days_of(period))
    )
    if not days:
        return ()
    rows = cursor.execute(
        f"SELECT {title_sums('events')}, number, currency "
        f"FROM {read_counted(folder=folder, parts=parts)} "
        f"JOIN (VALUES {days}) day (number, starts_us, ends_us) "
        "ON occurred_at_us >= starts_us AND occurred_at_us < ends_us "
        f"WHERE {_OF_TITLES} GROUP BY number, currency ORDER BY number, currency",
        [list(titles)],
    ).fetchall()
    first = period.start.date()
    return tuple(DayMeasure(*(*row[:-2], first + timedelta(days=row[-2]), row[-1])) for row in rows)


def sum_by_episode(
    cursor: DuckDBPyConnection, *, rows: str, titles: Sequence[int]
) -> tuple[EpisodeMeasure, ...]:
    """Return the sums of episodes by number and currency, from a subquery of partial sums."""
    keys = "episode_number, currency"
    found = cursor.execute(
        f"SELECT {title_sums('events')}, {keys} FROM {rows} WHERE {_OF_TITLES} "
        f"GROUP BY {keys} ORDER BY {keys}",
        [list(titles)],
    ).fetchall()
    return tuple(EpisodeMeasure(*row) for row in found)


def days_of(period: Period) -> tuple[Period, ...]:
    """Cut a period at the midnights of the zone of its start; the ends may be parts of days.

    A day on which clocks are changed is 23 or 25 hours long.
    """
    zone = period.start.tzinfo
    days = []
    start, end = period.start, period.end.astimezone(zone)
    while start < end:
        following = start.date() + _DAY_MARGIN
        midnight = datetime(following.year, following.month, following.day, tzinfo=zone)
        days.append(Period(start, min(midnight, end)))
        start = midnight
    return tuple(days)


def narrowed(*, period: Period, day: date | None) -> Period:
    """Return the part of a period on one day of its own zone; an empty one on no day of it."""
    if day is None:
        return period
    for stretch in days_of(period):
        if stretch.start.date() == day:
            return stretch
    return Period(period.start, period.start)


def title_sums(events: str) -> str:
    """Return the sums of titles in SQL, over rows that each stand for a number of events.

    They come in the order of the fields of `Sums`. Only money may pass 64 bits; a count, coins or
    milliseconds that did would end the query. Integers of 64 bits are handed to Python in a third
    of the time.
    """
    counts = [f"CASE WHEN kind = '{kind}' THEN {events} END" for kind in _COUNTED]
    short = [f"CAST({exact_sum(own)} AS BIGINT)" for own in ("effective_ms", *counts, "coins")]
    return ", ".join([*short, f"CAST({exact_sum('amount_minor')} AS HUGEINT)"])
