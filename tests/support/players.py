"""Players that send beacons over sockets until a server is killed under them."""

import http.client
import json
import os
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.support.beacons import a_told

CLIENTS = 8
DEADLINE_S = 60


@dataclass
class Clients:
    """Players that send batches until the server is killed under them.

    Attributes:
        batches: Bodies with the ids in them.
        acknowledged: Ids that the server said it has.
    """

    batches: list[tuple[bytes, list[str]]]
    acknowledged: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def waiting(self) -> list[tuple[bytes, list[str]]]:
        return [batch for batch in self.batches if batch[1][0] not in self.acknowledged]

    def send_all(self, port: int, *, kill_at: int, server: subprocess.Popen[bytes]) -> None:
        """Send what waits; kill the server once so many ids are acknowledged in all."""

        def send(batch: tuple[bytes, list[str]]) -> None:
            ids = acknowledged_by(port, batch[0])
            with self.lock:
                self.acknowledged.update(ids)
                if len(self.acknowledged) >= kill_at:
                    kill(server)

        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(send, self.waiting()))


def acknowledged_by(port: int, body: bytes) -> list[str]:
    """Send a batch; a server that is gone, or dies in between, acknowledges nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE_S)
    try:
        connection.request("POST", "/events", body, {"Content-Type": "text/plain"})
        response = connection.getresponse()
        answer = response.read()
    except (OSError, http.client.HTTPException):
        return []
    finally:
        connection.close()
    assert response.status == 200, answer
    told = json.loads(answer)
    assert told["rejected"] == []
    return list(told["accepted"])


def kill(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)


def wait_for_answer(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        assert server.poll() is None
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE_S)
        try:
            connection.request("GET", "/events")
            assert connection.getresponse().status == 405
        except OSError:
            os.sched_yield()
        else:
            return
        finally:
            connection.close()
    raise AssertionError("the server does not answer")


def batches_of(
    grants: list[tuple[int, str]], *, count: int, events: int
) -> list[tuple[bytes, list[str]]]:
    """Write bodies under grants in turn, each given with the time of its session's start.

    Returns:
        Each body with the ids in it.
    """
    batches = []
    for number in range(count):
        began_ms, token = grants[number % len(grants)]
        first = number * events
        told = [
            a_told("progress", at_ms=began_ms + 1000 * seed, seed=seed, effective_ms=100)
            for seed in range(first, first + events)
        ]
        body = json.dumps({"grant": token, "events": told}).encode()
        batches.append((body, [str(event["id"]) for event in told]))
    return batches
