"""What a correction names ceases to count, or counts again, whenever either was told."""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from msgspec.structs import replace

from duanju.adapters.lake import (
    CorrectedEvent,
    Correction,
    Event,
    InvalidEvent,
    Lake,
    Spool,
    TitleMeasure,
    sealing,
)
from duanju.adapters.lake.manifest import Manifest
from duanju.adapters.lake.plans import measure_sealed, measures_of, opened_engine, result_hash
from duanju.kernel import Period
from tests.engine.lake.test_partials import PERIODS
from tests.support.corrections import (
    a_correction,
    count_after,
    spooled_corrections,
    told_again,
)
from tests.support.events import NOON, a_report, an_event, an_unlock
from tests.support.lakes import MEBIBYTE, YEAR, a_lake, counted, kept_apart, spooled

BOUGHT = an_unlock(seed=1, amount_minor=990, episode_number=11)
OTHER = an_unlock(seed=2, amount_minor=100, after_s=9, episode_number=12)
NOBODY = an_unlock(seed=3, amount_minor=77, after_s=10)
Told = Event | Correction


def a_lake_told(folder: Path, *batches: Iterable[Told]) -> Lake:
    """Build a lake in which each batch was sealed by a seal of its own."""
    lake = a_lake(folder)
    for number, batch in enumerate(batches, start=1):
        told = list(batch)
        spooled(folder, [own for own in told if isinstance(own, Event)])
        spooled_corrections(folder, [own for own in told if isinstance(own, Correction)])
        lake.seal(now_us=number)
    return lake


def money(lake: Lake, period: Period = YEAR, as_known_at: int | None = None) -> tuple[int, int]:
    """Return how many unlocks count and their money."""
    rows = lake.measure(period=period, as_known_at=as_known_at)
    return sum(own.unlocks for own in rows), sum(own.amount_minor for own in rows)


REVERSED = a_correction(BOUGHT, seed=1)
MARKED = a_correction(BOUGHT, kind="mark", seed=2, after_s=70)
UNMARKED = a_correction(BOUGHT, kind="unmark", seed=3, after_s=80)
AGAIN_MARKED = a_correction(BOUGHT, kind="mark", seed=4, after_s=90)


@pytest.mark.parametrize(
    ("batches", "left"),
    [
        ([[BOUGHT, OTHER, REVERSED]], (1, 100)),
        ([[BOUGHT, OTHER], [REVERSED]], (1, 100)),
        ([[REVERSED], [BOUGHT, OTHER]], (1, 100)),
        ([[REVERSED], [OTHER], [], [BOUGHT]], (1, 100)),
        ([[BOUGHT, OTHER], [REVERSED, a_correction(BOUGHT, seed=9)]], (1, 100)),
        ([[BOUGHT, OTHER], [REVERSED], [a_correction(BOUGHT, seed=9, after_s=2)]], (1, 100)),
        ([[BOUGHT, OTHER], [REVERSED], [told_again(REVERSED)]], (1, 100)),
        ([[BOUGHT, OTHER], [MARKED]], (1, 100)),
        ([[BOUGHT, OTHER], [MARKED], [UNMARKED]], (2, 1090)),
        ([[BOUGHT, OTHER], [UNMARKED], [MARKED]], (2, 1090)),
        ([[MARKED, UNMARKED], [AGAIN_MARKED], [BOUGHT, OTHER]], (1, 100)),
        ([[BOUGHT, OTHER], [MARKED], [REVERSED], [UNMARKED]], (1, 100)),
        ([[BOUGHT, OTHER], [MARKED], [UNMARKED], [REVERSED]], (1, 100)),
        ([[BOUGHT, OTHER], [a_correction(NOBODY)]], (2, 1090)),
    ],
    ids=[
        "at-once",
        "later",
        "before-its-event",
        "long-before-its-event",
        "twice-at-once",
        "twice",
        "copied",
        "marked",
        "undone",
        "undone-and-told-the-other-way-round",
        "marked-undone-marked-before-its-event",
        "reversed-while-marked",
        "reversed-after-all",
        "of-nothing",
    ],
)
def test_what_counts_after_corrections(
    tmp_path: Path, batches: list[list[Told]], left: tuple[int, int]
) -> None:
    lake = a_lake_told(tmp_path, *batches)
    assert money(lake) == left
    assert sum(event.amount_minor for event in counted(lake)) == left[1]
    assert lake.verify() == ()


def test_a_correction_is_shown_beside_what_it_corrects(tmp_path: Path) -> None:
    lake = a_lake_told(tmp_path, [BOUGHT, OTHER], [MARKED])
    taken_back = CorrectedEvent(
        id=MARKED.id,
        kind="unlock",
        occurred_at_us=BOUGHT.occurred_at_us,
        received_at_us=BOUGHT.received_at_us,
        viewer_id=7,
        title_id=1,
        episode_number=11,
        amount_minor=-990,
        currency="CNY",
        coins=-80,
        corrects=BOUGHT.id,
        correction="mark",
        reason="a farm of phones",
    )
    shown = counted(lake)
    assert sorted(shown, key=lambda own: (own.occurred_at_us, own.amount_minor)) == [
        taken_back,
        BOUGHT,
        OTHER,
    ]
    assert shown == sorted(shown, key=lambda own: (own.occurred_at_us, own.id))


