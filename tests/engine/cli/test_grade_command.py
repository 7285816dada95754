"""`duanju scripts grade`: scores in, grades out, or all that is wrong with the files."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duanju.cli import main
from duanju.screenplays.panel import Score
from tests.support.panels import a_panel

RUBRIC = """version = "2026-11"
scores = 7
lowest = "B"
[[criterion]]
id = "c0"
[[criterion]]
id = "c1"
[[grade]]
id = "S"
from_quality = 1.0
[[grade]]
id = "A"
from_quality = 0.0
"""


def graded(
    folder: Path, scores: list[Score], *more: str, rubric: str = RUBRIC, spoilt: str = ""
) -> Result:
    (folder / "rubric.toml").write_text(rubric, "utf-8")
    with (folder / "scores.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["script", "reader", "criterion", "value", "line"])
        for own in scores:
            writer.writerow([own.script, own.reader, own.criterion, own.value, own.cited_line])
        stream.write(spoilt)
    given = ["--rubric", str(folder / "rubric.toml"), "--scores", str(folder / "scores.csv")]
    return CliRunner().invoke(main, ["scripts", "grade", *given, *more])


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    return a_panel(3, scripts=24, readers=4, each=2, criteria=2, scores=7).scores


def test_each_script_has_a_grade_with_probabilities_the_best_first(
    tmp_path: Path, scores: list[Score]
) -> None:
    result = graded(tmp_path, scores)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert len(lines) == 24 + 4
    qualities = [float(line.split("quality ")[1].split(" ")[0]) for line in lines[:24]]
    assert qualities == sorted(qualities, reverse=True)
    assert lines[0].split(": ")[1].startswith("S (")
    assert lines[-1].startswith("reader-03: severity ")
    chinese = graded(tmp_path, scores, "--lang", "zh-Hans")
    assert "质量值" in chinese.stdout


def test_a_reader_can_be_left_out(tmp_path: Path, scores: list[Score]) -> None:
    result = graded(tmp_path, scores, "--without", "reader-01")
    assert result.exit_code in (0, 1)
    assert "reader-01" not in result.stdout


def test_unlinked_readers_get_no_grade(tmp_path: Path) -> None:
    apart = [
        Score(script=f"s{number}", reader=f"r{number}", criterion=criterion, value=4)
        for number in range(2)
        for criterion in ("c0", "c1")
    ]
    result = graded(tmp_path, apart)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "s0: raw mean 4.00, no grade",
        "s1: raw mean 4.00, no grade",
    ]
    assert "no script links" in result.stderr


@pytest.mark.parametrize(
    ("rubric", "spoilt", "told"),
    [
        (RUBRIC, "s,r,c0,eight,\r\n", "scores.csv:"),
        (RUBRIC, "s,r,c0,9,\r\n", "the scale ends at 7"),
        (RUBRIC, "s,r,c0,7,\r\ns,r,c1,3,\r\n", "cites no line"),
        (RUBRIC.replace('id = "c1"', 'id = "c0"'), "", "rubric.toml:7"),
        (RUBRIC.replace("0.0", "2.0"), "", "rubric.toml:13"),
        (RUBRIC.replace("scores = 7", "scores = 1"), "", "rubric.toml:2"),
        (RUBRIC.replace("[[grade]]", "[[mark]]"), "", "mark"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, scores: list[Score], rubric: str, spoilt: str, told: str
) -> None:
    result = graded(tmp_path, scores, rubric=rubric, spoilt=spoilt)
    assert result.exit_code == 3
    assert told in result.stderr
    assert result.stdout == ""
