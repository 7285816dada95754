"""Duanju runs on a machine without a network; and its locks work with any mirror."""

import re

import pytest

from tests.support.repository import ROOT, tracked_files

ADDRESS = re.compile(r"""\b(?:https?|wss?)://([A-Za-z0-9.-]+\.[A-Za-z]{2,}|\d[\d.]+)""")
RUNNING = {".py", ".html", ".ts", ".css", ".svg", ".txt", ".js"}
NAMES_NOT_PLACES = {"www.w3.org", "127.0.0.1", "0.0.0.0"}
RESERVED = (".example", ".invalid", ".test", "example.org", "example.com", "example.net")
LOCKS = [*sorted((ROOT / "locks").glob("*.txt")), ROOT / "frontend" / "package-lock.json"]


def test_no_page_script_or_module_names_another_host() -> None:
    named = {
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked_files()
        if (path.suffix in RUNNING and path.is_relative_to(ROOT / "src"))
        or path.is_relative_to(ROOT / "frontend" / "src")
        or path.is_relative_to(ROOT / "frontend" / "styles")
        for host in ADDRESS.findall(path.read_text("utf-8", errors="replace"))
        if host not in NAMES_NOT_PLACES and not host.endswith(RESERVED)
    }
    assert named == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_pin_by_hash_and_name_no_registry(lock) -> None:
    text = lock.read_text("utf-8")
    assert "sha256:" in text or '"integrity": "sha512-' in text
    assert "--index-url" not in text
    assert '"resolved"' not in text
    if lock.suffix == ".txt":
        assert "://" not in text
