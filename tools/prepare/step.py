"""One step: what it says, when it is skipped, how it fails."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "prepare"
LINES_SHOWN_MAX = 12
NEVER_INHERITED = (
    *("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "CONDA_PREFIX"),
    *("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV"),
    *("UV_SYSTEM_PYTHON", "UV_PYTHON", "UV_PROJECT_ENVIRONMENT", "UV_BREAK_SYSTEM_PACKAGES"),
)
"""Variables through which another Python's packages could get in."""


class SetupFailed(Exception):
    """A step could not be done.

    Attributes:
        what: What went wrong.
        where: The file or command concerned.
        hint: What to do about it.
    """

    def __init__(self, *, what: str, where: str, hint: str) -> None:
        """Keep the three sentences."""
        super().__init__(what)
        self.what, self.where, self.hint = what, where, hint


@dataclass(frozen=True)
class Step:
    """Something that a goal needs.

    Attributes:
        name: As printed.
        inputs: Computes what decides whether it must be done again; any JSON value.
        in_place: Tells whether what it makes is there.
        work: Makes it and returns a few words on what was done.
    """

    name: str
    inputs: Callable[[], object]
    in_place: Callable[[], bool]
    work: Callable[[], str]

    def is_done(self) -> bool:
        """Tell whether what it makes is there and was made of the same inputs."""
        stamp = self._stamp()
        return self.in_place() and stamp.is_file() and stamp.read_text() == self._state()

    def do(self) -> None:
        """Do the step unless it is done; print one line."""
        if self.is_done():
            say(self.name, "ready")
            return
        if sys.stdout.isatty():
            say(self.name, "…", end="")
        started_s = time.monotonic()
        words = self.work()
        self._stamp().parent.mkdir(parents=True, exist_ok=True)
        self._stamp().write_text(self._state())
        say(self.name, f"{words} ({time.monotonic() - started_s:.0f} s)", again=True)

    def _stamp(self) -> Path:
        return CACHE / f"{self.name.replace(' ', '-')}.stamp"

    def _state(self) -> str:
        return json.dumps(self.inputs(), sort_keys=True)


def say(name: str, words: str, *, end: str = "\n", again: bool = False) -> None:
    """Print a step's line, on a terminal over the one that announced it."""
    back = "\r" if again and sys.stdout.isatty() else ""
    print(f"{back}  {name:<12} {words}", end=end, flush=True)


def digest_of(paths: Iterable[Path]) -> str:
    """Return one hash of the names and contents of files; a missing one counts as empty."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes() if path.is_file() else b""
        name = path.relative_to(ROOT).as_posix()
        whole.update(f"{name} {len(content)} ".encode())
        whole.update(content)
    return whole.hexdigest()


def clean_environment(additions: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for commands: the caller's, less what leads to other packages."""
    kept = {name: value for name, value in os.environ.items() if name not in NEVER_INHERITED}
    return {**kept, "PYTHONNOUSERSITE": "1", **(additions or {})}


def run(
    command: list[str | Path],
    *,
    hint: str,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
) -> str:
    """Run a command quietly and return what it printed.

    Raises:
        SetupFailed: It failed; the message ends with its last lines.
    """
    words = [str(part) for part in command]
    try:
        done = subprocess.run(
            words,
            env=clean_environment(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SetupFailed(what=str(error), where=" ".join(words), hint=hint) from None
    if done.returncode != 0:
        raise SetupFailed(
            what=f"the command ended with code {done.returncode}:\n{_shortened(done.stdout)}",
            where=" ".join(words),
            hint=hint,
        )
    return done.stdout


def _shortened(output: str) -> str:
    """Keep the first and the last lines; the cause stands in either."""
    lines = output.splitlines()
    if len(lines) > 2 * LINES_SHOWN_MAX:
        lines[LINES_SHOWN_MAX:-LINES_SHOWN_MAX] = ["…"]
    return "\n".join(lines)
