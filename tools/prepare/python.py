"""The project's own Python environment, filled from the lock files alone."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.prepare import debian
from tools.prepare.step import ROOT, Step, clean_environment, digest_of, run

TOOLS = ROOT / ".tools"
ENVIRONMENT = ROOT / ".venv"
LOCKS = ROOT / "locks"
UV = TOOLS / "bin" / "uv"
PYTHON = ENVIRONMENT / "bin" / "python"
NO_NETWORK = "check that the machine reaches a Python package index (pip's settings are used)"


def installer() -> Step:
    """Return the step that puts the pinned installer, uv, into an environment of its own."""
    return Step(
        name="installer",
        inputs=lambda: [sys.version, digest_of([LOCKS / "tools.txt"])],
        in_place=UV.is_file,
        work=_make_installer,
    )


def _make_installer() -> str:
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        debian.install("python3-venv", for_what="the part of Python that makes environments")
    hint = "delete the folder .tools and try again"
    run([sys.executable, "-E", "-s", "-m", "venv", "--clear", TOOLS], hint=hint)
    requirements = ["--require-hashes", "--only-binary", ":all:", "-r", LOCKS / "tools.txt"]
    python = TOOLS / "bin" / "python"
    run([python, "-m", "pip", "install", "--quiet", *requirements], hint=NO_NETWORK)
    return "installed uv"


def packages(lock: str) -> Step:
    """Return the step that fills `.venv` from `locks/LOCK.txt`.

    What was filled for development serves for running too, so going from tests to the demo and
    back installs nothing.
    """
    step = Step(
        name="packages",
        inputs=lambda: [sys.version, str(ROOT), lock, digest_of(_sources(lock))],
        in_place=lambda: PYTHON.exists() and (ENVIRONMENT / "bin" / "duanju").exists(),
        work=lambda: _fill(lock),
    )
    if lock == "run" and packages("development").is_done():
        return packages("development")
    return step


def _sources(lock: str) -> list[Path]:
    return [LOCKS / f"{lock}.txt", ROOT / "pyproject.toml"]


def _fill(lock: str) -> str:
    settings = installer_settings()
    if not _is_ours(PYTHON):
        run(
            [
                *(UV, "venv", "--quiet", "--clear", "--no-project"),
                "-p",
                sys.executable,
                ENVIRONMENT,
            ],
            hint="delete the folder .venv and try again",
            environment=settings,
        )
    requirements = ["--require-hashes", LOCKS / f"{lock}.txt"]
    run(
        [UV, "pip", "sync", "--python", PYTHON, *requirements],
        hint=NO_NETWORK,
        environment=settings,
    )
    # The build backend is in the lock, so that building the project fetches nothing.
    own = ["--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT]
    run(
        [UV, "pip", "install", "--python", PYTHON, *own],
        hint="is pyproject.toml whole?",
        environment=settings,
    )
    return f"installed from locks/{lock}.txt"


def _is_ours(python: Path) -> bool:
    """Tell whether an environment's interpreter runs and is the one that prepares."""
    if not python.exists():
        return False
    told = subprocess.run(
        [python, "-E", "-s", "-c", "import sys; print(sys.version)"],
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() == sys.version.strip()


def installer_settings() -> dict[str, str]:
    """Return what uv must know: no other Python, and the index and certificates that pip uses."""
    settings = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    for variable, setting in [("UV_DEFAULT_INDEX", "index-url"), ("SSL_CERT_FILE", "cert")]:
        value = _setting_of_pip(setting)
        if value and variable not in os.environ:
            settings[variable] = value
    return settings


def _setting_of_pip(name: str) -> str:
    """Return one of pip's settings, from its variable or its files, or an empty string."""
    variable = os.environ.get(f"PIP_{name.replace('-', '_').upper()}")
    if variable:
        return variable
    told = subprocess.run(
        [TOOLS / "bin" / "python", "-m", "pip", "config", "get", f"global.{name}"],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip()
