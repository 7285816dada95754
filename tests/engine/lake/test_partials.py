"""Sums of partial sums are the sums of the events, whatever comes late and whenever it is asked."""

import random
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from duanju.adapters.lake import Event, Lake, TitleMeasure, microseconds
from duanju.adapters.lake.durable import file_sha256
from duanju.adapters.lake.manifest import Manifest
from duanju.kernel import Month, Period, Problem, Where
from tests.support.events import a_report, an_event, an_honest_session, an_unlock, received_later
from tests.support.lakes import YEAR, a_lake, a_sealed_lake, spooled

SEPTEMBER = Month(2026, 9)
SHANGHAI, KATHMANDU = ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Kathmandu")
PERIODS = [
    SEPTEMBER.period(UTC),
    SEPTEMBER.period(SHANGHAI),
    SEPTEMBER.period(KATHMANDU),
    Period(datetime(2026, 9, 3, 5, tzinfo=UTC), datetime(2026, 9, 3, 19, tzinfo=UTC)),
    Period(datetime(2026, 9, 3, 5, tzinfo=UTC), datetime(2026, 9, 4, 19, tzinfo=UTC)),
    YEAR,
]


def a_generated_month(dice: random.Random, *, seals: int) -> list[list[Event]]:
    """Make batches: viewers in six countries, drifting clocks, copies, and what comes late."""
    told: list[Event] = []
    for seed in range(40):
        moment = datetime(2026, 8, 31, tzinfo=UTC) + timedelta(seconds=dice.randrange(31 * 86_400))
        began_us = microseconds(moment)
        drift_us = dice.choice((0, 0, 0, -80_000, 80_000)) * 1_000_000
        told += [
            an_event(
                seed=seed,
                session_id=seed,
                kind=dice.choice(("start", "end", "paywall")),
                began_us=began_us,
                occurred_at_us=began_us + drift_us,
                delay_s=90_000,
                title_id=dice.randint(1, 3),
                episode_number=dice.randint(1, 2),
                territory=dice.choice(("CN", "JP", "")),
                channel=dice.choice(("web", "google_play")),
            ),
            an_unlock(
                seed=100 + seed,
                began_us=began_us,
                amount_minor=dice.choice((80, 2**63 - 1, -(2**63))),
                currency=dice.choice(("CNY", "USD")),
                title_id=dice.randint(1, 3),
            ),
        ]
    told += [received_later(event, seconds=9) for event in dice.sample(told, 10)]
    batches: list[list[Event]] = [[] for _ in range(seals)]
    for event in told:
        dice.choice(batches).append(event)
    return batches


def added_from_events(folder: Path, period: Period, position: int) -> tuple[TitleMeasure, ...]:
    """Measure from the events alone, row by row in plain Python."""
    rows = rows_of(folder, "events", position)
    sums: dict[tuple[int, str, str], dict[str, int]] = {}
    for row in rows:
        if not microseconds(period.start) <= int(row["occurred_at_us"]) < microseconds(period.end):
            continue
        key = (int(row["title_id"]), str(row["channel"]), str(row["currency"]))
        own = sums.setdefault(key, dict.fromkeys(TitleMeasure.__struct_fields__, 0))
        for name in ("effective_ms", "coins", "amount_minor"):
            own[name] += int(row[name])
        if row["kind"] != "progress":
            own[f"{row['kind']}s"] += 1
    return tuple(
        TitleMeasure(**own | {"title_id": title_id, "channel": channel, "currency": currency})
        for (title_id, channel, currency), own in sorted(sums.items())
    )


def rows_of(folder: Path, shelf: str, position: int | None = None) -> list[dict[str, int | str]]:
    files = [
        str(folder / "lake" / part.contents.file)
        for part in Manifest(folder / "lake" / "manifest.sqlite3").parts(as_known_at=position)
        if part.contents.shelf == shelf
    ]
    with duckdb.connect() as connection:
        found = (
            connection.execute("SELECT * FROM read_parquet(?, hive_partitioning = false)", [files])
            if files
            else None
        )
        names = [column[0] for column in found.description] if found else []
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()] if found else []


@pytest.mark.parametrize("seed", range(3))
def test_sums_of_partials_are_the_sums_of_events_at_every_position(
    tmp_path: Path, seed: int
) -> None:
    batches = a_generated_month(random.Random(f"partials:{seed}"), seals=3)
    lake = a_lake(tmp_path)
    for number, batch in enumerate(batches, start=1):
        spooled(tmp_path, batch)
        lake.seal(now_us=number)
    positions = range(0, lake.position() + 1, 7)
    for period in PERIODS:
        for position in (*positions, lake.position()):
            expected = added_from_events(tmp_path, period, position)
            assert lake.measure(period=period, as_known_at=position) == expected
    assert lake.verify() == ()


def test_every_file_of_events_has_partial_sums_that_never_change(tmp_path: Path) -> None:
    def files() -> dict[str, str]:
        return {
            str(path.relative_to(tmp_path)): file_sha256(path)
            for path in tmp_path.glob("lake/partials/*/*")
        }

    a_sealed_lake(tmp_path, an_honest_session(session_id=1, reports=2))
    before = files()
    a_sealed_lake(tmp_path, [an_event(seed=9, delay_s=3 * 86_400)])
    assert before.items() < files().items()
    assert [name.replace("/partials/", "/events/") for name in sorted(files())] == sorted(
        str(path.relative_to(tmp_path)) for path in tmp_path.glob("lake/events/*/*")
    )