def test_a_closed_month_stays_as_it_was_known(tmp_path: Path) -> None:
    lake = a_lake_told(tmp_path, [BOUGHT, OTHER])
    closed_at = lake.position()
    spooled_corrections(tmp_path, [REVERSED])
    lake.seal(now_us=2)
    assert money(lake, as_known_at=closed_at) == (2, 1090)
    assert money(lake) == (1, 100)
    late = lake.events(period=YEAR, known_after=closed_at).events
    assert [(own.id, own.amount_minor) for own in late] == [(REVERSED.id, -990)]
    assert list(lake.each_event(period=YEAR, titles=[1], known_after=closed_at)) == list(late)


def test_a_correction_counts_at_the_moment_of_its_event(tmp_path: Path) -> None:
    """A refund in October of a September unlock is September's, in every way of asking."""
    october_s = 30 * 86_400
    lake = a_lake_told(tmp_path, [BOUGHT, OTHER], [a_correction(BOUGHT, after_s=october_s)])
    september, october = PERIODS[0], Period(datetime(2026, 10, 1, tzinfo=UTC), YEAR.end)
    assert (money(lake, september), money(lake, october)) == ((1, 100), (0, 0))
    noon = Period(NOON, NOON.replace(second=5))
    assert money(lake, noon) == (0, 0)
    (day,) = lake.daily(titles=[1], period=september)
    assert (day.day, day.unlocks, day.amount_minor, day.coins) == (date(2026, 9, 10), 1, 100, 80)
    episodes = lake.by_episode(titles=[1], period=september)
    assert [(own.episode_number, own.unlocks, own.amount_minor) for own in episodes] == [
        (11, 0, 0),
        (12, 1, 100),
    ]


def test_the_same_id_with_another_word_decides_nothing(tmp_path: Path) -> None:
    """Not even where it names an event of another day."""
    tomorrow = an_unlock(seed=8, amount_minor=55, after_s=86_400)
    lake = a_lake_told(
        tmp_path,
        [BOUGHT, OTHER, tomorrow],
        [REVERSED],
        [replace(REVERSED, corrects=tomorrow.id)],
        [replace(REVERSED, corrects=OTHER.id), replace(MARKED, id=REVERSED.id)],
    )
    assert money(lake) == (2, 155)
    parts = Manifest(tmp_path / "lake" / "manifest.sqlite3").parts(shelf="corrections")
    assert [part.contents.rows for part in parts] == [1, 1, 2]


def test_what_was_kept_apart_is_not_taken_back(tmp_path: Path) -> None:
    refused = an_event(seed=5, kind="paywall", refusal="lake.episode-locked")
    waits = a_correction(refused, kind="mark", seed=5)
    lake = a_lake_told(tmp_path, [refused, BOUGHT], [waits])
    assert kept_apart(lake) == [(refused.id, "lake.episode-locked")]
    assert money(lake) == (1, 990)
    assert lake.waiting_corrections() == (waits,)


def test_corrections_wait_in_the_order_told(tmp_path: Path) -> None:
    first, second = a_correction(NOBODY, seed=1), a_correction(OTHER, seed=2, after_s=90)
    lake = a_lake_told(tmp_path, [second, first, REVERSED], [BOUGHT])
    assert lake.waiting_corrections() == (first, second)
    assert lake.waiting_corrections(limit=1) == (first,)
    spooled(tmp_path, [OTHER])
    lake.seal(now_us=9)
    assert lake.waiting_corrections() == (first,)


@pytest.mark.parametrize("reason", ["", "x" * 201], ids=["none", "long"])
def test_a_correction_without_its_reason_is_refused(tmp_path: Path, reason: str) -> None:
    spool = Spool(tmp_path / "lake" / "spool", max_bytes=MEBIBYTE)
    with pytest.raises(InvalidEvent, match="reason"):
        spool.append_corrections([REVERSED, replace(MARKED, reason=reason)])
    spool.close()
    assert a_lake(tmp_path).seal(now_us=1).parts == ()


def test_a_text_of_an_event_is_never_taken_for_a_correction(tmp_path: Path) -> None:
    sly = an_event(seed=6, kind="paywall", refusal='"corrects"')
    lake = a_lake_told(tmp_path, [sly, BOUGHT])
    assert kept_apart(lake) == [(sly.id, '"corrects"')]


