"""Every problem of the library says in both languages what is wrong and what to do."""

import re
from pathlib import Path

import pytest

from duanju.adapters.documents import PROBLEM_SENTENCES, explain_problem
from duanju.kernel import Problem

SOURCE = Path(__file__).parents[3] / "src" / "duanju"
ROOMS = (
    "deals",
    "screenplays",
    "settlement",
    "workflows",
    "adapters/documents",
    "adapters/lake/plans",
    "adapters/panels",
    "adapters/payments",
    "adapters/reports",
    "adapters/scripts",
    "adapters/works",
    "cli",
)
LOOSE = tuple(
    SOURCE / "adapters" / "lake" / f"{name}.py"
    for name in ("correction_files", "importing", "trusted", "verification")
)
CODE = re.compile(
    r'"((?:deals|screenplays|settlement|workflows|documents|reports|lake|panels|works)\.(?!toml")[a-z0-9-]+)"'
)
EXCEPTIONS = re.compile(r'^    code = "([^"]+)"', re.MULTILINE)
NAMES = re.compile(r"\{(\w+)\}")


def codes_in_source() -> set[str]:
    """Return the problem codes that the library can return."""
    codes: set[str] = set()
    for room in ROOMS:
        for path in [*(SOURCE / room).rglob("*.py"), *LOOSE]:
            text = path.read_text("utf-8")
            codes |= set(CODE.findall(text)) - set(EXCEPTIONS.findall(text))
    return codes


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_problem_has_a_sentence_and_a_hint(language: str) -> None:
    sentences = PROBLEM_SENTENCES[language]
    assert set(sentences) == codes_in_source()
    assert [code for code, own in sentences.items() if not (own.sentence and own.hint)] == []


def test_both_languages_name_the_same_things() -> None:
    for code, english in PROBLEM_SENTENCES["en"].items():
        chinese = PROBLEM_SENTENCES["zh-Hans"][code]
        said = [own.sentence + own.hint + own.of_options for own in (english, chinese)]
        named = [set(NAMES.findall(own)) for own in said]
        assert named[0] == named[1], code


def test_problem_is_explained_with_its_params() -> None:
    problem = Problem("deals.no-tier", params={"clause": "hours"})
    assert explain_problem(problem, language="en").sentence == "The clause hours has no tier."
    assert explain_problem(problem, language="zh-Hans").sentence == "条款 hours 没有任何档位。"
    assert explain_problem(problem, language="fr").sentence == "The clause hours has no tier."


def test_problem_that_nobody_described_is_shown_as_it_is() -> None:
    shown = explain_problem(Problem("room.new", params={"name": "x"}), language="en")
    assert (shown.sentence, shown.hint) == ("room.new: name x", "")
