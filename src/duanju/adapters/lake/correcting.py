"""How corrections come into the lake: first all that was told is listed, then what follows from it.

`corrections/` is the log of what was told, by the day of the event that is named. `effects/` has a
row for each time that an event ceased to count or counted again: the event's own row with a sign.
What an event's effects should come to follows from the whole log; only the difference to what they
come to is ever written. So applying may be killed anywhere and done again, and a correction that
came before its event waits in the log until the event is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.correction import Correction, CorrectionKind
from duanju.adapters.lake.durable import file_sha256, make_folder, sync_file, sync_folder
from duanju.adapters.lake.judgement import CHANGED_DUPLICATE, day_of_id, id_half
from duanju.adapters.lake.manifest import Contents, Manifest, Part, Shelf
from duanju.adapters.lake.partials import write_partial
from duanju.adapters.lake.tables import (
    COLUMN_NAMES,
    EFFECTS,
    EXACT,
    LONG,
    SUMMED,
    TEXT,
    exact_sum,
    quoted,
    read_effects,
    read_parts,
    read_plainly,
)
from duanju.kernel import id_from_halves

FIRST_ID, LAST_ID = "first_id", "last_id"
"""In the manifest: bounds of the first halves of a file's ids, by which copies are looked for."""

_TOLD: tuple[tuple[str, str], ...] = (
    ("correction_high", LONG),
    ("correction_low", LONG),
    ("correction", TEXT),
    ("id_high", LONG),
    ("id_low", LONG),
    ("corrected_at_us", LONG),
    ("reason", TEXT),
)
_CONTENT = tuple(name for name, _ in _TOLD if name != "corrected_at_us")
_OWN_ID = "correction_high, correction_low"


def write_told(
    cursor: DuckDBPyConnection, *, lines: Path, folder: Path, manifest: Manifest, position: int
) -> tuple[Contents, ...]:
    """Write what is new in a file of JSON lines of corrections, one file a day, not listed yet.

    A copy is dropped; one that says something else under the same id is kept with that refusal and
    decides nothing.

    Args:
        cursor: Of an engine; temporary tables are made in it.
        lines: Of the spool.
        folder: The lake's.
        manifest: Of what is listed.
        position: Behind which files are numbered.
    """
    _load(cursor, lines)
    _drop_known(cursor, folder, manifest)
    days = cursor.execute("SELECT DISTINCT day FROM fresh_told ORDER BY 1").fetchall()
    columns = ", ".join((*(name for name, _ in _TOLD), "refusal"))
    return tuple(
        _write_day(
            cursor,
            query=f"SELECT {columns} FROM fresh_told WHERE day = {quoted(str(day))}::DATE",
            folder=folder,
            day=day,
            number=number,
        )
        for number, (day,) in enumerate(days, start=position + 1)
    )


@dataclass(frozen=True, slots=True)
class Unapplied:
    """What was listed since corrections were applied.

    Attributes:
        days: On which events or corrections were listed, and of which something was corrected.
        parts: How many lines of the manifest that are.
    """

    days: tuple[date, ...] = ()
    parts: int = 0


def find_unapplied(manifest: Manifest) -> Unapplied:
    """Return what corrections are to be applied to; nothing in a lake without corrections."""
    corrected = {part.contents.day for part in manifest.parts(shelf="corrections")}
    if not corrected:
        return Unapplied()
    since = manifest.parts(known_after=manifest.applied_up_to())
    touched = {
        part.contents.day for part in since if part.contents.shelf in ("events", "corrections")
    }
    return Unapplied(tuple(sorted(touched & corrected)), len(since))


def write_effects(
    cursor: DuckDBPyConnection,
    *,
    folder: Path,
    manifest: Manifest,
    days: Sequence[date],
    position: int,
) -> tuple[Contents, ...]:
    """Write what the corrections of some days change that is not listed yet, and partial sums.

    Args:
        cursor: Of an engine; temporary tables are made in it.
        folder: The lake's.
        manifest: Of what is listed.
        days: Of the ids of the events that are corrected.
        position: Behind which files are numbered.
    """
    written: list[Contents] = []
    for day in days:
        number = position + len(written) + 1
        file = f"{EFFECTS}/day={day:%Y-%m-%d}/part-{number:09d}.parquet"
        _find_effects(cursor, folder, _parts_by_shelf(manifest, day))
        (count,) = cursor.execute("SELECT count(*) FROM effect").fetchone() or (0,)
        if count:
            effects = _write_effects(cursor, folder, day, file)
            partial = write_partial(
                cursor, folder=folder, events=effects, rows="effect", number="sum(events)"
            )
            written += [effects, partial]
    return tuple(written)


