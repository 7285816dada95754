"""Turning the spool into listed Parquet files; may be killed anywhere and run again."""

import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.correcting import find_unapplied, write_effects, write_told
from duanju.adapters.lake.durable import (
    file_sha256,
    lock_if_free,
    make_folder,
    sync_file,
    sync_folder,
)
from duanju.adapters.lake.frames import holds_corrections, read_payloads
from duanju.adapters.lake.judgement import (
    drop_known,
    incoming_days,
    judge,
    load_incoming,
    session_days,
)
from duanju.adapters.lake.manifest import Contents, Manifest, Shelf
from duanju.adapters.lake.partials import write_partial
from duanju.adapters.lake.spool import spool_files
from duanju.adapters.lake.tables import COLUMN_NAMES, SUMMED, exact_sum, quoted, read_parts

BATCH_BYTES_MAX = 256 * 1024 * 1024
"""Of the spool at once, so that memory stays bounded however long the sealer was away."""
LOOKED_AT_AGAIN_MAX = 256
"""Lines of the manifest that a seal may look at again, since nothing in them was corrected."""
LEFT_SUFFIX = ".torn"


@dataclass(frozen=True, slots=True)
class SealReport:
    """What a seal has done.

    Attributes:
        events: Events that now count.
        rejected: Events that are kept apart, by reason.
        parts: Files written.
        corrections: What was told of events for the first time.
        torn_files: Files of the spool with something behind their last whole frame; it was never
            acknowledged, but the file is kept under `.torn` for people to look at.
    """

    events: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    corrections: int = 0
    torn_files: tuple[str, ...] = ()

    def plus(
        self, events: int, rejected: Mapping[str, int], contents: Sequence[Contents]
    ) -> "SealReport":
        """Return this report with another batch in it."""
        return SealReport(
            self.events + events,
            dict(Counter(self.rejected) + Counter(rejected)),
            (*self.parts, *(item.file for item in contents)),
            self.corrections + sum(item.rows for item in contents if item.shelf == "corrections"),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Frames copied out of the spool, and up to where."""

    offsets: Mapping[str, int]
    is_whole: bool


def remove_unlisted(*, folder: Path, manifest: Manifest) -> None:
    """Remove what a killed seal has left; call it under the lake's lock only."""
    listed = {part.contents.file for part in manifest.parts()}
    for path in folder.glob("*/day=*/*"):
        if str(path.relative_to(folder)) not in listed:
            path.unlink()
    shutil.rmtree(folder / "sealing", ignore_errors=True)


def gather(*, spool: Path, offsets: Mapping[str, int], events: Path, corrections: Path) -> Batch:
    """Copy the whole frames that no seal has taken yet into two files of JSON lines.

    Files may still grow meanwhile; what comes later is taken by the next seal.
    """
    taken: dict[str, int] = {}
    with events.open("wb") as event_lines, corrections.open("wb") as correction_lines:
        for path in spool_files(spool):
            start = offsets.get(path.name, 0)
            end = _copy(path, start, event_lines, correction_lines)
            if end > start:
                taken[path.name] = end
            if event_lines.tell() + correction_lines.tell() >= BATCH_BYTES_MAX:
                return Batch(taken, is_whole=False)
    return Batch(taken, is_whole=True)


def take_batch(
    cursor: DuckDBPyConnection, *, events: Path, corrections: Path, folder: Path, manifest: Manifest
) -> tuple[Contents, ...]:
    """Write what is new in a batch as durable files, not listed yet.

    Of the events the table `judged` is left behind, each row with its reason or none.
    """
    judge_batch(cursor, lines=events, folder=folder, manifest=manifest)
    position = manifest.position()
    contents = write_judged(cursor, folder=folder, position=position)
    if corrections.stat().st_size:
        contents += write_told(
            cursor,
            lines=corrections,
            folder=folder,
            manifest=manifest,
            position=position + len(contents),
        )
    return contents


def apply_corrections(
    cursor: DuckDBPyConnection, *, folder: Path, manifest: Manifest, now_us: int
) -> None:
    """List what follows from the corrections told; call it under the lake's lock only.

    Where events or corrections were listed and this was not called, as after a kill, the next call
    makes it good.
    """
    position = manifest.position()
    unapplied = find_unapplied(manifest)
    if unapplied.days or unapplied.parts > LOOKED_AT_AGAIN_MAX:
        contents = write_effects(
            cursor, folder=folder, manifest=manifest, days=unapplied.days, position=position
        )
        manifest.commit(contents=contents, offsets={}, sealed_at_us=now_us, applied_up_to=position)


def judge_batch(
    cursor: DuckDBPyConnection, *, lines: Path, folder: Path, manifest: Manifest
) -> None:
    """Make the table `judged` of what is new in a batch, each row with its reason or none."""
    load_incoming(cursor, path=str(lines))
    days = incoming_days(cursor)
    drop_known(
        cursor,
        events=_shelf("events", days, folder, manifest),
        rejected=_shelf("rejected", days, folder, manifest),
    )
    days = session_days(cursor)
    judge(
        cursor,
        events=_shelf("events", days, folder, manifest),
        rejected=_shelf("rejected", days, folder, manifest),
    )


def write_judged(
    cursor: DuckDBPyConnection, *, folder: Path, position: int
) -> tuple[Contents, ...]:
    """Write the table `judged` as one durable file a day and shelf, not listed yet.

    Behind the files of events and of what is kept apart follow the partial sums of the events.
    """
    rows = cursor.execute("""
        SELECT DISTINCT reason IS NOT NULL, day FROM judged ORDER BY 1, 2""").fetchall()
    written = []
    for number, (is_rejected, day) in enumerate(rows, start=position + 1):
        shelf: Shelf = "rejected" if is_rejected else "events"
        file = f"{shelf}/day={day:%Y-%m-%d}/part-{number:09d}.parquet"
        written.append(_write_part(cursor, folder, shelf, day, file))
    partials = [
        write_partial(cursor, folder=folder, events=item, rows=f"({_judged(item.shelf, item.day)})")
        for item in written
        if item.shelf == "events"
    ]
    return (*written, *partials)


def count_judged(cursor: DuckDBPyConnection) -> tuple[int, dict[str, int]]:
    """Return how many rows of `judged` count, and how many were kept apart for each reason."""
    rows: dict[str | None, int] = dict(
        cursor.execute("SELECT reason, count(*) FROM judged GROUP BY 1 ORDER BY 1").fetchall()
    )
    accepted = rows.pop(None, 0)
    return accepted, {str(reason): count for reason, count in rows.items()}


def remove_sealed(*, spool: Path, manifest: Manifest) -> tuple[str, ...]:
    """Remove the files of the spool that nobody writes any more and that are sealed whole.

    Returns:
        The names of those that had something behind their last whole frame.
    """
    offsets = manifest.offsets()
    torn: list[str] = []
    for path in spool_files(spool):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            if not lock_if_free(descriptor):
                continue
            if any(read_payloads(path, offset=offsets.get(path.name, 0))):
                continue
            if os.fstat(descriptor).st_size > offsets.get(path.name, 0):
                path.rename(path.with_suffix(LEFT_SUFFIX))
                torn.append(path.name)
            else:
                path.unlink()
        finally:
            os.close(descriptor)
    remaining = {path.name for path in spool_files(spool)}
    manifest.forget_spool([name for name in offsets if name not in remaining])
    return tuple(torn)


def _copy(path: Path, start: int, events: BinaryIO, corrections: BinaryIO) -> int:
    end = start
    for behind, payload in read_payloads(path, offset=start):
        (corrections if holds_corrections(payload) else events).write(payload)
        end = behind
        if events.tell() + corrections.tell() >= BATCH_BYTES_MAX:
            break
    return end


def _shelf(shelf: Shelf, days: tuple[date, ...], folder: Path, manifest: Manifest) -> str:
    wanted = set(days)
    parts = manifest.parts(shelf=shelf, first_day=min(days), last_day=max(days)) if days else ()
    columns = COLUMN_NAMES if shelf == "events" else (*COLUMN_NAMES, "reason")
    return read_parts(
        folder=folder,
        parts=[part for part in parts if part.contents.day in wanted],
        columns=columns,
    )


def _write_part(
    cursor: DuckDBPyConnection, folder: Path, shelf: Shelf, day: date, file: str
) -> Contents:
    columns = COLUMN_NAMES if shelf == "events" else (*COLUMN_NAMES, "reason")
    path = folder / file
    make_folder(path.parent)
    cursor.execute(f"""
        COPY (SELECT {", ".join(columns)} FROM ({_judged(shelf, day)})
            ORDER BY title_id, occurred_at_us, id_high, id_low)
        TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)""")
    sync_file(path)
    sync_folder(path.parent)
    sums = ", ".join(exact_sum(column) for column in SUMMED)
    found = cursor.execute(f"SELECT count(*), {sums} FROM ({_judged(shelf, day)})").fetchone() or ()
    count, *totals = (int(value) for value in found)
    return Contents(
        shelf, day, file, count, dict(zip(SUMMED, totals, strict=True)), file_sha256(path)
    )


def _judged(shelf: Shelf, day: date) -> str:
    """Return the query of what one shelf gets of a day."""
    of_shelf = f"(reason IS NULL) = {shelf == 'events'}"
    return f"SELECT * FROM judged WHERE day = {quoted(str(day))}::DATE AND {of_shelf}"
