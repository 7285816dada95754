"""Style and types, as the tools see them."""

import sys

from tests.support.repository import run


def test_code_keeps_the_style() -> None:
    done = run([sys.executable, "-m", "ruff", "check", "--no-cache", "--quiet", "."])
    assert done.returncode == 0, done.stdout


def test_code_is_in_the_houses_format() -> None:
    done = run([sys.executable, "-m", "ruff", "format", "--no-cache", "--check", "--quiet", "."])
    assert done.returncode == 0, done.stdout


def test_types_of_the_library_agree_strictly() -> None:
    done = run([sys.executable, "-m", "mypy"])
    assert done.returncode == 0, done.stdout
