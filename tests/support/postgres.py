"""A PostgreSQL cluster that lives as long as a test run."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_ATTEMPTS_MAX = 300
ATTEMPT_PAUSE_S = 0.1
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


class NoPostgreSQL(RuntimeError):
    """The machine has no PostgreSQL server."""

    code = "tests.no-postgresql"


def programs_folder() -> Path:
    """Return the folder that holds `initdb` and `postgres`, the newest there is.

    Raises:
        NoPostgreSQL: There is none; `make test` installs it where it may.
    """
    on_path = shutil.which("initdb")
    candidates = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *([Path(on_path).resolve().parent] if on_path else []),
    ]
    whole = [folder for folder in candidates if (folder / "postgres").is_file()]
    if not whole:
        raise NoPostgreSQL("install Debian's package `postgresql`, then run `make test` again")
    return max(whole, key=lambda folder: [int(part) for part in folder.parts if part.isdigit()])


@contextmanager
def running_cluster() -> Iterator[str]:
    """Start a fresh cluster, yield the URL of its empty database, and always stop it.

    The server listens on a socket in a temporary folder only. It refuses to run as root, so root
    hands it to the user `postgres`, or `nobody`. It ends when this process ends, however that is.
    """
    programs = programs_folder()
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="duanju-pg-", dir="/tmp"))  # a socket's path is short
    if user:
        shutil.chown(folder, user)
    server = None
    try:
        _make_cluster(programs, folder, user)
        server = _start(programs, folder, user)
        yield f"postgresql://tests@/postgres?host={folder}"
    finally:
        if server:
            server.send_signal(signal.SIGQUIT)
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _make_cluster(programs: Path, folder: Path, user: str | None) -> None:
    subprocess.run(
        [
            *[programs / "initdb", "--pgdata", folder / "data", "--username", "tests"],
            *["--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"],
        ],
        check=True,
        capture_output=True,
        user=user,
        cwd=folder,
        env=_environment(),
    )


def _start(programs: Path, folder: Path, user: str | None) -> subprocess.Popen[bytes]:
    options = [f"--{name}={value}" for name, value in SETTINGS.items()]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, *options],
            stdout=log,
            stderr=subprocess.STDOUT,
            user=user,
            cwd=folder,
            env=_environment(),
            preexec_fn=_end_with_parent,  # noqa: PLW1509
        )
    ready = [programs / "pg_isready", "--quiet", "--host", folder, "--username", "tests"]
    for _attempt in range(START_ATTEMPTS_MAX):
        if subprocess.run(ready, check=False).returncode == 0:
            return server
        if server.poll() is not None:
            break
        time.sleep(ATTEMPT_PAUSE_S)
    server.kill()
    raise NoPostgreSQL(f"the server did not start:\n{(folder / 'log').read_text()}")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8"}


def _end_with_parent() -> None:
    """Ask Linux to stop the server when this process is gone, even killed."""
    set_death_signal = 1
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGQUIT)
