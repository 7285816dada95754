"""What players report is durable before it is acknowledged, and only what is possible counts."""

import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from duanju.adapters.lake import Event
from duanju.adapters.lake.frames import read_events
from duanju.adapters.lake.spool import spool_files
from duanju_web.productions.models import Title
from duanju_web.theater.collecting import event_lake
from duanju_web.theater.grants import PlayGrant
from tests.support.beacons import HOUR_MS, a_beacon, a_play_grant, a_title_on_show, a_told
from tests.support.lakes import YEAR, counted, kept_apart
from tests.support.people import an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def now_ms() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture
def title() -> Title:
    return a_title_on_show(studio=an_organisation("studio"))


@pytest.fixture
def grant(title: Title, now_ms: int) -> PlayGrant:
    return a_play_grant(title_id=title.pk, began_ms=now_ms - 60_000)


def send(body: bytes, content_type: str = "text/plain;charset=UTF-8") -> Any:
    return Client(enforce_csrf_checks=True).post("/events", body, content_type=content_type)


def spooled_events() -> list[Event]:
    return [event for path in spool_files(settings.SPOOL_FOLDER) for event in read_events(path)]


@pytest.mark.parametrize("content_type", ["text/plain;charset=UTF-8", "application/json"])
def test_acknowledged_events_are_durable_and_join_what_the_server_signed(
    grant: PlayGrant, now_ms: int, content_type: str
) -> None:
    told = [
        a_told("start", at_ms=now_ms - 30_000, seed=1),
        a_told("progress", at_ms=now_ms - 20_000, seed=2, effective_ms=9_000, language="zh-Hans"),
        a_told("paywall", at_ms=now_ms - 10_000, seed=3, effective_ms=9_000),
    ]
    answer = send(a_beacon(grant, told), content_type)
    assert answer.status_code == 200
    assert answer.json() == {"accepted": [each["id"] for each in told], "rejected": []}
    start, progress, paywall = spooled_events()
    assert now_ms * 1000 <= progress.received_at_us
    assert progress == Event(
        id=told[1]["id"],
        kind="progress",
        occurred_at_us=(now_ms - 20_000) * 1000,
        received_at_us=start.received_at_us,
        viewer_id=7,
        title_id=grant.title_id,
        episode_number=1,
        session_id=100,
        session_started_at_us=grant.started_at_ms * 1000,
        sequence=2,
        effective_ms=9_000,
        language="zh-Hans",
    )
    assert paywall.effective_ms == 0


def test_beacon_sent_again_counts_once(grant: PlayGrant, now_ms: int) -> None:
    body = a_beacon(grant, [a_told("start", at_ms=now_ms - 1000)])
    assert send(body).json() == send(body).json()
    event_lake().seal(now_us=1)
    assert send(body).status_code == 200
    event_lake().seal(now_us=2)
    assert len(counted(event_lake())) == 1
    assert kept_apart(event_lake()) == []


def test_unlock_in_a_beacon_is_refused_and_kept_apart(grant: PlayGrant, now_ms: int) -> None:
    unlock = a_told("unlock", at_ms=now_ms - 1000, amount_minor=1, coins=1)
    answer = send(a_beacon(grant, [unlock])).json()
    refusal = {"id": unlock["id"], "code": "lake.unlock-from-player"}
    assert answer == {"accepted": [], "rejected": [refusal]}
    event_lake().seal(now_us=1)
    assert event_lake().measure(period=YEAR) == ()
    assert kept_apart(event_lake()) == [(unlock["id"], "lake.unlock-from-player")]


def test_locked_episode_gives_its_paywall_and_nothing_else(grant: PlayGrant, now_ms: int) -> None:
    third = a_play_grant(
        title_id=grant.title_id, began_ms=grant.started_at_ms, episode_number=3, session_id=101
    )
    paywall = a_told("paywall", at_ms=now_ms - 2000, seed=1)
    progress = a_told("progress", at_ms=now_ms - 1000, seed=2, effective_ms=1000)
    answer = send(a_beacon(third, [paywall, progress])).json()
    assert answer["accepted"] == [paywall["id"]]
    assert answer["rejected"] == [{"id": progress["id"], "code": "lake.episode-locked"}]
    event_lake().seal(now_us=1)
    assert [event.kind for event in counted(event_lake())] == ["paywall"]


def test_seconds_that_have_not_passed_do_not_count(grant: PlayGrant, now_ms: int) -> None:
    told = [
        a_told("progress", at_ms=now_ms - 1000 + seed, seed=seed, effective_ms=40_000)
        for seed in (1, 2)
    ]
    assert len(send(a_beacon(grant, told)).json()["accepted"]) == 2
    event_lake().seal(now_us=1)
    assert [event.id for event in counted(event_lake())] == [told[0]["id"]]
    assert kept_apart(event_lake()) == [(told[1]["id"], "lake.too-many-seconds")]


