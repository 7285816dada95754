"""Programs that only the tests need: a browser, and a PostgreSQL server."""

import shutil
from pathlib import Path

from tools.prepare import debian
from tools.prepare.python import PYTHON
from tools.prepare.step import Step, run

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PLAYWRIGHT_BROWSERS = Path.home() / ".cache" / "ms-playwright"


def browser() -> Step:
    """Return the step that finds Chromium or installs it."""
    return Step(name="browser", inputs=_machine_browser, in_place=_has_browser, work=_get_browser)


def database() -> Step:
    """Return the step that finds PostgreSQL's server or installs it."""
    return Step(name="postgresql", inputs=lambda: None, in_place=_has_database, work=_get_database)


def _machine_browser() -> str:
    return next((found for name in BROWSERS if (found := shutil.which(name))), "")


def _has_browser() -> bool:
    return bool(_machine_browser()) or any(PLAYWRIGHT_BROWSERS.glob("chromium-*"))


def _get_browser() -> str:
    if _has_browser():
        return _machine_browser() or "playwright's own"
    if debian.can_install():
        debian.install("chromium", for_what="the browser for the journeys")
        return "installed Debian's chromium"
    run(
        [PYTHON, "-m", "playwright", "install", "chromium"],
        hint="or, as root, `apt-get install chromium`",
    )
    return "installed playwright's own"


def _has_database() -> bool:
    return bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _get_database() -> str:
    if _has_database():
        return "the machine's own"
    debian.install("postgresql", for_what="the PostgreSQL server that half of the tests use")
    return "installed Debian's postgresql"
