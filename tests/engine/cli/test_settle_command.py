"""Files in, files out: `duanju settle`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duanju.adapters.lake import Event, Lake, Spool
from duanju.cli import main
from duanju.kernel import new_id

POLICIES = Path(__file__).parents[3] / "policies"
DEALS = """\
zone = "Asia/Shanghai"

[[title]]
id = 101
name = { en = "Night Flight", zh-Hans = "夜航" }

[[deal]]
id = "hours"
policy = "tencent-short-drama-vertical"
version = 1
titles = [101]
starts_on = 2026-09-01
parties = { platform = "aurora", studio = "lanxi" }
parameters = { rights = "non_exclusive_premiere" }

[[deal]]
id = "unlocks"
policy = "paid-unlock-share"
version = 1
titles = [101]
starts_on = 2026-09-01
parties = { platform = "aurora", studio = "lanxi" }
parameters = { currency = "CNY", web_fee = 0 }
"""
FACTS = """\
month,title_id,measure,quantity,unit,currency,channel
2026-09,101,effective_minutes,2500000,minutes,,
2026-09,101,unlock_income,10000,minor,CNY,wechat_ios
"""
HOURS, UNLOCKS = "statement-2026-09-hours-lanxi", "statement-2026-09-unlocks-lanxi"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with deals and facts."""
    (tmp_path / "deals.toml").write_text(DEALS, "utf-8")
    (tmp_path / "facts.csv").write_text(FACTS, "utf-8")
    return tmp_path


def settled(folder: Path, *more: str, out: str = "out") -> Result:
    """Run the command in a folder."""
    given = ["--deals", str(folder / "deals.toml"), "--policies", str(POLICIES)]
    if "--lake" not in more:
        given += ["--facts", str(folder / "facts.csv")]
    period = [] if "--period" in more else ["--period", "2026-09"]
    return CliRunner().invoke(main, ["settle", *given, *period, "--out", str(folder / out), *more])


def test_month_is_settled_into_a_ledger_and_statements(folder: Path) -> None:
    result = settled(folder)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "2026-09  hours  studio:lanxi  CNY 66666.67",
        "2026-09  unlocks  studio:lanxi  CNY 44.00",
    ]
    assert {path.name for path in (folder / "out").iterdir()} == {
        "ledger.csv",
        "ledger.beancount",
        *(f"{name}.{kind}" for name in (HOURS, UNLOCKS) for kind in ("csv", "json", "bundle.json")),
    }
    data = json.loads((folder / "out" / f"{HOURS}.json").read_text("utf-8"))
    assert data["totals"] == [{"amount_minor": 6_666_667, "currency": "CNY"}]


def test_settling_again_with_its_ledger_posts_nothing_and_states_the_same(folder: Path) -> None:
    settled(folder)
    again = settled(folder, "--posted", str(folder / "out" / "ledger.csv"), out="again")
    assert again.exit_code == 0
    for path in (folder / "out").iterdir():
        assert path.read_bytes() == (folder / "again" / path.name).read_bytes(), path.name


def test_statement_is_in_the_language_that_is_asked_for(folder: Path) -> None:
    settled(folder, "--lang", "zh-Hans")
    rows = (folder / "out" / f"{UNLOCKS}.csv").read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("结算月,所属月份,类型")
    assert "付费解锁分成" in rows[1]
    assert "夜航" in rows[1]


def test_late_row_appears_as_correction_in_the_next_month(folder: Path) -> None:
    settled(folder)
    late = FACTS + "2026-09,101,unlock_income,1000,minor,CNY,web\n"
    (folder / "facts.csv").write_text(late, "utf-8")
    ledger = str(folder / "out" / "ledger.csv")
    result = settled(folder, "--posted", ledger, "--period", "2026-10", out="october")
    assert result.exit_code == 0
    path = folder / "october" / "statement-2026-10-unlocks-lanxi.json"
    (line,) = json.loads(path.read_text("utf-8"))["lines"]
    assert (line["corrects"], line["amount_minor"]) == ("2026-09", 500)


