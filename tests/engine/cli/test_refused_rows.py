"""A fact that terms refuse is named with the file and the row in which it stands."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duanju.cli import main
from tests.support.repository import ROOT

DEALS = """\
zone = "Asia/Shanghai"

[[title]]
id = 101
name = { en = "Night Flight", zh-Hans = "夜航" }

[[title]]
id = 102
name = { en = "Day Ferry", zh-Hans = "日渡" }

[[deal]]
id = "hours"
policy = "tencent-short-drama-vertical"
version = 1
titles = [101]
starts_on = 2026-09-01
parties = { platform = "aurora", studio = "lanxi" }
parameters = { rights = "non_exclusive_premiere" }

[[deal]]
id = "others"
policy = "tencent-short-drama-vertical"
version = 1
titles = [102]
starts_on = 2026-09-01
parties = { platform = "aurora", studio = "lanxi" }
parameters = { rights = "non_exclusive_premiere" }
"""
COLUMNS = "month,title_id,measure,quantity,unit,territory\n"
GOOD = "2026-09,102,effective_minutes,600,minutes,\n"
TOTAL = "2026-09,101,effective_minutes,900,minutes,\n"
PART = "2026-09,101,effective_minutes,500,minutes,CN\n"


def run(folder: Path, command: str, *rows: str, language: str = "en") -> Result:
    """Run a command on deals and facts in a folder."""
    (folder / "deals.toml").write_text(DEALS, "utf-8")
    (folder / "facts.csv").write_text(COLUMNS + "".join(rows), "utf-8")
    words = [command, "--terms" if command == "entitle" else "--deals", str(folder / "deals.toml")]
    words += ["--policies", str(ROOT / "policies"), "--facts", str(folder / "facts.csv")]
    if command == "entitle":
        words += ["--as-of", "2026-10-01"]
    else:
        words += ["--period", "2026-09", "--out", str(folder / "out")]
    return CliRunner().invoke(main, [*words, "--lang", language])


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize(("command", "exit_code"), [("entitle", 3), ("settle", 1)])
def test_total_beside_its_part_is_named_with_its_row(
    tmp_path: Path, command: str, exit_code: int, language: str
) -> None:
    told = run(tmp_path, command, GOOD, PART, GOOD, TOTAL, language=language)
    assert told.exit_code == exit_code, told.output
    (line,) = [own for own in told.stderr.splitlines() if "facts.csv" in own]
    assert line.startswith(f"{tmp_path / 'facts.csv'}:5: ")
    assert "CN" in line


def test_good_deals_are_settled_beside_the_refused_one(tmp_path: Path) -> None:
    told = run(tmp_path, "settle", GOOD, PART, TOTAL)
    assert [own.split()[1] for own in told.stdout.splitlines()] == ["others"]


def test_milestone_of_no_deal_is_named_with_its_row(tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    rows = "day,title_id,measure,quantity,unit,item\n2026-09-10,,milestone,1,count,released\n"
    facts.write_text(rows, "utf-8")
    words = ["settle", "--deals", str(ROOT / "tests/golden/b1-commissioned/deals.toml")]
    words += ["--policies", str(ROOT / "policies"), "--facts", str(facts)]
    words += ["--period", "2026-09", "--out", str(tmp_path / "out")]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 1, told.output
    assert f"{facts}:2: " in told.stderr
