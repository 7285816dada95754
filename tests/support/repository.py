"""The repository itself, for the tests of its architecture."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
WEB = SOURCE / "duanju_web"


def modules_below(folder: Path, *, migrations: bool = False) -> Iterator[Path]:
    """Yield the Python files below a folder in the order of their names."""
    assert folder.is_dir(), f"{folder} does not exist"
    for path in sorted(folder.rglob("*.py")):
        if migrations or "migrations" not in path.parts:
            yield path


def tracked_files() -> list[Path]:
    """Return the files that git would deliver, or all but what is made if there is no git."""
    listed = run(["git", "ls-files", "--cached", "--others", "--exclude-standard"])
    assert listed.returncode == 0, listed.stdout
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def run(command: list[str | Path], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository's folder; its errors are part of its output."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
