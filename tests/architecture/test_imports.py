"""Who may know whom."""

import ast
import sys
from pathlib import Path

import pytest

from tests.support.repository import ROOT, modules_below, run

LIBRARY = ROOT / "src" / "duanju"
ENGINES = ("deals", "settlement")
OUTSIDE_WORLD = {
    *("asyncio", "ctypes", "glob", "http", "io", "locale", "multiprocessing", "os", "pathlib"),
    *("random", "select", "shutil", "signal", "smtplib", "socket", "sqlite3", "ssl"),
    *("subprocess", "tempfile", "threading", "time", "urllib", "webbrowser"),
}
HTTP_CLIENTS = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "urllib", "urllib3"}


def imported_by(path: Path) -> set[str]:
    """Return the names of all modules that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_import_contracts_are_kept() -> None:
    done = run([Path(sys.executable).parent / "lint-imports", "--no-cache"])
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("room", ["kernel", *ENGINES])
def test_kernel_and_engines_need_only_the_standard_library(room: str) -> None:
    strangers = {
        f"{path.relative_to(LIBRARY)}: {name}"
        for path in modules_below(LIBRARY / room)
        for name in imported_by(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("duanju.")
    }
    assert strangers == set()


@pytest.mark.parametrize("room", ["kernel", *ENGINES, "workflows"])
def test_engines_touch_nothing_outside(room: str) -> None:
    reaching = {
        f"{path.relative_to(LIBRARY)}: {name}"
        for path in modules_below(LIBRARY / room)
        for name in imported_by(path)
        if name.split(".")[0] in OUTSIDE_WORLD
    }
    assert reaching == set()


def test_library_has_no_http_client() -> None:
    clients = {
        f"{path.relative_to(LIBRARY)}: {name}"
        for path in modules_below(LIBRARY)
        for name in imported_by(path)
        if name.split(".")[0] in HTTP_CLIENTS
    }
    assert clients == set()


@pytest.mark.parametrize("room", ["kernel", *ENGINES, "workflows"])
def test_engines_are_given_the_time_and_never_ask_for_it(room: str) -> None:
    asking = {
        f"{path.relative_to(LIBRARY)}:{node.lineno}"
        for path in modules_below(LIBRARY / room)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
    }
    assert asking == set()
