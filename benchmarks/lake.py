"""What it costs to take in and close a month of events, beside a bare scan of the same columns."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import duckdb

from duanju.adapters.lake import Event, Lake, Spool
from duanju.adapters.lake.importing import import_files
from duanju.adapters.lake.measures import title_sums
from duanju.adapters.lake.partials import ADDED_NAMES, grouped
from duanju.adapters.lake.tables import quoted
from duanju.kernel import Period, allocate, new_id

EVENTS = 5_000_000
DAYS, TITLES, LATE_EVENTS, SPOOLED_EVENTS = 31, 20_000, 50_000, 20_000
WEIGHTS = {"author": 40, "studio": 30, "translator": 20, "promoter": 10}
_BEGAN = datetime(2026, 10, 1, tzinfo=UTC)
_BEGAN_US = int(_BEGAN.timestamp()) * 1_000_000
_ENDED = datetime(2026, 11, 1, tzinfo=UTC)
_DAY_US = 86_400_000_000


class _Cost(NamedTuple):
    """CPU seconds of all threads, peak memory in bytes, and what a step says of itself."""

    processor_s: float
    peak_bytes: int
    told: int


def run(events: int = EVENTS) -> list[str]:
    """Return seven lines; each step is a process of its own, and its start is not counted.

    The events are Parquet files, one a day, as a warehouse hands them out: plays of eleven to
    twelve events each, titles by Zipf's law, 1% copies. Taking in is `duanju lake import` with all
    it checks, hashes, syncs and lists; closing asks the lake for the month of all titles and splits
    the money of each between four parties. The bare scan asks DuckDB the same question, of the
    files as they came, and checks nothing; a second one groups them as partial sums are grouped.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = _month(folder / "small", events // 10), _month(folder / "large", events)
        spool = _step("spool", folder / "spool", SPOOLED_EVENTS)
    return [*_lines(large, events), *_growth(small, large, events), _spooled(spool)]


def _month(folder: Path, events: int) -> dict[str, _Cost]:
    costs = {}
    for step in ("generate", "scan", "group", "take", "close", "late"):
        costs[step] = _step(step, folder, events)
    if costs["scan"].told != costs["take"].told:
        raise RuntimeError(f"{costs['take'].told} events count, not {costs['scan'].told}")
    return costs


def _lines(month: dict[str, _Cost], events: int) -> list[str]:
    scan = month["scan"].processor_s
    take, close, late = (month[step].processor_s for step in ("take", "close", "late"))
    peak = max(month[step].peak_bytes for step in ("take", "close", "late"))
    return [
        f"lake: ratio {(take + close) / scan:.2f} of a bare scan and grouped sum, taking in and "
        f"closing {events:,} events in bulk ({take:.2f} + {close:.2f} to {scan:.2f} CPU seconds)",
        f"lake: ratio {(take + close) / month['group'].processor_s:.2f} of a bare scan that is "
        "grouped as daily partial sums are, the same",
        f"lake: ratio {close / scan:.2f} of the first, closing from partial sums",
        f"lake: ratio {late / scan:.3f} of the first, taking in {LATE_EVENTS:,} late events "
        f"({late:.3f} CPU seconds)",
        f"lake: peak memory {peak / 1e9:.2f} GB, {month['scan'].peak_bytes / 1e9:.2f} for the scan",
    ]


def _growth(small: dict[str, _Cost], large: dict[str, _Cost], events: int) -> list[str]:
    whole = [month["take"].processor_s + month["close"].processor_s for month in (small, large)]
    return [
        f"lake: {whole[1] / whole[0]:.1f} times the CPU time for 10 times the events "
        f"({events // 10:,} to {events:,})"
    ]


def _spooled(cost: _Cost) -> str:
    return (
        f"lake: {cost.told / cost.processor_s:,.0f} events a CPU second from the collector's spool "
        "of JSON, each session judged (that way is not the one above)"
    )


def _step(step: str, folder: Path, events: int) -> _Cost:
    """Run a step in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.lake", "--events", str(events)]
    done = subprocess.run(
        [*command, "--step", step, "--folder", str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return _Cost(*json.loads(done.stdout))


def _measured(step: Callable[[Path, int], int], folder: Path, events: int) -> _Cost:
    before = time.process_time()
    told = step(folder, events)
    processor_s = time.process_time() - before
    return _Cost(processor_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, told)


def _generate(folder: Path, events: int) -> int:
    (folder / "files").mkdir(parents=True)
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        a_day = events // DAYS
        for day in range(DAYS):
            file = folder / "files" / f"{day:02}.parquet"
            _write(connection, file, day=day, rows=a_day, spread=a_day, salt=day * events)
        _write(
            connection,
            folder / "late.parquet",
            day=DAYS - 1,
            rows=LATE_EVENTS,
            spread=LATE_EVENTS,
            salt=-events,
        )
    return events


def _scan(folder: Path, _events: int) -> int:
    files = f"read_parquet({quoted(str(folder / 'files' / '*.parquet'))})"
    with duckdb.connect() as connection:
        keys = "title_id, channel, currency"
        rows = connection.execute(
            f"SELECT {keys}, {title_sums('1')} FROM {files} GROUP BY {keys} ORDER BY {keys}"
        ).fetchall()
        assert rows
        # One of a hundred is a copy; how many are left is told without looking, for comparison.
        found = connection.execute(f"SELECT count(*) FROM {files}").fetchone() or (0,)
    a_day = int(found[0]) // DAYS
    return DAYS * (a_day - a_day // 100)


def _group(folder: Path, _events: int) -> int:
    """Add up the same files by what partial sums are kept by; nothing is written or handed out."""
    files = f"read_parquet({quoted(str(folder / 'files' / '*.parquet'))})"
    with duckdb.connect() as connection:
        names = ", ".join(f"sum({name})" for name in ADDED_NAMES)
        found = connection.execute(f"SELECT count(*), {names} FROM ({grouped(files)})").fetchone()
    assert found
    return int(found[0])


def _take(folder: Path, _events: int) -> int:
    files = sorted((folder / "files").glob("*.parquet"))
    return import_files(folder=folder / "lake", files=files, key="october", now_us=1).events


def _close(folder: Path, _events: int) -> int:
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for row in Lake(folder / "lake").measure(period=Period(_BEGAN, _ENDED)):
        if row.amount_minor:
            sums[row.title_id, row.currency] += row.amount_minor
    shares = [
        allocate(amount, {party: Fraction(amount * own, 100) for party, own in WEIGHTS.items()})
        for amount in sums.values()
    ]
    return len(shares)


def _late(folder: Path, _events: int) -> int:
    files = [folder / "late.parquet"]
    return import_files(folder=folder / "lake", files=files, key="late", now_us=2).events


def _spool(folder: Path, events: int) -> int:
    spool = Spool(folder / "spool", max_bytes=1 << 30)
    for beacon in range(events // 20):
        spool.append([_told(beacon, sequence) for sequence in range(20)])
    spool.close()
    return events


def _seal(folder: Path, _events: int) -> int:
    return Lake(folder).seal(now_us=1).events


def _told(beacon: int, sequence: int) -> Event:
    time_ms = _BEGAN_US // 1000 + 10_000 * (sequence + 1)
    return Event(
        id=str(new_id(time_ms=time_ms, random_bits=beacon << 20 | sequence)),
        kind="progress",
        occurred_at_us=time_ms * 1000,
        received_at_us=time_ms * 1000 + 500_000,
        viewer_id=beacon,
        title_id=beacon % 500,
        episode_number=1 + beacon % 80,
        session_id=beacon + 1,
        session_started_at_us=_BEGAN_US,
        sequence=sequence,
        effective_ms=10_000,
    )


def _write(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    *,
    day: int,
    rows: int,
    spread: int,
    salt: int,
) -> None:
    """Write a day of plays that overlap, twelve events each; the same for the same numbers.

    Every hundredth row is a copy of one before, received a minute later. Seven of ten plays are in
    the home market of their title; viewers leave a series as its episodes go on.
    """
    seats = 4096
    connection.execute(f"""
        COPY (
            WITH told AS (
                SELECT i % 100 = 99 AS again, CASE WHEN i % 100 = 99 THEN i - 50 ELSE i END AS e
                FROM range({rows}) every(i)
            ), placed AS (
                SELECT again, e, (e % {12 * seats}) // {seats} AS step, hash({salt} + e) AS a,
                    hash({salt} + e // {12 * seats} * {seats} + e % {seats}) AS p,
                    hash({salt} + e // {12 * seats} * {seats} + e % {seats} + 7919) AS q
                FROM told
            ), played AS (
                SELECT *, {_BEGAN_US + day * _DAY_US}
                        + e // {12 * seats} * {12 * seats} * {_DAY_US} // {spread} AS block_us,
                    CAST(pow({TITLES + 1}, (p >> 10) % 1000003 / 1000003.0) AS BIGINT) AS title
                FROM placed
            ), timed AS (
                SELECT *, least(block_us + step * 10000000 + CAST(a % 9000000 AS BIGINT),
                        {_BEGAN_US + (day + 1) * _DAY_US - 1}) AS t,
                    CAST(CASE WHEN (q >> 50) % 10 < 7 THEN title % 8 ELSE p % 8 END
                        AS INTEGER) + 1 AS country,
                    CASE step WHEN 0 THEN 'start' WHEN 10 THEN 'end' WHEN 11 THEN
                        CASE WHEN q % 10 < 3 THEN 'unlock' WHEN q % 10 < 5 THEN 'paywall'
                        ELSE 'progress' END ELSE 'progress' END AS kind
                FROM played
            )
            SELECT (t // 1000 << 16) | 28672 | CAST(a % 4096 AS BIGINT) AS id_high,
                CAST(a >> 2 AS BIGINT) - 9223372036854775807 - 1 AS id_low, kind,
                t AS occurred_at_us,
                t + CASE WHEN again THEN 60500000 ELSE 500000 END AS received_at_us,
                CAST((p >> 8) % 2000000 AS BIGINT) AS viewer_id,
                least(title, {TITLES}) AS title_id,
                CAST(80 * pow((q >> 4) % 1009 / 1009.0, 2) AS INTEGER) + 1 AS episode_number,
                CAST(p >> 2 AS BIGINT) AS session_id, block_us AS session_started_at_us,
                CAST(step AS INTEGER) AS sequence,
                CASE WHEN kind <> 'progress' THEN 0 WHEN a % 7 = 0 THEN
                    CAST(1 + (a >> 20) % 9999 AS BIGINT) ELSE 10000 END AS effective_ms,
                CASE WHEN kind = 'unlock' THEN CAST(30 + (q >> 30) % 170 AS BIGINT)
                    ELSE 0 END AS amount_minor,
                CASE WHEN kind = 'unlock' THEN
                    ['CNY', 'USD', 'EUR', 'JPY', 'IDR', 'THB', 'BRL', 'TWD'][country]
                    ELSE '' END AS currency,
                CASE WHEN kind = 'unlock' THEN CAST(10 + (q >> 40) % 20 AS INTEGER)
                    ELSE 0 END AS coins,
                ['android', 'android', 'android', 'android', 'ios', 'ios', 'ios', 'mini', 'mini',
                    'web'][CAST((p >> 50) % 10 AS INTEGER) + 1] AS channel,
                ['zh-Hans', 'en', 'es', 'ja', 'id', 'th', 'pt', 'zh-Hant'][country] AS language,
                ['CN', 'US', 'ES', 'JP', 'ID', 'TH', 'BR', 'TW'][country] AS territory
            FROM timed
        ) TO {quoted(str(file))} (FORMAT parquet, COMPRESSION zstd)""")


_STEPS = {
    "generate": _generate,
    "scan": _scan,
    "group": _group,
    "take": _take,
    "close": _close,
    "late": _late,
}


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--step", choices=[*_STEPS, "spool"])
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    if chosen.step is None:
        print("\n".join(run(chosen.events)))
        return
    if chosen.step == "spool":
        _spool(chosen.folder, chosen.events)
    step = _seal if chosen.step == "spool" else _STEPS[chosen.step]
    print(json.dumps(_measured(step, chosen.folder, chosen.events)))


if __name__ == "__main__":
    _main()
