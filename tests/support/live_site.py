"""The whole of Duanju as a stranger runs it: server, worker and sealer, in a folder of its own."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.support.repository import ROOT

SQLITE = "sqlite:///"
SETTINGS = "duanju_web.config.settings.demo"
START_ATTEMPTS_MAX = 600
ATTEMPT_PAUSE_S = 0.1
STOP_WAIT_S = 20


@dataclass(frozen=True, slots=True)
class LiveSite:
    """A site that is running.

    Attributes:
        address: Without a slash at the end.
        folder: Its data folder.
        process: The command `serve`.
        environment: What its processes run in.
    """

    address: str
    folder: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run one of Django's commands on the site's data and return what it printed."""
        return manage(*arguments, environment=self.environment)

    def run_module(self, module: str, *arguments: str) -> str:
        """Run a module inside the site and return what it printed."""
        return _run(["-m", module, *arguments], environment=self.environment)

    def log(self) -> str:
        """Return everything that the site's processes printed so far."""
        return (self.folder / "serve.log").read_text(errors="replace")


def site_environment(folder: Path, *, like: str = "") -> dict[str, str]:
    """Return the environment of a new site with a database of the run's kind.

    Args:
        folder: Its data folder.
        like: Address of a database whose tables and rows it begins with; empty for none.
    """
    if os.environ.get("DUANJU_TEST_DATABASE") == "postgresql":
        database = _new_database(os.environ["DUANJU_TEST_POSTGRESQL_URL"], like)
    else:
        path = folder / "duanju.sqlite3"
        if like:
            shutil.copyfile(like.removeprefix(SQLITE), path)
        database = f"{SQLITE}{path}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DUANJU_DATA": str(folder),
        "DATABASE_URL": database,
        "PYTHONUNBUFFERED": "1",
    }


def _new_database(cluster: str, like: str) -> str:
    name = f"site_{secrets.token_hex(4)}"
    template = f" TEMPLATE {urlsplit(like).path.strip('/')}" if like else ""
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{template}".encode())
    return cluster.replace("/postgres?", f"/{name}?")


def manage(*arguments: str, environment: dict[str, str]) -> str:
    """Run one of Django's commands; fail with all that it printed."""
    return _run(["-m", "duanju_web.manage", *arguments], environment=environment)


def _run(arguments: list[str], *, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def a_free_port() -> int:
    """Return a port on which nothing listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_running_site(folder: Path, *, environment: dict[str, str]) -> Iterator[LiveSite]:
    """Serve what is in the folder until the block ends."""
    port = a_free_port()
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "duanju_web.manage", "serve", "--port", str(port)],
            env=environment,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = LiveSite(f"http://127.0.0.1:{port}", folder, process, environment)
    try:
        _wait_for_answer(site)
        yield site
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(STOP_WAIT_S)


def _wait_for_answer(site: LiveSite) -> None:
    for _attempt in range(START_ATTEMPTS_MAX):
        assert site.process.poll() is None, site.log()
        try:
            urllib.request.urlopen(f"{site.address}/accounts/login/", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(ATTEMPT_PAUSE_S)
        else:
            return
    raise AssertionError(site.log())


def processes_in(folder: Path) -> list[str]:
    """Return the commands of all processes whose data folder this is."""
    mark = f"DUANJU_DATA={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except (OSError, ValueError):
            continue
    return found
