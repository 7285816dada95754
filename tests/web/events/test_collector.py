"""The collector over real sockets: durable, then acknowledged; refused, and nothing written."""

import json
import socket
import time
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from duanju.adapters.lake.frames import read_events
from duanju.adapters.lake.spool import spool_files
from duanju_web.theater.grants import PlayGrant
from tests.support.beacons import a_beacon, a_play_grant, a_told
from tests.support.collectors import RunningCollector, a_running_collector
from tests.support.lakes import counted
from tests.support.players import DEADLINE_S

HALF_SENT = 40


@pytest.fixture(scope="module")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCollector]:
    with a_running_collector(tmp_path_factory.mktemp("collector")) as running:
        yield running


@pytest.fixture
def now_ms() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture
def grant(now_ms: int) -> PlayGrant:
    return a_play_grant(title_id=5, began_ms=now_ms - 60_000, is_open=True)


def spooled_ids(collector: RunningCollector) -> list[str]:
    files = spool_files(collector.folder / "spool")
    return [event.id for path in files for event in read_events(path)]


def problem(answer: tuple[int, dict[str, str], bytes]) -> dict[str, Any]:
    assert answer[1]["content-type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(answer[2])
    assert told["status"] == answer[0]
    assert told["title"]
    assert told["hint"]
    return told


def test_acknowledged_events_are_on_the_disk_and_no_database_was_asked(
    collector: RunningCollector, grant: PlayGrant, now_ms: int
) -> None:
    good = a_told("progress", at_ms=now_ms, seed=1, effective_ms=10)
    unlock = a_told("unlock", at_ms=now_ms, seed=2)
    unreadable = a_told("pause", at_ms=now_ms, seed=3)
    status, headers, body = collector.send(a_beacon(grant, [good, unlock, unreadable]))
    assert (status, headers["content-type"]) == (200, "application/json")
    assert headers["access-control-allow-origin"] == "*"
    assert json.loads(body) == {
        "accepted": [good["id"]],
        "rejected": [
            {"id": unlock["id"], "code": "lake.unlock-from-player"},
            {"id": unreadable["id"], "code": "theater.malformed-event"},
        ],
    }
    assert spooled_ids(collector)[-2:] == [good["id"], unlock["id"]]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"", ""),
        (b'{"grant": "g", "events": 1}', "$.events"),
        (b'{"grant": 1, "events": []}', "$.grant"),
        (b'{"grant": "g", "events": [],,}', "byte 28"),
    ],
)
def test_a_body_that_is_no_beacon_is_told_where(
    collector: RunningCollector, body: bytes, where: str
) -> None:
    told = problem(collector.send(body))
    assert (told["status"], told["code"], told["where"]) == (400, "theater.invalid-beacon", where)


def test_refusals_say_what_to_do_in_the_language_asked_for_and_write_nothing(
    collector: RunningCollector, grant: PlayGrant, now_ms: int
) -> None:
    before = spooled_ids(collector)
    body = a_beacon(grant, [a_told("start", at_ms=now_ms)])
    forged = body.replace(b'"grant": "', b'"grant": "x')
    chinese = problem(collector.send(forged, Accept_Language="fr, zh-CN;q=0.9, en;q=0.1"))
    assert (chinese["code"], chinese["title"]) == ("theater.invalid-grant", "播放地址无效。")
    assert problem(collector.send(forged))["title"] == "This address is not valid."
    assert problem(collector.send(body, Content_Type="image/png"))["status"] == 415
    assert problem(collector.send(body, path="/event"))["status"] == 404
    answer = collector.send(b"", method="GET")
    assert problem(answer)["status"] == 405
    assert answer[1]["allow"] == "POST"
    assert spooled_ids(collector) == before


def test_a_body_too_large_is_refused_announced_or_not(
    collector: RunningCollector, grant: PlayGrant, now_ms: int
) -> None:
    before = spooled_ids(collector)
    body = a_beacon(grant, [a_told("start", at_ms=now_ms)])
    fits = body + b" " * (64 * 1024 - len(body))
    assert collector.send(fits)[0] == 200
    assert problem(collector.send(fits + b" "))["code"] == "theater.beacon-too-large"
    with socket.create_connection(("127.0.0.1", collector.port), DEADLINE_S) as player:
        player.sendall(head("Transfer-Encoding: chunked") + b"10001\r\n" + fits + b"  ")
        assert status_of(player) == 413
    many = [a_told("start", at_ms=now_ms, seed=seed) for seed in range(101)]
    assert problem(collector.send(a_beacon(grant, many)))["status"] == 413
    assert len(spooled_ids(collector)) == len(before) + 1


def test_bodies_that_never_end_hold_up_nobody_and_are_given_up(
    collector: RunningCollector, grant: PlayGrant, now_ms: int
) -> None:
    body = a_beacon(grant, [a_told("end", at_ms=now_ms)])
    slow = [
        socket.create_connection(("127.0.0.1", collector.port), DEADLINE_S)
        for _ in range(HALF_SENT)
    ]
    try:
        for player in slow:
            player.sendall(head(f"Content-Length: {len(body)}") + body[:20])
        assert [collector.send(body)[0] for _ in range(20)] == [200] * 20
        slow[0].sendall(body[20:])
        assert status_of(slow[0]) in (200, 408)
        assert [status_of(player) for player in slow[1:]] == [408] * (HALF_SENT - 1)
    finally:
        for player in slow:
            player.close()


def test_a_full_spool_asks_to_come_back_and_recovers_when_it_is_sealed(
    tmp_path: Path, grant: PlayGrant, now_ms: int
) -> None:
    def send(seed: int) -> tuple[int, dict[str, str], bytes]:
        told = a_told("progress", at_ms=now_ms - seed, seed=seed, effective_ms=1)
        return collector.send(a_beacon(grant, [told]))

    with a_running_collector(tmp_path, spool_max_bytes=20_000) as collector:
        answers = [send(seed) for seed in range(200)]
        kept = sum(answer[0] == 200 for answer in answers)
        assert 20 < kept < 200
        assert [answer[0] for answer in answers] == [200] * kept + [503] * (200 - kept)
        assert problem(answers[-1])["code"] == "lake.spool-full"
        assert int(answers[-1][1]["retry-after"]) > 0
        assert len(spooled_ids(collector)) == kept
        collector.lake.seal(now_us=1)
        assert send(200)[0] == 200
        collector.lake.seal(now_us=2)
        assert len(counted(collector.lake)) == kept + 1


def head(*lines: str) -> bytes:
    first = ("POST /events HTTP/1.1", "Host: 127.0.0.1", "Content-Type: text/plain")
    return "\r\n".join((*first, *lines, "", "")).encode()


def status_of(player: socket.socket) -> int:
    response = HTTPResponse(player)
    response.begin()
    return response.status
