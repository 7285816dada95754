"""Running the server and everything that belongs to it, as one."""

import contextlib
import os
import shlex
import signal
import socket
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence

from honcho.manager import Manager

ANSWER_ATTEMPTS_MAX = 600
ATTEMPT_PAUSE_S = 0.1
START_PAUSE_S = 0.2
REQUEST_THREADS = 8
BEACON_HEADER_MS_MAX = 5_000
"""How long a connection of the collector may stay idle; a player reports every ten seconds."""
BEACON_CONNECTIONS_MAX = 4_096
"""Open at once; others wait in the system's queue."""
STOPPED_ON_REQUEST = (128 + signal.SIGINT, 128 + signal.SIGTERM)


class AddressTaken(OSError):
    """Another program listens there already."""

    code = "shared.address-taken"


class _Signals:
    """Asks a process alone to end, so that it ends its own children in order; kills them all.

    A worker that is asked finishes its task or is killed with it; then the task is begun again at
    the next start. Were its ffmpeg asked too, the task would fail and stay failed.
    """

    def terminate(self, process_id: int) -> None:
        """Ask one process."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(process_id, signal.SIGTERM)

    def kill(self, process_id: int) -> None:
        """End the process and whatever it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process_id, signal.SIGKILL)


class _Processes(Manager):
    """Honcho's manager that knows which process ended first."""

    ended_first = ""

    def __init__(self) -> None:
        super().__init__()
        self._procmgr = _Signals()

    def terminate(self) -> None:
        """Stop every process; wait first for those that are just starting."""
        if not self._all_started():
            threading.Timer(START_PAUSE_S, self.terminate).start()
            return
        if not self._terminating and self.returncode not in STOPPED_ON_REQUEST:
            ended = [name for name, one in self._processes.items() if "returncode" in one]
            self.ended_first = ended[0] if ended else ""
        super().terminate()

    def kill_what_is_left(self) -> None:
        """End whatever a process left behind in its group, ffmpeg for example."""
        for one in self._processes.values():
            if "pid" in one:
                self._procmgr.kill(one["pid"])


def run_together(
    commands: Mapping[str, Sequence[str]], *, environment: Mapping[str, str]
) -> tuple[int, str]:
    """Run commands until one ends or this process is asked to stop; then end all of them.

    Args:
        commands: Name to command. Each runs in a process group of its own.
        environment: Variables added to this process's own.

    Returns:
        The exit code, 0 if a signal asked for the end, and the name of the process that ended by
        itself, if one did.
    """
    processes = _Processes()
    for name, command in commands.items():
        processes.add_process(
            name, "exec " + shlex.join(command), env={**os.environ, **environment}
        )
    try:
        processes.loop()
    finally:
        processes.kill_what_is_left()
    if not processes.ended_first:
        return 0, ""
    return processes.returncode or 1, processes.ended_first


def server_command(*, host: str, port: int) -> list[str]:
    """Return the command of the server that answers requests."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(REQUEST_THREADS)),
        *("--workers-kill-timeout", "2", "--log-level", "error"),
        "duanju_web.config.wsgi:application",
    ]


def collector_command(*, host: str, port: int) -> list[str]:
    """Return the command of the collector, which takes beacons and nothing else.

    It has a moment more than the page server to end, so that what it has read becomes durable and
    is acknowledged.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--loop", "asyncio"),
        *("--host", host, "--port", str(port), "--no-ws"),
        *("--workers", "1", "--http1-header-read-timeout", str(BEACON_HEADER_MS_MAX)),
        *("--backlog", str(BEACON_CONNECTIONS_MAX), "--backpressure", str(BEACON_CONNECTIONS_MAX)),
        *("--workers-kill-timeout", "5", "--log-level", "error"),
        "duanju_web.collector.application:application",
    ]


def any_free_port(*, host: str, other_than: int = 0) -> int:
    """Return a port on which nothing listens at the moment, and nothing is about to.

    Args:
        host: The address of the port.
        other_than: A port that is free, too, and was promised to somebody else.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = other_than
    while found == other_than:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.bind((host, 0))
            found = int(probe.getsockname()[1])
    return found


def require_free(*, host: str, port: int) -> None:
    """Raise `AddressTaken` if something listens on the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AddressTaken(f"{host}:{port}: {error.strerror}") from None


def announce_when_answering(address: str, announce: Callable[[], None]) -> None:
    """Call `announce` from another thread as soon as the address answers at all."""

    def wait() -> None:
        pause = threading.Event()
        for _attempt in range(ANSWER_ATTEMPTS_MAX):
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                    announce()
                    return
            except urllib.error.HTTPError:
                announce()
                return
            except OSError:
                pause.wait(ATTEMPT_PAUSE_S)

    threading.Thread(target=wait, daemon=True).start()