def generated(dice: random.Random) -> tuple[list[Event], list[Correction]]:
    """Make plays and unlocks of a month, and corrections of most of them, some several times."""
    events: list[Event] = []
    for seed in range(24):
        after_s = dice.randrange(-9 * 86_400, 20 * 86_400)
        title_id, channel = dice.randint(1, 2), dice.choice(("web", "google_play"))
        shared: dict[str, object] = {
            "seed": seed,
            "after_s": after_s,
            "title_id": title_id,
            "channel": channel,
        }
        if seed % 3:
            amount = dice.choice((80, 2**63 - 1, -(2**63)))
            currency = dice.choice(("CNY", "USD"))
            events.append(an_unlock(**shared | {"amount_minor": amount, "currency": currency}))
        else:
            began = {"began_us": events[-1].occurred_at_us} if events else {}
            own = shared | {"after_s": 10, "session_id": 500 + seed} | began
            events.append(a_report(seconds=dice.randint(1, 9), **own))
    corrections = [
        a_correction(
            dice.choice(events),
            kind=dice.choice(("reversal", "mark", "mark", "unmark")),
            after_s=dice.randrange(-5, 500),
            seed=seed,
        )
        for seed in range(40)
    ]
    return events, corrections


def added(events: Iterable[Event], period: Period) -> list[TitleMeasure]:
    """Add up events in plain Python, leaving out what comes to nothing."""
    sums: dict[tuple[int, str, str], dict[str, int]] = {}
    for event in events:
        moment = datetime.fromtimestamp(event.occurred_at_us // 1_000_000, UTC)
        if not period.start <= moment < period.end:
            continue
        key = (event.title_id, event.channel, event.currency)
        own = sums.setdefault(key, dict.fromkeys(TitleMeasure.__struct_fields__, 0))
        for name in ("effective_ms", "coins", "amount_minor"):
            own[name] += getattr(event, name)
        if event.kind != "progress":
            own[f"{event.kind}s"] += 1
    return [
        TitleMeasure(**own | {"title_id": key[0], "channel": key[1], "currency": key[2]})
        for key, own in sorted(sums.items())
    ]


def of_something(rows: Iterable[TitleMeasure]) -> list[TitleMeasure]:
    """Leave out rows all of whose sums are nothing: of what was taken back a row remains."""
    return [own for own in rows if any((own.effective_ms, own.unlocks, own.coins))]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_order_the_sums_are_those_of_plain_python(tmp_path: Path, seed: int) -> None:
    dice = random.Random(f"corrections:{seed}")
    events, corrections = generated(dice)
    told: list[Told] = [*events, *corrections, *map(told_again, dice.sample(corrections, 5))]
    batches: list[list[Told]] = [[] for _ in range(4)]
    for own in told:
        dice.choice(batches).append(own)
    lake = a_lake_told(tmp_path, *batches)
    left = count_after(events, corrections)
    assert 3 < len(left) < len(events) - 3
    for period in PERIODS:
        assert of_something(lake.measure(period=period)) == of_something(added(left, period))
    assert lake.verify() == ()
    hashes = {}
    for name in ("plain", "duckdb"):
        with opened_engine(name, folder=tmp_path / "lake") as engine:
            results = measure_sealed(folder=tmp_path / "lake", periods=PERIODS, engine=engine)
        hashes[name] = [result_hash(result) for result in results]
        for period, result in zip(PERIODS, results, strict=True):
            assert measures_of(result) == list(lake.measure(period=period))
    assert hashes["plain"] == hashes["duckdb"]


def test_applying_again_changes_nothing(tmp_path: Path) -> None:
    lake = a_lake_told(tmp_path, [BOUGHT, OTHER], [REVERSED, MARKED])
    before = lake.position()
    manifest = Manifest(tmp_path / "lake" / "manifest.sqlite3")
    manifest.commit(contents=(), offsets={}, sealed_at_us=5, applied_up_to=0)
    lake.seal(now_us=6)
    assert (lake.position(), money(lake)) == (before, (1, 100))
    assert manifest.applied_up_to() == before


def test_a_seal_does_not_look_at_the_whole_manifest_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "LOOKED_AT_AGAIN_MAX", 3)
    lake = a_lake_told(tmp_path, [BOUGHT], [REVERSED])
    manifest = Manifest(tmp_path / "lake" / "manifest.sqlite3")
    for day in range(1, 5):
        spooled(tmp_path, [an_unlock(seed=50 + day, amount_minor=1, after_s=day * 86_400)])
        lake.seal(now_us=day)
        assert lake.position() - manifest.applied_up_to() <= 4
    assert money(lake) == (4, 4)
    spooled_corrections(
        tmp_path, [a_correction(an_unlock(seed=51, amount_minor=1, after_s=86_400))]
    )
    lake.seal(now_us=9)
    assert money(lake) == (3, 3)


def test_files_of_corrections_are_plain_for_every_engine(tmp_path: Path) -> None:
    a_lake_told(tmp_path, [BOUGHT], [REVERSED])
    with duckdb.connect() as connection:
        types = {
            kind
            for shelf in ("corrections", "effects")
            for _, kind, *_ in connection.execute(
                f"DESCRIBE FROM read_parquet('{tmp_path}/lake/{shelf}/*/*.parquet', "
                "hive_partitioning = false)"
            ).fetchall()
        }
    assert types <= {"BIGINT", "INTEGER", "VARCHAR", "DECIMAL(38,0)"}
