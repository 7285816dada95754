"""`duanju entitle` ends with the facts that no clause counts, with file and row."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duanju.cli.command import main
from tests.support.repository import ROOT

CASE = ROOT / "tests" / "golden" / "t1-exclusive-premiere"


def words_for(folder: Path) -> list[str]:
    """Return the command for the case's deals and its facts with one title mistyped."""
    facts = folder / "facts.csv"
    text = (CASE / "facts.csv").read_text("utf-8").rstrip("\n")
    facts.write_text(f"{text}\n2026-09,abvoe,effective_minutes,60,minutes\n", "utf-8")
    deals = ["--terms", str(CASE / "deals.toml"), "--policies", str(ROOT / "policies")]
    return ["entitle", *deals, "--facts", str(facts), "--as-of", "2026-10-01"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "no deal has the title abvoe. Facts: 1. Did you mean above?"), ("zh-Hans", "above？")],
)
def test_mistyped_title_is_told_with_its_row(tmp_path: Path, language: str, sentence: str) -> None:
    words = words_for(tmp_path)
    told = CliRunner().invoke(main, [*words, "--lang", language])
    assert told.exit_code == 0
    rows = len((tmp_path / "facts.csv").read_text("utf-8").splitlines())
    (line,) = [own for own in told.output.splitlines() if "abvoe" in own]
    assert f"facts.csv:{rows}:" in line
    assert sentence in line


def test_json_carries_it_too(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, [*words_for(tmp_path), "--json"])
    found = json.loads(told.output)[0]["uncounted"]
    assert [(own["reason"], own["word"], own["did_you_mean"]) for own in found] == [
        ("title", "abvoe", "above")
    ]


@pytest.mark.parametrize("command", ["compare", "simulate"])
def test_questions_about_terms_end_with_it_too(tmp_path: Path, command: str) -> None:
    facts = words_for(tmp_path)[words_for(tmp_path).index("--facts") + 1]
    deals = str(CASE / "deals.toml")
    policies = ["--policies", str(ROOT / "policies"), "--facts", facts]
    told = CliRunner().invoke(main, ["terms", command, deals, *policies])
    assert told.exit_code == 0, told.output
    (line,) = [own for own in told.output.splitlines() if "abvoe" in own]
    assert "Did you mean above?" in line
