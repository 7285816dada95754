"""`duanju settle` ends with what no clause counts, and settles all the same."""

from pathlib import Path

import pytest

from duanju.cli.uncounted import SHOWN_MAX
from tests.engine.cli.test_refused_rows import GOOD, run

MISTYPED = "2026-09,1O1,effective_minutes,60,minutes,\n"
UNKNOWN = "2026-09,101,plays,60,count,\n"
EARLY = "2026-08,102,effective_minutes,60,minutes,\n"
ENGLISH = [
    "",
    "Not counted by any clause:",
    "  {file}:2: effective_minutes of 1O1 in 2026-09-01/2026-10-01: "
    "no deal has the title 1O1. Facts: 1. Did you mean 101?",
    "  {file}:4: plays of 101 in 2026-09-01/2026-10-01: "
    "no clause counts this measure. Facts: 1. Known: effective_minutes.",
    "  {file}:5: effective_minutes of 102 in 2026-08-01/2026-09-01: "
    "outside the days of the deal. Facts: 1.",
]
CHINESE = [
    "",
    "以下数据未被任何条款计入：",
    "  {file}:2: 1O1 的 effective_minutes，2026-09-01/2026-10-01："
    "没有合同包含剧目 1O1。共 1 条。是否应为 101？",
    "  {file}:4: 101 的 plays，2026-09-01/2026-10-01："
    "没有条款计入该指标。共 1 条。可用：effective_minutes。",
    "  {file}:5: 102 的 effective_minutes，2026-08-01/2026-09-01：不在合同期内。共 1 条。",
]


@pytest.mark.parametrize(("language", "lines"), [("en", ENGLISH), ("zh-Hans", CHINESE)])
def test_settle_says_each_with_its_row(tmp_path: Path, language: str, lines: list[str]) -> None:
    told = run(tmp_path, "settle", MISTYPED, GOOD, UNKNOWN, EARLY, language=language)
    assert told.exit_code == 0, told.output
    own = told.stdout.splitlines()
    assert own[0] == "2026-09  others  studio:lanxi  CNY 10.00"
    assert own[1:] == [line.format(file=tmp_path / "facts.csv") for line in lines]


def test_settle_says_nothing_where_all_is_counted(tmp_path: Path) -> None:
    told = run(tmp_path, "settle", GOOD)
    assert told.stdout.splitlines() == ["2026-09  others  studio:lanxi  CNY 10.00"]


def test_no_more_than_a_page_is_said_and_the_rest_is_counted(tmp_path: Path) -> None:
    rows = [MISTYPED.replace("1O1", f"9{number:03}") for number in range(SHOWN_MAX + 3)]
    told = run(tmp_path, "settle", GOOD, *rows)
    said = told.stdout.splitlines()
    assert sum("no deal has the title" in own for own in said) == SHOWN_MAX
    assert said[-1] == "  And 3 more kinds of fact."
