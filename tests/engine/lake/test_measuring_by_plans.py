"""The plan of measures comes to what the lake itself measures."""

import random
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from duanju.adapters.lake import importing
from duanju.adapters.lake.importing import ImportReport
from duanju.adapters.lake.plans import (
    measure_sealed,
    measures_of,
    opened_engine,
    plan_of_measures,
    result_hash,
    run_on_duckdb,
    run_plainly,
)
from duanju.adapters.lake.plans.engines import SparkEngine
from duanju.kernel import Period
from tests.engine.lake.test_importing import a_file, imported
from tests.support.corrections import a_correction, spooled_corrections
from tests.support.events import an_event, an_honest_session, an_unlock, received_later
from tests.support.lakes import YEAR, a_lake, a_sealed_lake

NOON = Period(datetime(2026, 9, 10, 12, tzinfo=UTC), datetime(2026, 9, 10, 12, 0, 15, tzinfo=UTC))


def a_told_lake(folder: Path, seed: int):
    dice = random.Random(seed)
    told = [
        event
        for number in range(1, 6)
        for event in an_honest_session(
            session_id=number, reports=dice.randint(1, 4), title_id=number % 3 + 1
        )
    ]
    told += [
        an_unlock(seed=number, amount_minor=2**62 + number, title_id=number % 3 + 1, after_s=number)
        for number in range(5)
    ]
    told.append(an_event(seed=77, kind="paywall", channel="wechat_android"))
    dice.shuffle(told)
    return a_sealed_lake(folder, told[::2], told[1::2])


def sealed_days(folder: Path) -> list[list[str]]:
    days = sorted((folder / "lake" / "events").glob("day=*"))
    return [sorted(str(file) for file in day.glob("*.parquet")) for day in days]


@pytest.mark.parametrize("period", [YEAR, NOON], ids=["year", "seconds"])
@pytest.mark.parametrize("seed", range(3))
def test_plan_measures_what_the_lake_measures(tmp_path: Path, seed: int, period: Period) -> None:
    lake = a_told_lake(tmp_path, seed)
    plan = plan_of_measures(sealed_days(tmp_path), period)
    with duckdb.connect() as cursor:
        for run in (run_plainly, run_on_duckdb):
            result = run(cursor, plan)
            assert measures_of(result) == list(lake.measure(period=period))
            assert measures_of(result, titles={1}) == list(lake.measure(period=period, titles=[1]))


@pytest.mark.cluster
@pytest.mark.xdist_group("cluster")
def test_cluster_measures_what_the_lake_measures(
    tmp_path: Path, spark, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken back, sums beyond 64 bits and copies of imported files among it."""
    monkeypatch.setattr(importing, "ADOPTED_ROWS_MIN", 0)
    a_told_lake(tmp_path, 9)
    bought = an_unlock(seed=90, amount_minor=2**63 - 1, title_id=2, after_s=90_000)
    told = [bought, received_later(bought, seconds=9)]
    report = imported(tmp_path, a_file(tmp_path, "copied", told))
    assert report == ImportReport(events=1, copies=1)
    unlocks = [
        an_unlock(seed=number, amount_minor=2**62 + number, title_id=number % 3 + 1, after_s=number)
        for number in range(5)
    ]
    spooled_corrections(tmp_path, [a_correction(own, seed=own.title_id) for own in unlocks[1:3]])
    lake = a_lake(tmp_path)
    lake.seal(now_us=9)
    folder = tmp_path / "lake"
    hashes = set()
    with opened_engine("plain", folder=folder) as plain:
        for engine in (plain, SparkEngine(spark, prefix=str(folder))):
            (result,) = measure_sealed(folder=folder, periods=[YEAR], engine=engine)
            hashes.add(result_hash(result))
            assert measures_of(result) == list(lake.measure(period=YEAR))
    assert len(hashes) == 1


def test_no_days_measure_nothing() -> None:
    with duckdb.connect() as cursor:
        assert measures_of(run_on_duckdb(cursor, plan_of_measures([], YEAR))) == []
