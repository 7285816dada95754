"""Programs that only the tests need: a browser, a PostgreSQL server, and Java."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.prepare import debian
from tools.prepare.front_end import node_program
from tools.prepare.python import LOCKS, PYTHON
from tools.prepare.step import Step, digest_of, run

JAVA_OLDEST = 17
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PLAYWRIGHT_BROWSERS = Path.home() / ".cache" / "ms-playwright"


def browser() -> Step:
    """Return the step that finds Chromium or installs it, and sees it start."""
    return Step(
        name="browser",
        inputs=lambda: [machine_browser(), digest_of([LOCKS / "development.txt"])],
        in_place=_has_browser,
        work=_get_browser,
    )


def database() -> Step:
    """Return the step that finds PostgreSQL's server or installs it."""
    return Step(name="postgresql", inputs=lambda: None, in_place=_has_database, work=_get_database)


def java() -> Step:
    """Return the step that finds the Java on which a Spark cluster runs, or installs it."""
    return Step(name="java", inputs=lambda: None, in_place=_has_java, work=_get_java)


def machine_browser() -> str:
    """Return the machine's own Chromium, or an empty string."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), "")


def driver_settings() -> dict[str, str]:
    """Return what makes playwright's driver run on the Node that builds the front end.

    The Node inside playwright's wheel needs a library, libatomic, that a bare Debian lacks.
    """
    node = node_program()
    return {"PLAYWRIGHT_NODEJS_PATH": str(node)} if node else {}


def _has_browser() -> bool:
    return bool(machine_browser()) or any(PLAYWRIGHT_BROWSERS.glob("chromium-*"))


def _get_browser() -> str:
    hint = f"as root, run `{debian.command_for('chromium')}`, then try again"
    words = _find_or_install_browser(hint)
    run([PYTHON, "-m", "tools.browser"], hint=hint, environment=driver_settings())
    return words


def _find_or_install_browser(hint: str) -> str:
    found = machine_browser()
    if found:
        return f"the machine's own, {found}"
    if debian.can_install():
        debian.install("chromium", for_what="the browser for the journeys")
        return "installed Debian's chromium"
    run(
        [PYTHON, "-m", "playwright", "install", "chromium"],
        hint=hint,
        environment=driver_settings(),
    )
    return "installed playwright's own"


def _has_database() -> bool:
    return bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _get_database() -> str:
    if _has_database():
        return "the machine's own"
    debian.install("postgresql", for_what="the PostgreSQL server that half of the tests use")
    return "installed Debian's postgresql"


def java_release(told: str) -> int:
    """Return the release in what `java -version` prints, 0 where there is none."""
    # Java 8 and before call themselves 1.8.
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else 0


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home) / "bin" / "java") if home else "java"
    if shutil.which(program) is None:
        return False
    told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    return java_release(told.stderr) >= JAVA_OLDEST


def _get_java() -> str:
    if _has_java():
        return "the machine's own"
    package = f"openjdk-{JAVA_OLDEST}-jre-headless"
    debian.install(package, for_what="the Java on which the tests' Spark cluster runs")
    return f"installed Debian's {package}"