def test_forged_grant_writes_nothing(grant: PlayGrant, now_ms: int) -> None:
    body = a_beacon(grant, [a_told("start", at_ms=now_ms)])
    other = a_beacon("eyJ2aWV3ZXJfaWQiOjd9.forged", [a_told("start", at_ms=now_ms)])
    for forged in (other, body.replace(b'"grant": "', b'"grant": "x')):
        answer = send(forged)
        assert (answer.status_code, answer.json()["code"]) == (403, "theater.invalid-grant")
    assert spooled_events() == []


def test_grant_that_ended_vouches_a_week_for_what_was_before(title: Title, now_ms: int) -> None:
    ended = a_play_grant(title_id=title.pk, began_ms=now_ms - 5 * HOUR_MS)
    before = a_told("start", at_ms=now_ms - 4 * HOUR_MS, seed=1)
    after = a_told("start", at_ms=now_ms - HOUR_MS // 2, seed=2)
    answer = send(a_beacon(ended, [before, after])).json()
    assert answer["accepted"] == [before["id"]]
    assert answer["rejected"] == [{"id": after["id"], "code": "lake.after-grant"}]


def test_expired_grant_writes_nothing(title: Title, now_ms: int) -> None:
    expired = a_play_grant(title_id=title.pk, began_ms=now_ms - (4 + 7 * 24) * HOUR_MS)
    answer = send(a_beacon(expired, [a_told("start", at_ms=now_ms - 8 * 24 * HOUR_MS)]))
    assert (answer.status_code, answer.json()["code"]) == (403, "theater.grant-expired")
    assert spooled_events() == []


def test_batch_beyond_the_bounds_writes_nothing(grant: PlayGrant, now_ms: int) -> None:
    told = [a_told("start", at_ms=now_ms, seed=seed) for seed in range(101)]
    assert send(a_beacon(grant, told)).status_code == 413
    padded = a_beacon(grant, told[:1]) + b" " * 64 * 1024
    assert send(padded).status_code == 413
    assert spooled_events() == []
    assert send(a_beacon(grant, told[:100])).status_code == 200
    assert len(spooled_events()) == 100


@pytest.mark.parametrize("body", [b" ", b"{", b"[]", b'{"events": []}', b"\xff", b'{"grant": 1}'])
def test_body_that_is_no_beacon_writes_nothing(body: bytes) -> None:
    answer = send(body)
    assert (answer.status_code, answer.json()["code"]) == (400, "theater.invalid-beacon")
    assert spooled_events() == []


def test_event_that_cannot_be_read_spoils_no_other(grant: PlayGrant, now_ms: int) -> None:
    good = a_told("start", at_ms=now_ms, seed=1)
    bad = [
        a_told("start", at_ms=now_ms, seed=2, effective_ms=-1),
        a_told("pause", at_ms=now_ms, seed=3),
        good | {"id": "not-an-id"},
    ]
    answer = send(a_beacon(grant, [*bad, good])).json()
    assert answer["accepted"] == [good["id"]]
    assert answer["rejected"] == [
        {"id": each["id"], "code": "theater.malformed-event"} for each in bad
    ]
    assert [event.id for event in spooled_events()] == [good["id"]]


def test_form_and_other_methods_are_refused(grant: PlayGrant, now_ms: int) -> None:
    body = a_beacon(grant, [a_told("start", at_ms=now_ms)])
    assert send(body, "application/octet-stream").status_code == 415
    assert Client().get("/events").status_code == 405
    assert spooled_events() == []


def test_full_spool_asks_to_come_back_and_writes_nothing(
    grant: PlayGrant, now_ms: int, settings: Any
) -> None:
    settings.SPOOL_MAX_BYTES = 10
    answer = send(a_beacon(grant, [a_told("start", at_ms=now_ms)]))
    assert (answer.status_code, answer.json()["code"]) == (503, "lake.spool-full")
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) > 0
    assert spooled_events() == []


def test_session_that_was_opened_open_asks_the_database_nothing(
    title: Title, now_ms: int, django_assert_num_queries: Any
) -> None:
    grant = a_play_grant(title_id=title.pk, began_ms=now_ms - 60_000, is_open=True)
    told = [a_told("progress", at_ms=now_ms, seed=seed, effective_ms=10) for seed in range(100)]
    with django_assert_num_queries(0):
        assert len(send(a_beacon(grant, told)).json()["accepted"]) == 100


def test_beacon_asks_the_database_little(
    grant: PlayGrant, now_ms: int, django_assert_max_num_queries: Any
) -> None:
    told = [a_told("progress", at_ms=now_ms, seed=seed, effective_ms=10) for seed in range(100)]
    with django_assert_max_num_queries(2):
        assert send(a_beacon(grant, told)).status_code == 200
