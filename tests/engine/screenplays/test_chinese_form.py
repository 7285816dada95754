"""The Chinese short-drama script, in each variant that real files show."""

from pathlib import Path

import pytest

from duanju.screenplays import ElementKind, Screenplay, read_chinese
from tests.support.screenplays import shown

VARIANTS = sorted((Path(__file__).parent / "variants").glob("*.txt"))


def read(path: Path) -> Screenplay:
    return read_chinese(path.read_text("utf-8").split("\n"))


@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: path.stem)
def test_variant_is_read_as_its_golden_file_says(path: Path) -> None:
    assert shown(read(path)) == path.with_suffix(".expected").read_text("utf-8")


def test_there_is_a_golden_file_for_each_variant() -> None:
    assert len(VARIANTS) >= 15
    assert {path.stem for path in VARIANTS} == {
        path.stem for path in (Path(__file__).parent / "variants").glob("*.expected")
    }


def test_a_line_that_fits_nothing_is_kept_and_told_with_its_number() -> None:
    script = read_chinese(["第1集", "1-1 日 内 家", "△雨。", "他走了。"])
    assert script.elements[-1].kind is ElementKind.UNKNOWN
    assert script.elements[-1].text == "他走了。"
    assert [(each.code, each.where.line) for each in script.problems] == [
        ("screenplays.unknown-line", 4)
    ]


def test_a_line_of_a_million_characters_is_told_and_not_taken_apart() -> None:
    script = read_chinese(["第1集", "1-1 日 内 家", "△雨。", "林" * 1_000_000])
    assert [(each.code, each.where.line) for each in script.problems] == [
        ("screenplays.unknown-line", 4)
    ]
    assert len(script.elements[-1].text) == 1_000_000


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("1-2 财务部", ["heading-without-setting", "heading-without-time"]),
        ("1-2 夜 财务部", ["heading-without-setting"]),
        ("1-2 内 财务部", ["heading-without-time"]),
        ("1-2 夜 内", ["heading-without-location"]),
    ],
)
def test_a_broken_heading_says_what_it_lacks(heading: str, codes: list[str]) -> None:
    script = read_chinese(["第1集", "1-1 日 内 家", "△雨。", heading, "△风。"])
    assert [each.code for each in script.problems] == [f"screenplays.{code}" for code in codes]
    assert {each.where.line for each in script.problems} == {4}
