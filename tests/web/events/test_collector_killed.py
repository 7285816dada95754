"""A collector killed while others append and a sealer runs loses nothing that it acknowledged."""

import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from duanju.adapters.lake import Lake, Spool
from duanju_web.theater.collecting import receive_beacon
from duanju_web.theater.grants import sign_play_grant
from tests.support.beacons import a_play_grant
from tests.support.collectors import SPOOL_MAX_BYTES, a_running_collector
from tests.support.lakes import YEAR, counted, kept_apart
from tests.support.players import DEADLINE_S, Clients, batches_of

SEED = 20261124
SESSIONS, BATCHES, EVENTS_A_BATCH, KILLS = 20, 500, 3, 3
OWN_BATCHES = 200
SEAL_PAUSE_S = 1.0
"""A seal costs the same for few events as for many; without a pause, it would be all that runs."""


def grants(began_ms: int, first: int = 1) -> list[tuple[int, str]]:
    made = []
    for number in range(first, first + SESSIONS):
        grant = a_play_grant(
            title_id=5, began_ms=began_ms, session_id=number, viewer_id=number, is_open=True
        )
        made.append((began_ms, sign_play_grant(grant)))
    return made


@contextmanager
def repeated(act: Callable[[], object], *, pause_s: float) -> Iterator[None]:
    """Do something over and over in another thread until the block ends."""
    ended = threading.Event()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            while not ended.wait(pause_s):
                act()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(DEADLINE_S)
    assert failures == []


def test_collector_killed_at_random_beside_another_writer_and_a_sealer_loses_nothing(
    tmp_path: Path,
) -> None:
    began_ms = time.time_ns() // 1_000_000 - 12 * 3_600_000
    clients = Clients(batches_of(grants(began_ms), count=BATCHES, events=EVENTS_A_BATCH))
    own = batches_of(grants(began_ms + 1, first=1_000), count=OWN_BATCHES, events=EVENTS_A_BATCH)
    everything = {each for _, ids in clients.batches for each in ids}
    kills = sorted(random.Random(SEED).sample(range(1, len(everything)), KILLS))
    lake = Lake(tmp_path / "lake", spool=tmp_path / "spool")
    page_server = Spool(tmp_path / "spool", max_bytes=SPOOL_MAX_BYTES)
    left, told = iter(own), set()

    def append_own() -> None:
        for body, ids in left:
            now_us = time.time_ns() // 1000
            receipt = receive_beacon(body, spool=page_server, now_us=now_us)
            assert list(receipt.accepted) == ids
            told.update(ids)
            return

    with ExitStack() as others:
        others.enter_context(repeated(append_own, pause_s=0.01))
        others.enter_context(repeated(lambda: lake.seal(now_us=1), pause_s=SEAL_PAUSE_S))
        for kill_at in [*kills, len(everything) + 1]:
            with a_running_collector(tmp_path) as collector:
                clients.send_all(collector.port, kill_at=kill_at, server=collector.process)
                assert bool(clients.waiting()) == (kill_at in kills)
    page_server.close()
    lake.seal(now_us=1)
    sealed = [event.id for event in counted(lake)]
    assert len(sealed) == len(set(sealed))
    assert clients.acknowledged == everything
    assert told
    assert set(sealed) == everything | told
    assert kept_apart(lake) == []
    assert lake.verify() == ()
    assert sum(each.effective_ms for each in lake.measure(period=YEAR)) == 100 * len(sealed)


def test_asked_to_end_it_ends_in_order_and_what_it_acknowledged_is_there(tmp_path: Path) -> None:
    began_ms = time.time_ns() // 1_000_000 - 3_600_000
    clients = Clients(batches_of(grants(began_ms), count=300, events=EVENTS_A_BATCH))
    with a_running_collector(tmp_path) as collector:
        asking = threading.Thread(
            target=lambda: _ask_to_end(collector.process, clients, acknowledged=300)
        )
        asking.start()
        clients.send_all(collector.port, kill_at=10**9, server=collector.process)
        asking.join(DEADLINE_S)
        assert collector.process.wait(DEADLINE_S) == 0
        assert clients.acknowledged
        collector.lake.seal(now_us=1)
        assert {event.id for event in counted(collector.lake)} >= clients.acknowledged
        assert list((tmp_path / "spool").glob("*.spool")) == []
        assert kept_apart(collector.lake) == []


def _ask_to_end(process: subprocess.Popen[bytes], clients: Clients, *, acknowledged: int) -> None:
    while len(clients.acknowledged) < acknowledged:
        threading.Event().wait(0.001)
    process.send_signal(signal.SIGTERM)
