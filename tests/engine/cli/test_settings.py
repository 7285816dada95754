"""A parameter that is set on the command line is one that a policy has."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from duanju.cli.command import main
from tests.support.hostile_terms import RATE, policy_text
from tests.support.repository import ROOT

FACTS = "month,title_id,measure,quantity,unit\n2026-09,101,effective_minutes,60,minutes\n"


@pytest.mark.parametrize(
    "command",
    [
        ["entitle", "--terms", "{a}", "--facts", "{facts}", "--as-of", "2026-10-01"],
        ["terms", "explain", "{a}"],
        ["terms", "compare", "--facts", "{facts}", "{a}", "{b}"],
        ["terms", "diff", "{a}", "{b}", "--facts", "{facts}"],
        ["terms", "simulate", "{a}", "--facts", "{facts}", "--runs", "10"],
    ],
)
def test_setting_that_no_policy_knows_is_refused(command: list[str], tmp_path: Path) -> None:
    files = {"a": tmp_path / "a.toml", "b": tmp_path / "b.toml", "facts": tmp_path / "facts.csv"}
    files["a"].write_text(policy_text([RATE]), "utf-8")
    files["b"].write_text(policy_text([RATE]).replace('"hostile"', '"other"'), "utf-8")
    files["facts"].write_text(FACTS, "utf-8")
    words = [word.format(**files) for word in command]
    assert CliRunner().invoke(main, [*words, "--set", "open=0.5"]).exit_code == 0
    refused = CliRunner().invoke(main, [*words, "--set", "opne=0.5"])
    assert refused.exit_code == 2
    assert "no policy has a parameter opne" in refused.output


def test_day_beyond_the_calendar_is_refused(tmp_path: Path) -> None:
    terms, facts = tmp_path / "a.toml", tmp_path / "facts.csv"
    terms.write_text(policy_text([RATE]), "utf-8")
    facts.write_text(FACTS, "utf-8")
    words = ["entitle", "--terms", str(terms), "--facts", str(facts), "--as-of", "9999-12-31"]
    assert CliRunner().invoke(main, words).exit_code == 2


def test_month_beyond_the_calendar_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "some.toml"
    file.write_text("", "utf-8")
    words = ["settle", "--deals", str(file), "--facts", str(file), "--out", str(tmp_path / "out")]
    refused = CliRunner().invoke(main, [*words, "--period", "9999-12"])
    assert (refused.exit_code, "too late a month" in refused.output) == (2, True)


def test_setting_beside_a_file_of_deals_is_refused_and_not_passed_over() -> None:
    case = ROOT / "tests" / "golden" / "t1-exclusive-premiere"
    words = ["entitle", "--terms", str(case / "deals.toml"), "--facts", str(case / "facts.csv")]
    words += ["--policies", str(ROOT / "policies"), "--as-of", "2026-10-01"]
    assert CliRunner().invoke(main, words).exit_code == 0
    refused = CliRunner().invoke(main, [*words, "--set", "rights=exclusive"])
    assert refused.exit_code == 2
    assert "change it there" in refused.output
