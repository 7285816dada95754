"""What settling a month of five million events costs beside DuckDB's bare scan and group."""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from duanju.adapters.documents import read_policy
from duanju.adapters.lake import Lake
from duanju.adapters.lake.manifest import Manifest
from duanju.adapters.lake.sealing import write_judged
from duanju.adapters.lake.tables import Engine
from duanju.deals import Contract, Stretch, Terms
from duanju.kernel import Month, Party
from duanju.settlement import Settlement
from duanju.workflows import find_stretches, settle_month

EVENTS, TITLES, TITLES_A_DEAL, ROUNDS = 5_000_000, 2_000, 10, 3
MONTH = Month(2026, 9)
ZONE = ZoneInfo("Asia/Shanghai")
_SEED = 20_260_901
_BEGAN_MS = 1_788_192_000_000
_POLICIES = Path(__file__).resolve().parents[1] / "policies"
_EFFECTIVE, _UNLOCKS = "tencent-short-drama-vertical", "paid-unlock-share"
_CHOSEN: dict[str, dict[str, str | Fraction]] = {
    _EFFECTIVE: {"rights": "exclusive_premiere"},
    _UNLOCKS: {"currency": "CNY", "web_fee": Fraction(6, 1000)},
}


def run() -> list[str]:
    """Return one line: CPU time of measuring and settling over that of the bare scan.

    The events lie sealed as one file a day; half of the titles are under a rate for effective
    hours, half under a share of unlocks. The bare scan groups and adds the same columns of the
    same files, without regard to the month, the kind of event or the exactness of sums.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _fill(folder)
        contracts = _contracts()
        own_s, bare_s, measure_s = [], [], []
        for _ in range(ROUNDS):
            bare_s.append(_cpu_s(lambda: _scan(folder)))
            measure_s.append(_cpu_s(lambda: _measure(folder, contracts)))
            own_s.append(_cpu_s(lambda: _settle(folder, contracts)))
        lines = sum(len(each.lines) for each in _settle(folder, contracts).statements)
    return [
        f"settlement: ratio {min(own_s) / min(bare_s):.2f} of a bare scan and group's CPU time "
        f"({EVENTS:,} events, {len(contracts)} deals, {lines:,} statement lines; "
        f"{min(measure_s) / min(bare_s):.2f} of it measuring)"
    ]


def _cpu_s(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _settle(folder: Path, contracts: list[Contract]) -> Settlement:
    return settle_month(
        contracts=contracts,
        measures_by_stretch=_measure(folder, contracts),
        posted=(),
        period=MONTH,
    )


def _measure(folder: Path, contracts: list[Contract]) -> dict[Stretch, tuple]:
    lake = Lake(folder)
    return {
        stretch: lake.measure(period=stretch.period(ZONE))
        for stretch in find_stretches(contracts=contracts, until=MONTH)
    }


def _scan(folder: Path) -> None:
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        connection.execute(
            f"""SELECT title_id, channel, currency, count(kind), max(occurred_at_us),
                sum(effective_ms), sum(coins), sum(amount_minor)
            FROM read_parquet('{folder}/events/*/*.parquet', hive_partitioning = false)
            GROUP BY title_id, channel, currency"""
        ).fetchall()


def _contracts() -> list[Contract]:
    contracts = []
    for first in range(1, TITLES + 1, TITLES_A_DEAL):
        policy_id = _EFFECTIVE if first <= TITLES // 2 else _UNLOCKS
        titles = frozenset(str(first + number) for number in range(TITLES_A_DEAL))
        terms = Terms(
            policy=read_policy(_POLICIES / f"{policy_id}.toml"),
            parties={
                "platform": Party("platform", "benchmark"),
                "studio": Party("studio", f"studio-{first}"),
            },
            title_ids=titles,
            starts_on=date(MONTH.year, MONTH.number, 1),
            parameters=_CHOSEN[policy_id],
        )
        contracts.append(Contract(f"deal-{first}", terms))
    return contracts


def _fill(folder: Path) -> None:
    """Write events straight into sealed form, day by day, from a fixed seed."""
    manifest = Manifest(folder / "manifest.sqlite3")
    with Engine(spill=folder / "spill", memory_limit="1GB", threads=2).cursor() as cursor:
        for day in range(30):
            cursor.execute(_day_of_events(day, EVENTS // 30))
            contents = write_judged(cursor, folder=folder, position=manifest.position())
            manifest.commit(contents=contents, offsets={}, sealed_at_us=0)


def _day_of_events(day: int, count: int) -> str:
    """Return SQL that makes the table `judged` of a day's events."""
    dice = {
        name: f"(hash(i, {day}, {number}, {_SEED}) % 1000000)::BIGINT"
        for number, name in enumerate(("time", "kind", "title", "amount", "channel", "bits"))
    }
    return f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        WITH drawn AS (
            SELECT i, {_BEGAN_MS + day * 86_400_000} + {dice["time"]} * 86 AS ms,
                {dice["kind"]} AS k, 1 + {dice["title"]} * {dice["title"]} // 1000000 * {TITLES}
                    // 1000000 AS title, {dice["amount"]} AS a, {dice["channel"]} AS c,
                {dice["bits"]} AS b
            FROM range({count}) r(i)
        ), told AS (
            SELECT *, CASE WHEN k < 800000 THEN 'progress' WHEN k < 900000 THEN 'start'
                WHEN k < 950000 THEN 'end' WHEN k < 980000 THEN 'paywall' ELSE 'unlock' END AS kind
            FROM drawn)
        SELECT (ms << 16) | 28672 | (b % 4096) AS id_high,
            {day * 1_000_000_000 - 2**63 + 1} + i AS id_low, kind,
            ms * 1000 AS occurred_at_us, ms * 1000 + 500000 AS received_at_us, c AS viewer_id,
            title AS title_id, (1 + b % 80)::INTEGER AS episode_number, i AS session_id,
            ms * 1000 - 60000000 AS session_started_at_us, (b % 100)::INTEGER AS sequence,
            CASE kind WHEN 'progress' THEN 1 + a % 10000 ELSE 0 END AS effective_ms,
            CASE kind WHEN 'unlock' THEN 60 + a % 60 ELSE 0 END AS amount_minor,
            CASE kind WHEN 'unlock' THEN 'CNY' ELSE '' END AS currency,
            CASE kind WHEN 'unlock' THEN 80 ELSE 0 END::INTEGER AS coins,
            ['web', 'wechat_android', 'wechat_ios'][1 + c % 3] AS channel, 'zh-Hans' AS language,
            'CN' AS territory, NULL::VARCHAR AS reason, make_timestamp(ms * 1000)::DATE AS day
        FROM told"""