def read_waiting(
    cursor: DuckDBPyConnection, *, folder: Path, manifest: Manifest, limit: int
) -> tuple[Correction, ...]:
    """Return corrections whose events no effect is about and that are not there to be corrected."""
    waiting: list[Correction] = []
    days = {part.contents.day for part in manifest.parts(shelf="corrections")}
    for day in sorted(days):
        parts = _parts_by_shelf(manifest, day)
        told = _read(folder, parts["corrections"], (*(name for name, _ in _TOLD), "refusal"))
        events = read_parts(folder=folder, parts=parts["events"], columns=("id_high", "id_low"))
        rows = cursor.execute(f"""
            SELECT {", ".join(name for name, _ in _TOLD)} FROM {told} told
            ANTI JOIN {events} own USING (id_high, id_low) WHERE refusal = ''
            ORDER BY corrected_at_us, {_OWN_ID} LIMIT {limit - len(waiting)}""").fetchall()
        waiting += map(_correction, rows)
        if len(waiting) >= limit:
            break
    return tuple(waiting)


def _correction(row: tuple[int, int, CorrectionKind, int, int, int, str]) -> Correction:
    high, low, kind, id_high, id_low, corrected_at_us, reason = row
    return Correction(
        id=str(id_from_halves(high, low)),
        kind=kind,
        corrects=str(id_from_halves(id_high, id_low)),
        received_at_us=corrected_at_us,
        reason=reason,
    )


def _load(cursor: DuckDBPyConnection, lines: Path) -> None:
    """Read JSON lines into the table `told`, exact copies made one."""
    read = ("id", "kind", "corrects", "reason")
    schema = ", ".join([*(f"{name}: '{TEXT}'" for name in read), f"received_at_us: '{LONG}'"])
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE told AS
        WITH line AS (
            SELECT {id_half(0)} AS correction_high, {id_half(1)} AS correction_low,
                kind AS correction, {id_half(0, "corrects")} AS id_high,
                {id_half(1, "corrects")} AS id_low, received_at_us AS corrected_at_us, reason
            FROM read_json({quoted(str(lines))}, format = 'newline_delimited',
                columns = {{{schema}}})
        )
        SELECT {", ".join(_CONTENT)}, min(corrected_at_us) AS corrected_at_us,
            {day_of_id()} AS day
        FROM line GROUP BY {", ".join(_CONTENT)}""")


def _drop_known(cursor: DuckDBPyConnection, folder: Path, manifest: Manifest) -> None:
    """Make the table `fresh_told` of what is not in the log; an id may have named another day."""
    bounds = cursor.execute("SELECT min(correction_high), max(correction_high) FROM told")
    first, last = bounds.fetchone() or (0, 0)
    near = [
        part
        for part in manifest.parts(shelf="corrections")
        if part.contents.sums[FIRST_ID] <= last and part.contents.sums[LAST_ID] >= first
    ]
    known = _read(folder, near, _CONTENT)
    same = " AND ".join(f"k.{name} = t.{name}" for name in _CONTENT)
    order = ", ".join(("corrected_at_us", *_CONTENT))
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE fresh_told AS
        WITH known AS (SELECT k.* FROM {known} k SEMI JOIN told USING ({_OWN_ID})),
        met AS (SELECT DISTINCT {_OWN_ID}, true AS is_met FROM known),
        unseen AS (SELECT t.* FROM told t ANTI JOIN known k ON {same})
        SELECT * EXCLUDE (is_met), CASE WHEN is_met IS NOT NULL OR row_number() OVER (
            PARTITION BY {_OWN_ID} ORDER BY {order}) > 1
            THEN {quoted(CHANGED_DUPLICATE)} ELSE '' END AS refusal
        FROM unseen LEFT JOIN met USING ({_OWN_ID})""")


