"""What one collector does between a request and its answer."""

import asyncio
import json
import time
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from duanju.adapters.lake import Event, InvalidEvent, Spool, SpoolFull
from duanju.adapters.lake.frames import read_events, read_payloads
from duanju.adapters.lake.spool import spool_files
from duanju_web.collector.endpoint import Collector
from duanju_web.collector.grouping import WAITING_EVENTS_MAX, Groups
from duanju_web.theater.grants import PlayGrant
from tests.support.beacons import a_beacon, a_play_grant, a_title_on_show, a_told
from tests.support.events import an_event
from tests.support.people import an_organisation

MAX_BYTES = 1 << 24

_T = TypeVar("_T")


def in_a_loop(work: Coroutine[Any, Any, _T]) -> _T:
    """Run work to its end in a thread of its own; a browser may keep a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def appended(groups: Groups, batches: Iterable[list[Event]]) -> list[Any]:
    done = await asyncio.gather(*map(groups.append, batches), return_exceptions=True)
    await groups.close()
    return list(done)


def ids_in(folder: Path) -> list[str]:
    return [event.id for path in spool_files(folder) for event in read_events(path)]


def some_events(count: int) -> list[Event]:
    return [an_event(sequence=number) for number in range(count)]


def test_those_who_come_together_share_one_frame(tmp_path: Path) -> None:
    groups = Groups(Spool(tmp_path, max_bytes=MAX_BYTES))
    assert in_a_loop(appended(groups, ([each] for each in some_events(50)))) == [None] * 50
    (file,) = spool_files(tmp_path)
    frames = [payload.count(b"\n") for _, payload in read_payloads(file, offset=0)]
    assert frames == [50]


def test_an_event_that_cannot_be_kept_spoils_nobody_elses(tmp_path: Path) -> None:
    good, bad = some_events(2), an_event(kind="unlock")
    groups = Groups(Spool(tmp_path, max_bytes=MAX_BYTES))
    first, second, third = in_a_loop(appended(groups, [[good[0]], [bad], [good[1]]]))
    assert (first, third) == (None, None)
    assert isinstance(second, InvalidEvent)
    assert ids_in(tmp_path) == [event.id for event in good]


def test_what_waits_in_memory_is_bounded(tmp_path: Path) -> None:
    batch = some_events(1) * (WAITING_EVENTS_MAX // 2)
    groups = Groups(Spool(tmp_path, max_bytes=MAX_BYTES))
    *taken, refused = in_a_loop(appended(groups, [batch, batch, batch[:1]]))
    assert taken == [None, None]
    assert isinstance(refused, SpoolFull)
    assert len(ids_in(tmp_path)) == WAITING_EVENTS_MAX


async def answer_of(collector: Collector, body: bytes) -> tuple[int, dict[str, Any]]:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"text/plain")]
    scope = {"type": "http", "method": "POST", "path": "/events", "headers": headers}
    await collector(scope, receive, send)
    start, end = sent
    return start["status"], json.loads(end["body"])


def ask(folder: Path, body: bytes) -> tuple[int, dict[str, Any]]:
    collector = Collector(Spool(folder, max_bytes=MAX_BYTES), body_seconds_max=10)
    return in_a_loop(answer_of(collector, body))


def a_start(grant: PlayGrant) -> tuple[str, bytes]:
    told = a_told("start", at_ms=time.time_ns() // 1_000_000)
    return told["id"], a_beacon(grant, [told])


def a_minute_old_grant(**changes: int) -> PlayGrant:
    return a_play_grant(
        **{"title_id": 5, "began_ms": time.time_ns() // 1_000_000 - 60_000} | changes
    )


def test_a_spool_that_cannot_be_written_acknowledges_nothing_until_it_can(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    folder.write_text("where a folder should be")
    _, body = a_start(a_minute_old_grant(is_open=True))
    status, told = ask(folder, body)
    assert (status, told["code"]) == (503, "theater.beacon-not-taken")
    folder.unlink()
    assert ask(folder, body)[0] == 200


@pytest.mark.django_db(transaction=True)
def test_session_that_was_opened_locked_is_looked_up(tmp_path: Path) -> None:
    title = a_title_on_show(studio=an_organisation("studio"))
    identifier, body = a_start(a_minute_old_grant(title_id=title.pk, episode_number=2))
    refused = {"accepted": [], "rejected": [{"id": identifier, "code": "lake.episode-locked"}]}
    assert ask(tmp_path, body) == (200, refused)
    title.free_episode_count = 2
    title.save()
    assert ask(tmp_path, body) == (200, {"accepted": [identifier], "rejected": []})