def test_month_that_a_later_one_has_left_behind_is_refused(folder: Path) -> None:
    settled(folder, "--period", "2026-10")
    result = settled(folder, "--posted", str(folder / "out" / "ledger.csv"), out="again")
    assert result.exit_code == 2
    assert not (folder / "again").exists()


def test_deal_with_a_problem_is_named_and_the_other_settled(folder: Path) -> None:
    more = FACTS + "2026-09,101,unlock_income,1,minor,CNY,google_play\n"
    (folder / "facts.csv").write_text(more, "utf-8")
    result = settled(folder)
    assert result.exit_code == 1
    assert "through google_play, for which the deal unlocks states no channel_fee" in result.stderr
    assert "Fill in the rate of google_play" in result.stderr
    assert not (folder / "out" / f"{UNLOCKS}.csv").exists()
    assert (folder / "out" / f"{HOURS}.csv").exists()


def test_bad_files_are_refused_with_their_lines_and_nothing_is_written(folder: Path) -> None:
    (folder / "deals.toml").write_text(DEALS.replace("non_exclusive_premiere", "forever"), "utf-8")
    result = settled(folder, "--lang", "zh-Hans")
    assert result.exit_code == 3
    line = DEALS[: DEALS.index("non_exclusive")].count("\n") + 1
    assert (
        f"deals.toml:{line} [deal.0.parameters.rights]: forever 不是 rights 的选项。"
        in result.stderr
    )
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    "wrong", [["--period", "2026-9"], ["--engine", "spark"], ["--files", "s3a://x"]]
)
def test_wrong_call_says_how_to_call(folder: Path, wrong: list[str]) -> None:
    result = settled(folder, *(word.format(folder=folder) for word in wrong))
    assert result.exit_code == 2
    assert "Usage:" in result.stderr
    assert not (folder / "out").exists()


US = 1_000_000
NOON_US = 1_788_926_400 * US  # 2026-09-09 04:00 UTC, noon in Shanghai
LAST_EVENING_US = 1_790_780_400 * US  # 2026-09-30 15:00 UTC, 23:00 in Shanghai
FIRST_MORNING_US = 1_790_787_600 * US  # 2026-09-30 17:00 UTC, October in Shanghai


def test_month_is_settled_from_a_lake_by_the_platforms_own_midnight(folder: Path) -> None:
    spool = Spool(folder / "lake" / "spool", max_bytes=2**20)
    for number, at_us in enumerate((NOON_US, LAST_EVENING_US, FIRST_MORNING_US), start=1):
        spool.append([_progress(number, at_us)])
    spool.close()
    Lake(folder / "lake").seal(now_us=FIRST_MORNING_US)
    result = settled(folder, "--lake", str(folder / "lake"))
    assert result.exit_code == 0, result.output
    assert "2026-09  hours  studio:lanxi  CNY 0.03" in result.stdout


def test_title_that_a_lake_cannot_know_is_named(folder: Path) -> None:
    (folder / "deals.toml").write_text(DEALS.replace("[101]", '["night-flight"]'), "utf-8")
    (folder / "lake").mkdir()
    result = settled(folder, "--lake", str(folder / "lake"))
    assert result.exit_code == 3
    assert "Title night-flight is not the number of a title" in result.stderr
    assert not (folder / "out").exists()


def _progress(number: int, at_us: int) -> Event:
    return Event(
        id=str(new_id(time_ms=at_us // 1000, random_bits=number)),
        kind="progress",
        occurred_at_us=at_us,
        received_at_us=at_us,
        session_id=number,
        session_started_at_us=at_us - 3_600 * US,
        sequence=1,
        viewer_id=1,
        title_id=101,
        episode_number=1,
        effective_ms=60_000,
    )
