"""Corrections of events, for tests of the lake, and what they come to in plain Python."""

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from duanju.adapters.lake import Correction, CorrectionKind, Event, Spool
from tests.support.events import SECOND_US, an_id
from tests.support.lakes import MEBIBYTE


def a_correction(
    event: Event, *, kind: CorrectionKind = "reversal", after_s: int = 60, **changes: object
) -> Correction:
    """Build a correction of an event, received so long after it; `seed` makes ids differ."""
    received_at_us = event.received_at_us + after_s * SECOND_US
    seed = int(str(changes.pop("seed", 0)))
    fields: dict[str, object] = {
        "id": an_id(received_at_us, 1_000 + seed),
        "kind": kind,
        "corrects": event.id,
        "received_at_us": received_at_us,
        "reason": "refunded" if kind == "reversal" else "a farm of phones",
    }
    return Correction(**fields | changes)  # type: ignore[arg-type]


def spooled_corrections(folder: Path, corrections: Iterable[Correction]) -> None:
    """Put corrections into the spool of `a_lake`, in a file of their own."""
    spool = Spool(folder / "lake" / "spool", max_bytes=64 * MEBIBYTE)
    spool.append_corrections(list(corrections))
    spool.close()


def count_after(events: Iterable[Event], corrections: Iterable[Correction]) -> list[Event]:
    """Return the events that count when all was told, by what `Correction` promises."""
    counted = {event.id: event for event in events}
    marked: dict[str, bool] = {}
    for correction in sorted(corrections, key=lambda own: (own.received_at_us, own.id)):
        if correction.kind == "reversal":
            counted.pop(correction.corrects, None)
        else:
            marked[correction.corrects] = correction.kind == "mark"
    return [event for event in counted.values() if not marked.get(event.id)]


def told_again(correction: Correction, *, seconds: int = 5) -> Correction:
    """Build the copy of a correction that is sent again."""
    return replace(correction, received_at_us=correction.received_at_us + seconds * SECOND_US)
