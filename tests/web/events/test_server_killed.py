"""A server killed in the midst of a thousand batches loses nothing that it acknowledged."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from duanju.adapters.lake import Lake
from tests.support.beacons import a_told
from tests.support.lakes import YEAR, counted, kept_apart
from tests.support.live_site import a_free_port, manage, site_environment

SEED = 20260910
BATCHES, EVENTS_A_BATCH, SESSIONS, CLIENTS, KILLS = 1000, 3, 20, 8, 2
DEADLINE_S = 60
MAKE_GRANTS = """
import time
from duanju_web.theater.grants import sign_play_grant
from tests.support.beacons import a_play_grant, a_title_on_show
from tests.support.people import an_organisation
title = a_title_on_show(studio=an_organisation("studio"))
began_ms = time.time_ns() // 1_000_000 - 3_600_000
for number in range(1, {sessions} + 1):
    grant = a_play_grant(title_id=title.pk, began_ms=began_ms, session_id=number, viewer_id=number)
    print(began_ms, sign_play_grant(grant))
"""


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


@contextmanager
def a_server(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-log"),
            *("--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "4"),
            "duanju_web.config.wsgi:application",
        ],
        env=environment,
        start_new_session=True,
    )
    try:
        wait_for_answer(server, port)
        yield server
    finally:
        kill(server)
        server.wait(DEADLINE_S)


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


def batches_of(grants: list[tuple[int, str]]) -> list[tuple[bytes, list[str]]]:
    batches = []
    for number in range(BATCHES):
        began_ms, token = grants[number % len(grants)]
        first = number * EVENTS_A_BATCH
        told = [
            a_told("progress", at_ms=began_ms + 1000 * seed, seed=seed, effective_ms=100)
            for seed in range(first, first + EVENTS_A_BATCH)
        ]
        body = json.dumps({"grant": token, "events": told}).encode()
        batches.append((body, [str(event["id"]) for event in told]))
    return batches


def test_server_killed_in_the_midst_of_a_thousand_batches_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    environment = site_environment(tmp_path)
    manage("migrate", "-v0", environment=environment)
    printed = manage(
        "shell", "-v0", "-c", MAKE_GRANTS.format(sessions=SESSIONS), environment=environment
    )
    grants = [(int(line.split()[0]), line.split()[1]) for line in printed.splitlines()]
    clients = Clients(batches_of(grants))
    everything = {each for _, ids in clients.batches for each in ids}
    kills = sorted(random.Random(SEED).sample(range(1, len(everything)), KILLS))
    for kill_at in [*kills, len(everything) + 1]:
        port = a_free_port()
        with a_server(environment, port) as server:
            clients.send_all(port, kill_at=kill_at, server=server)
            assert bool(clients.waiting()) == (kill_at in kills)
        lake = Lake(tmp_path / "lake", spool=tmp_path / "spool")
        lake.seal(now_us=1)
        sealed = [event.id for event in counted(lake)]
        assert len(sealed) == len(set(sealed))
        assert clients.acknowledged <= set(sealed)
    assert clients.acknowledged == everything == set(sealed)
    assert kept_apart(lake) == []
    assert sum(each.effective_ms for each in lake.measure(period=YEAR)) == 100 * len(everything)
