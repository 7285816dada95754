"""A collector in a process of its own, on a spool of its own, without a database."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from duanju.adapters.lake import Lake
from duanju_web.shared.serving import collector_command
from tests.support.live_site import a_free_port
from tests.support.players import DEADLINE_S, kill, wait_for_answer
from tests.support.repository import ROOT

SPOOL_MAX_BYTES = 1 << 28


@dataclass(frozen=True, slots=True)
class RunningCollector:
    """A collector that answers.

    Attributes:
        port: On the loopback.
        folder: Its data folder.
        process: The server's parent process, first of its group.
    """

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def lake(self) -> Lake:
        """The lake behind its spool."""
        return Lake(self.folder / "lake", spool=self.folder / "spool")

    def send(
        self, body: bytes, *, method: str = "POST", path: str = "/events", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request and return status, headers and body of the answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {"Content-Type": "text/plain"} | named)
            return _read(connection.getresponse())
        finally:
            connection.close()


def _read(response: HTTPResponse) -> tuple[int, dict[str, str], bytes]:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return response.status, headers, response.read()


@contextmanager
def a_running_collector(
    folder: Path, *, spool_max_bytes: int = SPOOL_MAX_BYTES
) -> Iterator[RunningCollector]:
    """Run a collector as `serve` does until the block ends, then kill it."""
    port = a_free_port()
    process = subprocess.Popen(
        collector_command(host="127.0.0.1", port=port),
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.support.collector_settings",
            "DUANJU_DATA": str(folder),
            "SPOOL_MAX_BYTES": str(spool_max_bytes),
        },
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        wait_for_answer(process, port)
        yield RunningCollector(port, folder, process)
    finally:
        kill(process)
        process.wait(DEADLINE_S)