def test_partial_sums_are_kept_by_day_title_episode_and_where(tmp_path: Path) -> None:
    told = [
        *(a_report(seconds=7, seed=n, after_s=10 * n, territory="CN") for n in range(1, 4)),
        an_unlock(seed=4, amount_minor=2**63 - 1, after_s=42, episode_number=2),
        an_unlock(seed=5, amount_minor=2**63 - 1, after_s=43, episode_number=2),
    ]
    a_sealed_lake(tmp_path, told)
    where = {"title_id": 1, "channel": "web", "occurred_day": 20_706}
    played = {"episode_number": 1, "kind": "progress", "territory": "CN", "currency": ""}
    bought = {"episode_number": 2, "kind": "unlock", "territory": "", "currency": "CNY"}
    assert rows_of(tmp_path, "partials") == [
        where | played | {"events": 3, "effective_ms": 21_000, "coins": 0, "amount_minor": 0},
        where
        | bought
        | {"events": 2, "effective_ms": 0, "coins": 160, "amount_minor": 18446744073709551614},
    ]
    (listed,) = [
        part.contents
        for part in Manifest(tmp_path / "lake" / "manifest.sqlite3").parts()
        if part.contents.shelf == "partials"
    ]
    assert (listed.rows, dict(listed.sums)["amount_minor"]) == (2, 18446744073709551614)


def test_no_column_is_a_floating_point_number(tmp_path: Path) -> None:
    a_sealed_lake(tmp_path, [an_unlock(amount_minor=2**63 - 1)])
    (file,) = tmp_path.glob("lake/partials/*/*")
    with duckdb.connect() as connection:
        columns = connection.execute(
            "DESCRIBE FROM read_parquet(?, hive_partitioning = false)", [str(file)]
        ).fetchall()
    kinds = {name: kind for name, kind, *_ in columns}
    assert set(kinds.values()) == {"BIGINT", "INTEGER", "VARCHAR", "DECIMAL(38,0)"}
    assert kinds["amount_minor"] == "DECIMAL(38,0)"


def test_events_of_days_that_the_period_leaves_whole_are_not_read(tmp_path: Path) -> None:
    day = 86_400
    told = [an_unlock(seed=n, amount_minor=10**n, after_s=n * day) for n in range(5)]
    lake = a_sealed_lake(tmp_path, told)
    for number in (1, 2, 3):
        (file,) = tmp_path.glob(f"lake/events/day=2026-09-{10 + number}/*")
        file.unlink()
    noon = datetime(2026, 9, 10, 11, tzinfo=UTC)
    (measure,) = lake.measure(period=Period(noon, noon + timedelta(days=4, hours=2)))
    assert measure.amount_minor == 11_111


def forged(folder: Path, lake: Lake) -> str:
    """Forge partial sums together with the whole chain behind them, and return their name."""
    (path,) = folder.glob("lake/partials/*/*")
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE own AS SELECT * REPLACE (events + 1 AS events) FROM read_parquet(?)",
            [str(path)],
        )
        connection.execute(f"COPY own TO '{path}' (FORMAT parquet)")
    manifest = Manifest(folder / "lake" / "manifest.sqlite3")
    first, second = (part.contents for part in manifest.parts())
    (folder / "lake" / "manifest.sqlite3").unlink()
    forgery = type(second)(
        second.shelf, second.day, second.file, second.rows, second.sums, file_sha256(path)
    )
    manifest.commit(contents=[first, forgery], offsets={}, sealed_at_us=1)
    assert lake.position() == 2
    return second.file


def test_partial_sums_that_events_do_not_bear_out_are_found(tmp_path: Path) -> None:
    lake = a_sealed_lake(tmp_path, an_honest_session(session_id=1, reports=2))
    file = forged(tmp_path, lake)
    assert lake.verify() == (Problem("lake.partial-differs", Where(file=file)),)


def older(folder: Path, statements: Sequence[str]) -> None:
    with sqlite3.connect(folder / "lake" / "manifest.sqlite3") as connection:
        for statement in statements:
            connection.execute(statement)


def test_lake_from_before_partial_sums_is_measured_from_its_events(tmp_path: Path) -> None:
    told = an_honest_session(session_id=1, reports=3)
    lake = a_sealed_lake(tmp_path, told[:2])
    digest = lake.digest(as_known_at=1)
    older(
        tmp_path,
        [
            "CREATE TABLE aside AS SELECT * FROM part WHERE shelf <> 'partials'",
            "DROP TABLE part",
            "CREATE TABLE part (sequence INTEGER PRIMARY KEY, shelf TEXT NOT NULL CHECK (shelf IN "
            "('events', 'rejected')), day TEXT NOT NULL, file TEXT NOT NULL UNIQUE, rows INTEGER "
            "NOT NULL, sums TEXT NOT NULL, sha256 TEXT NOT NULL, sealed_at_us INTEGER NOT NULL, "
            "previous_digest TEXT NOT NULL, digest TEXT NOT NULL) STRICT",
            "CREATE TRIGGER part_stays BEFORE UPDATE ON part BEGIN SELECT RAISE(ABORT, ''); END",
            "CREATE TRIGGER part_remains BEFORE DELETE ON part BEGIN SELECT RAISE(ABORT, ''); END",
            "INSERT INTO part SELECT * FROM aside",
            "DROP TABLE aside",
        ],
    )
    assert (lake.position(), lake.digest()) == (1, digest)
    assert [each.effective_ms for each in lake.measure(period=YEAR)] == [10_000]
    spooled(tmp_path, told)
    lake.seal(now_us=2)
    assert [each.effective_ms for each in lake.measure(period=YEAR)] == [30_000]
    assert lake.measure(period=YEAR, as_known_at=1)[0].effective_ms == 10_000
    assert lake.verify() == ()
    with pytest.raises(sqlite3.IntegrityError):
        older(tmp_path, ["DELETE FROM part"])
