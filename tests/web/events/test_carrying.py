"""An unlock is carried from the wallet's ledger into the lake, once."""

import errno
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command

from duanju.adapters.lake import SealReport, SpoolFull, TitleMeasure
from duanju.kernel import new_id
from duanju_web.productions.models import Title
from duanju_web.theater.collecting import event_lake
from duanju_web.theater.management.commands import seal_events as command
from duanju_web.theater.models import Unlock, Viewer
from duanju_web.theater.services import carry_unlocks, carrying, seal_events
from tests.support.beacons import a_title_on_show
from tests.support.lakes import YEAR, counted, kept_apart
from tests.support.people import A_MOMENT, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def title() -> Title:
    return a_title_on_show(studio=an_organisation("studio"), episodes=4)


def an_unlock_of(title: Title, number: int) -> Unlock:
    viewer, _ = Viewer.objects.get_or_create(pk=7, defaults={"created_at": A_MOMENT})
    at_ms = int(A_MOMENT.timestamp() * 1000)
    return Unlock.objects.create(
        id=new_id(time_ms=at_ms, random_bits=number),
        viewer=viewer,
        episode=title.episodes.get(number=number),
        coins=80,
        amount_minor=800,
        currency="CNY",
        channel="wechat_ios",
        at=A_MOMENT,
    )


def carried() -> list[UUID]:
    return list(Unlock.objects.exclude(carried_at=None).values_list("pk", flat=True))


def test_unlocks_are_carried_and_measured(title: Title) -> None:
    unlocks = [an_unlock_of(title, number) for number in (2, 3)]
    assert carry_unlocks(now=A_MOMENT) == 2
    assert carried() == [unlock.pk for unlock in unlocks]
    event_lake().seal(now_us=1)
    assert event_lake().measure(period=YEAR) == (
        TitleMeasure(
            title_id=title.pk,
            channel="wechat_ios",
            currency="CNY",
            effective_ms=0,
            starts=0,
            ends=0,
            paywalls=0,
            unlocks=2,
            coins=160,
            amount_minor=1600,
        ),
    )
    first, second = counted(event_lake())
    assert (first.episode_number, second.episode_number) == (2, 3)
    assert first.occurred_at_us == int(A_MOMENT.timestamp()) * 1_000_000


def test_carrying_again_carries_nothing(title: Title) -> None:
    an_unlock_of(title, 2)
    assert [carry_unlocks(now=A_MOMENT) for _ in range(3)] == [1, 0, 0]


def test_dying_before_it_is_noted_counts_the_unlock_once(
    title: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock = an_unlock_of(title, 2)

    def die(**_: Any) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(carrying, "mark_carried", die)
        with pytest.raises(KeyboardInterrupt):
            carry_unlocks(now=A_MOMENT)
    assert carried() == []
    seal_events(now=datetime(2026, 11, 14, 5, tzinfo=UTC))
    assert carried() == [unlock.pk]
    assert [event.id for event in counted(event_lake())] == [str(unlock.pk)]
    assert kept_apart(event_lake()) == []


def test_full_spool_leaves_the_unlock_to_be_carried(title: Title, settings: Any) -> None:
    an_unlock_of(title, 2)
    settings.SPOOL_MAX_BYTES = 10
    with pytest.raises(SpoolFull):
        carry_unlocks(now=A_MOMENT)
    assert carried() == []


def test_many_unlocks_are_carried_in_bounded_batches(
    title: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "CARRIED_AT_ONCE", 1)
    for number in (2, 3, 4):
        an_unlock_of(title, number)
    assert carry_unlocks(now=A_MOMENT) == 3
    assert seal_events(now=A_MOMENT).events == 3


def test_command_seals_once(title: Title) -> None:
    unlock = an_unlock_of(title, 2)
    printed = StringIO()
    call_command("seal_events", "--once", stdout=printed)
    assert printed.getvalue() == "sealed 1 events; kept apart none\n"
    assert [event.id for event in counted(event_lake())] == [str(unlock.pk)]


def test_command_survives_a_seal_that_fails(
    title: Title, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    unlock = an_unlock_of(title, 2)
    rounds = []

    def fail_then_seal_and_stop(*, now: datetime) -> SealReport:
        rounds.append(now)
        if len(rounds) == 1:
            raise OSError(errno.ENOSPC, "no space")
        signal.raise_signal(signal.SIGTERM)
        return seal_events(now=now)

    monkeypatch.setattr(command, "seal_events", fail_then_seal_and_stop)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        call_command("seal_events", "--every", "0")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert len(rounds) == 2
    assert "the seal failed and is tried again" in caplog.text
    assert [event.id for event in counted(event_lake())] == [str(unlock.pk)]


def test_command_ends_cleanly_when_told_to(tmp_path: Any) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "duanju_web.config.settings.demo",
        "DUANJU_DATA": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'duanju.sqlite3'}",
    }
    manage = [sys.executable, "-m", "duanju_web.manage"]
    subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)
    sealer = subprocess.Popen(
        [*manage, "seal_events", "--every", "0.05"], env=environment, stderr=subprocess.PIPE
    )
    killer = threading.Timer(60, sealer.kill)
    killer.start()
    try:
        # The manifest appears with the first seal, when the signals are already listened to.
        while not (tmp_path / "lake" / "manifest.sqlite3").exists():
            assert sealer.poll() is None
            os.sched_yield()
        sealer.send_signal(signal.SIGTERM)
        assert sealer.wait(30) == 0
        assert sealer.stderr is not None
        assert sealer.stderr.read() == b""
    finally:
        killer.cancel()
        sealer.kill()
