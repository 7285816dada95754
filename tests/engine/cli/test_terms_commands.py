"""`duanju terms`, `duanju entitle` and `duanju conformance`."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duanju.cli import main
from tests.support.repository import ROOT

EXAMPLE = ROOT / "examples" / "your-platform"
POLICY = str(EXAMPLE / "policy.toml")
T1 = str(ROOT / "policies" / "tencent-short-drama-vertical.toml")
FACTS = str(EXAMPLE / "facts.csv")
HOURS = str(EXAMPLE / "hours.csv")
DEALS = str(ROOT / "examples" / "two-months" / "deals.toml")
CASES = ROOT / "tests" / "golden"


def run(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, [str(word) for word in words])


def test_terms_are_checked_policies_and_deals_alike() -> None:
    result = run("terms", "check", POLICY, DEALS, "--policies", str(ROOT / "policies"))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("harbour-vertical 1  Harbour Video")
    assert [line.split("  ")[0] for line in lines[1:]] == ["ferry-hours", "ferry-unlocks"]


@pytest.mark.parametrize(("language", "hint"), [("en", "Name a role"), ("zh-Hans", "residual")])
def test_all_problems_are_told_at_once_with_their_lines(language: str, hint: str) -> None:
    result = run("terms", "check", str(EXAMPLE / "first-try.toml"), POLICY, "--lang", language)
    assert result.exit_code == 3
    places = [line.split(" ")[0].split(":")[-1] for line in result.stderr.splitlines()[::2]]
    assert places == ["37", "51", "59"]
    assert hint in result.stderr
    assert result.stdout.startswith("harbour-vertical 1")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["¥30,000.00", "worked example"]), ("zh-Hans", ["¥30,000.00", "算例"])],
)
def test_terms_are_explained_with_what_is_set(language: str, words: list[str]) -> None:
    result = run("terms", "explain", POLICY, "--set", "grade=S", "--lang", language)
    assert result.exit_code == 0
    assert [word for word in words if word not in result.stdout] == []


def test_policy_is_explained_with_what_it_leaves_open() -> None:
    result = run("terms", "explain", POLICY)
    assert result.exit_code == 0
    assert "S: CN¥30,000.00; A: CN¥10,000.00" in result.stdout


def test_parameter_that_is_none_of_the_options_is_refused() -> None:
    result = run("terms", "explain", POLICY, "--set", "grade=Z")
    assert result.exit_code == 3
    assert "grade" in result.stderr


def test_everyone_is_told_what_they_have_earned_and_why() -> None:
    result = run(
        "entitle", "--terms", POLICY, "--facts", FACTS, "--as-of", "2026-05-01", "--set", "grade=S"
    )
    assert result.exit_code == 0
    for line in ("studio:studio  CNY 40000.00", "channel:wechat_ios  CNY 1200.00"):
        assert line in result.stdout
    assert "600,000 ÷ 60 × CN¥3.00 = CN¥30,000.00" in result.stdout


def test_entitlements_as_data_are_exact() -> None:
    result = run(
        *("entitle", "--terms", POLICY, "--facts", FACTS, "--as-of", "2026-04-01"),
        *("--set", "grade=A", "--json"),
    )
    (answer,) = json.loads(result.stdout)
    amounts = {
        (own["clause_id"], own["party"]): own["amount_minor"] for own in answer["entitlements"]
    }
    # March alone: 8,000 hours at ¥1, all kept back for the guarantee of ¥10,000 but ¥2,000.
    assert amounts["hours", "studio:studio"] == "800000"
    assert amounts["guarantee", "studio:studio"] == "200000"
    assert amounts["unlocks", "studio:studio"] == "990000"
    assert answer["as_of"] == "2026-04-01"


def test_terms_are_compared_with_their_crossings() -> None:
    result = run(
        *("terms", "compare", "--facts", HOURS, POLICY, T1),
        *("--set", "grade=A", "--set", "rights=exclusive_premiere"),
    )
    assert result.exit_code == 0
    assert "From 6,666.6667 hours on tencent-short-drama-vertical 1 pays more" in result.stdout
    assert "From 13,333.3333 hours on harbour-vertical 1 pays more" in result.stdout


def test_one_reading_is_compared_with_another_of_the_same_policy(tmp_path: Path) -> None:
    other = tmp_path / "whole.toml"
    shutil.copy(T1, other)
    result = run(
        *("terms", "compare", "--facts", HOURS, T1, str(other)),
        *("--set", "rights=exclusive_premiere", "--lang", "zh-Hans"),
    )
    assert result.exit_code == 0
    assert "(whole.toml)" in result.stdout
    assert "高低次序不变" in result.stdout


def test_comparing_one_with_nothing_is_refused() -> None:
    result = run("terms", "compare", "--facts", HOURS, POLICY, "--set", "grade=A")
    assert result.exit_code == 2
    assert "at least two" in result.stderr


def test_setting_without_a_value_is_refused() -> None:
    result = run("terms", "compare", "--facts", HOURS, POLICY, T1, "--set", "grade")
    assert result.exit_code == 2
    assert "NAME=VALUE" in result.stderr


def test_simulation_says_the_same_for_the_same_seed() -> None:
    words = ["terms", "simulate", "--facts", FACTS, POLICY, "--set", "grade=S", "--runs", "20"]
    first, second = run(*words, "--invested", "80000"), run(*words, "--invested", "80000")
    assert first.exit_code == 0
    assert first.stdout == second.stdout
    for word in ("10th percentile", "median", "90th percentile", "earns back", "breaks even"):
        assert word in first.stdout


def test_differences_are_told_clause_by_clause_with_their_worth(tmp_path: Path) -> None:
    later = tmp_path / "later.toml"
    later.write_text(Path(POLICY).read_text("utf-8").replace("rate = 3", "rate = 4"), "utf-8")
    result = run("terms", "diff", POLICY, str(later), "--facts", FACTS, "--set", "grade=S")
    assert result.exit_code == 0
    assert "changed  hours" in result.stdout
    assert "tiers.1.rate: 3 → 4" in result.stdout
    assert "CNY 40000.00 → CNY 50000.00 (CNY 10000.00)" in result.stdout
    assert "same  unlocks" in result.stdout


def test_cases_hold() -> None:
    result = run("conformance", "t1-", "--cases", str(CASES), "--policies", str(ROOT / "policies"))
    assert result.exit_code == 0
    assert "3 of 3 cases hold." in result.stdout


def test_another_systems_answers_are_held_to_the_cases(tmp_path: Path) -> None:
    case = CASES / "t1-exclusive-premiere"
    right = (case / "expected.csv").read_text("utf-8")
    (tmp_path / "t1-exclusive-premiere.csv").write_text(
        right.replace("100000.00", "100000.01"), "utf-8"
    )
    (tmp_path / "t1-non-premiere.csv").write_text(
        (CASES / "t1-non-premiere" / "expected.csv").read_text("utf-8"), "utf-8"
    )
    result = run("conformance", "t1-", "--cases", str(CASES), "--answers", str(tmp_path))
    assert result.exit_code == 1
    assert "1 of 3 cases hold." in result.stdout
    assert "100000.00" in result.stdout
    assert "100000.01" in result.stdout
    assert "no answer  t1-non-exclusive-premiere" in result.stdout


def test_name_of_no_case_is_refused() -> None:
    result = run("conformance", "nothing-like-it", "--cases", str(CASES))
    assert result.exit_code == 2
