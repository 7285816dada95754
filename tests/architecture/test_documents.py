"""What is written holds: the examples run, the pages build, the two languages agree."""

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.repository import ROOT, SOURCE, modules_below, run

DOCS = ROOT / "docs"
READMES = ["README.md", "README.zh-Hans.md"]
PROSE = [ROOT / name for name in (*READMES, "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
PAGE_WORDS_MAX = 500
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
VARIABLE = re.compile(r"\bDUANJU_[A-Z_]+\b")


def headings(path: Path) -> list[int]:
    """Return the depths of a document's headings, in order."""
    outside = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [len(line.split(" ")[0]) for line in outside.splitlines() if line.startswith("#")]


def test_the_chinese_readme_follows_the_english_heading_by_heading() -> None:
    assert headings(ROOT / READMES[1]) == headings(ROOT / READMES[0])


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_example_prints_what_it_says(name: str, monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert tried >= 10
    assert failed == 0


def test_pages_build_without_a_warning(tmp_path) -> None:
    built = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "-q"]
    done = run([*built, "-d", tmp_path / "trees", DOCS, tmp_path / "html"])
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", sorted((DOCS / "tutorial").glob("*.md")), ids=lambda p: p.stem)
def test_a_tutorials_commands_print_what_it_says(page: Path, tmp_path) -> None:
    for name in ("examples", "policies"):
        (tmp_path / name).symlink_to(ROOT / name)
    for block in CONSOLE.findall(page.read_text("utf-8")):
        for line, expected in _commands(block):
            command = shlex.split(line)
            if command[0] == "duanju":
                command[0] = str(Path(sys.executable).parent / "duanju")
            done = subprocess.run(
                command, cwd=tmp_path, capture_output=True, text=True, check=False
            )
            assert (done.returncode, done.stderr) == (0, ""), line
            assert done.stdout == expected, line


def _commands(block: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:], ""))
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


@pytest.mark.parametrize(
    "record", sorted((DOCS / "decisions").glob("0*.md")), ids=lambda record: record.stem[:4]
)
def test_a_decision_record_fits_on_a_page_and_weighs_alternatives(record: Path) -> None:
    text = record.read_text("utf-8")
    assert len(text.split()) <= PAGE_WORDS_MAX
    assert "**Decided.**" in text
    assert "**Why" in text
    assert "**Considered.**" in text or "**The alternative**" in text


def test_decision_records_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "decisions").glob("0*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("document", PROSE, ids=lambda document: document.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    lost = [
        target
        for target in LINK.findall(document.read_text("utf-8"))
        if not (document.parent / target).exists()
    ]
    assert lost == []


def test_every_setting_and_every_target_is_in_the_reference() -> None:
    settings = (DOCS / "reference" / "settings.md").read_text("utf-8")
    read = {
        name
        for path in modules_below(SOURCE)
        for name in VARIABLE.findall(path.read_text("utf-8"))
        if not name.startswith("DUANJU_TEST_")
    }
    assert read - set(VARIABLE.findall(settings)) == set()
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    listed = re.findall(r"`make ([a-z-]+)`", (DOCS / "reference" / "make.md").read_text("utf-8"))
    assert sorted(listed) == sorted(targets)
    assert len(targets) <= 15
