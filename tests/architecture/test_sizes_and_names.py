"""Small rooms with honest names."""

import ast
import re

from tests.support.repository import ROOT, SOURCE, modules_below

MODULE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
CODE = ("src", "tests", "tools", "benchmarks")
FORBIDDEN = re.compile(r"^(utils?|helpers?|managers?|base|common|misc|tools?_?lib)$")


def test_no_module_holds_two_rooms() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for folder in CODE
        if (ROOT / folder).is_dir()
        for path in modules_below(ROOT / folder)
        if (lines := len(path.read_text("utf-8").splitlines())) > MODULE_LINES_MAX
    }
    assert long == {}


def test_no_function_is_longer_than_a_page() -> None:
    long = {}
    for path in modules_below(SOURCE):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES_MAX:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert long == {}


def test_no_module_hides_behind_a_word_that_says_nothing() -> None:
    named = [
        path.relative_to(ROOT).as_posix()
        for folder in CODE
        if (ROOT / folder).is_dir()
        for path in (ROOT / folder).rglob("*")
        if (path.is_dir() or path.suffix == ".py") and FORBIDDEN.match(path.stem)
    ]
    assert named == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in modules_below(SOURCE)
        if path.stat().st_size and ast.get_docstring(ast.parse(path.read_text("utf-8"))) is None
    ]
    assert silent == []
