"""Lakes in a folder of a test, and what they hold in a form that compares."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from duanju.adapters.lake import Event, Lake, Spool
from duanju.kernel import Period

MEBIBYTE = 1024 * 1024
YEAR = Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def a_lake(folder: Path) -> Lake:
    """Build a lake whose spool lies in it."""
    return Lake(folder / "lake", memory_limit="256MB", threads=1)


def spooled(folder: Path, events: Iterable[Event]) -> None:
    """Put events into the spool of `a_lake`, unlocks by the wallet's door, each batch in a file."""
    told = list(events)
    spool = Spool(folder / "lake" / "spool", max_bytes=64 * MEBIBYTE)
    spool.append([event for event in told if event.kind != "unlock" or event.refusal])
    spool.append_unlocks([e for e in told if e.kind == "unlock" and not e.refusal])
    spool.close()


def a_sealed_lake(folder: Path, *batches: Iterable[Event]) -> Lake:
    """Build a lake in which each batch was sealed by a seal of its own."""
    lake = a_lake(folder)
    for number, batch in enumerate(batches, start=1):
        spooled(folder, batch)
        lake.seal(now_us=number)
    return lake


def counted(lake: Lake, period: Period = YEAR) -> list[Event]:
    """Return all events that count."""
    return _all_pages(lake, "events", period)


def kept_apart(lake: Lake, period: Period = YEAR) -> list[tuple[str, str]]:
    """Return id and reason of all events kept apart, in order of occurrence."""
    return [(event.id, event.refusal) for event in _all_pages(lake, "rejected", period)]


def _all_pages(lake: Lake, shelf: str, period: Period) -> list[Event]:
    events: list[Event] = []
    after = None
    while True:
        page = getattr(lake, shelf)(period=period, limit=500, after=after)
        events += page.events
        after = page.after
        if after is None:
            return events
