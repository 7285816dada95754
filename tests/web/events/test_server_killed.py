"""A server killed in the midst of batches loses nothing that it acknowledged."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duanju.adapters.lake import Lake
from tests.support.lakes import YEAR, counted, kept_apart
from tests.support.live_site import a_free_port, manage, site_environment
from tests.support.players import DEADLINE_S, Clients, batches_of, kill, wait_for_answer

SEED = 20260910
BATCHES, EVENTS_A_BATCH, SESSIONS, KILLS = 400, 3, 20, 2
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


def test_server_killed_in_the_midst_of_batches_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    environment = site_environment(tmp_path)
    manage("migrate", "-v0", environment=environment)
    printed = manage(
        "shell", "-v0", "-c", MAKE_GRANTS.format(sessions=SESSIONS), environment=environment
    )
    grants = [(int(line.split()[0]), line.split()[1]) for line in printed.splitlines()]
    clients = Clients(batches_of(grants, count=BATCHES, events=EVENTS_A_BATCH))
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