def _write_day(
    cursor: DuckDBPyConnection, *, query: str, folder: Path, day: date, number: int
) -> Contents:
    file = f"corrections/day={day:%Y-%m-%d}/part-{number:09d}.parquet"
    order = f"id_high, id_low, corrected_at_us, {_OWN_ID}"
    _write(cursor, f"{query} ORDER BY {order}", folder / file)
    found = cursor.execute(
        f"SELECT count(*), min(correction_high), max(correction_high) FROM ({query})"
    ).fetchone() or (0, 0, 0)
    sums = {FIRST_ID: int(found[1]), LAST_ID: int(found[2])}
    return Contents("corrections", day, file, int(found[0]), sums, file_sha256(folder / file))


def _find_effects(
    cursor: DuckDBPyConnection, folder: Path, parts: Mapping[Shelf, Sequence[Part]]
) -> None:
    """Make the table `effect` of the events whose effects do not come to what they should.

    Of an event's corrections the first reversal decides; where there is none, the last mark or its
    undoing. What the effects should come to is -1 or nothing.
    """
    is_reversal = "(correction = 'reversal')"
    order = ", ".join(
        f"CASE WHEN {is_reversal} THEN {name} ELSE ~{name} END"
        for name in ("corrected_at_us", "correction_high", "correction_low")
    )
    told = _read(folder, parts["corrections"], (*(name for name, _ in _TOLD), "refusal"))
    applied = read_effects(folder=folder, parts=parts["effects"], columns=("id_high", "id_low"))
    signed = ", ".join(
        f"CAST(told.{name} AS {EXACT if name == 'amount_minor' else LONG}) * difference AS {name}"
        if name in SUMMED
        else f"told.{name}"
        for name in COLUMN_NAMES
    )
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE effect AS
        WITH decided AS (SELECT * FROM {told} WHERE refusal = '' QUALIFY row_number() OVER (
            PARTITION BY id_high, id_low ORDER BY {is_reversal} DESC, {order}) = 1),
        applied AS (SELECT id_high, id_low, sum(events) AS events FROM {applied}
            GROUP BY id_high, id_low),
        differing AS (SELECT decided.*, CAST(CASE WHEN correction = 'unmark' THEN 0 ELSE -1 END
            - coalesce(applied.events, 0) AS BIGINT) AS difference
            FROM decided LEFT JOIN applied USING (id_high, id_low))
        SELECT {signed}, difference AS events, {_OWN_ID}, correction, corrected_at_us, reason
        FROM {read_parts(folder=folder, parts=parts["events"])} told
        JOIN differing ON told.id_high = differing.id_high AND told.id_low = differing.id_low
        WHERE difference <> 0""")


def _write_effects(cursor: DuckDBPyConnection, folder: Path, day: date, file: str) -> Contents:
    _write(
        cursor,
        f"SELECT * FROM effect ORDER BY title_id, occurred_at_us, {_OWN_ID}",
        folder / file,
    )
    sums = ", ".join(exact_sum(name) for name in ("events", *SUMMED))
    found = cursor.execute(f"SELECT count(*), {sums} FROM effect").fetchone() or ()
    count, *totals = (int(value) for value in found)
    told = dict(zip(("events", *SUMMED), totals, strict=True))
    return Contents("effects", day, file, count, told, file_sha256(folder / file))


def _write(cursor: DuckDBPyConnection, query: str, path: Path) -> None:
    make_folder(path.parent)
    cursor.execute(f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    sync_file(path)
    sync_folder(path.parent)


def _parts_by_shelf(manifest: Manifest, day: date) -> dict[Shelf, tuple[Part, ...]]:
    shelves: tuple[Shelf, ...] = ("events", "corrections", "effects")
    return {shelf: manifest.parts(shelf=shelf, first_day=day, last_day=day) for shelf in shelves}


def _read(folder: Path, parts: Sequence[Part], columns: Sequence[str]) -> str:
    return read_plainly(folder=folder, parts=parts, columns=columns, types=dict(_TOLD))
