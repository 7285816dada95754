"""What is written in a form is read again as it was; nothing a file says is lost."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from duanju.adapters.scripts import ScriptForm, read_script, write_script
from duanju.screenplays import (
    Screenplay,
    read_chinese,
    read_fountain,
    write_chinese,
    write_fountain,
)
from tests.support.screenplays import screenplays, without_places

VARIANTS = sorted((Path(__file__).parent / "variants").glob("*.txt"))
SIGNS = (
    "△▲【】[]（）()：:第集场1一日夜内外人物OSVO林算。，、*#_@!>=~/.^"
    "\t\u3000 \ufeffABCINT TO闪回字幕完结束-｜"
)
BLANK = "\ufeff\u200b \t\u3000"
ANYTHING = st.text(st.characters(exclude_characters="\r\n"), max_size=12)
LINES = st.lists(st.text(alphabet=SIGNS, max_size=24) | ANYTHING, max_size=20)


@given(screenplays())
@settings(max_examples=150)
def test_the_chinese_form_keeps_everything(script: Screenplay) -> None:
    assert without_places(read_chinese(write_chinese(script))) == without_places(script)


@given(screenplays())
@settings(max_examples=150)
def test_fountain_keeps_everything(script: Screenplay) -> None:
    assert without_places(read_fountain(write_fountain(script))) == without_places(script)


@given(script=screenplays())
@settings(max_examples=60)
def test_final_draft_keeps_everything(
    script: Screenplay, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("fdx") / "script.fdx"
    path.write_text("".join(write_script(script, ScriptForm.FINAL_DRAFT)), "utf-8")
    assert without_places(read_script(path)) == without_places(script)


@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ScriptForm)
def test_each_variant_survives_each_form(path: Path, form: ScriptForm, tmp_path: Path) -> None:
    script = read_script(path)
    written = tmp_path / f"script{form.suffix}"
    written.write_text("".join(write_script(script, form)), "utf-8")
    assert without_places(read_script(written)) == without_places(script)


def places(script: Screenplay) -> set[int]:
    return {
        line
        for element in script.elements
        for line in range(element.line, element.line + element.line_count)
    }


def told(lines: list[str], marks: str = "") -> set[int]:
    """Return the numbers of the lines that say something beyond marks."""
    return {
        number
        for number, line in enumerate(lines, start=1)
        if line.strip(BLANK + marks).strip() and line.strip()
    }


@given(LINES)
@settings(max_examples=400)
@example(["｜", "林算：", "｜一"])
@example(["第1集", "1-1", "第1集", "△"])
def test_no_line_of_whatever_text_is_lost_in_the_chinese_form(lines: list[str]) -> None:
    script = read_chinese(lines)
    assert told(lines) <= places(script)
    assert script.line_count == len(lines)


@given(LINES)
@settings(max_examples=400)
@example(["/* a", "b */ c", "[[d", "e]]", "@F", "  ", "(g)"])
def test_no_line_of_whatever_text_is_lost_in_fountain(lines: list[str]) -> None:
    assert told(lines, "/*[]") <= places(read_fountain(lines))
