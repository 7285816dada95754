"""Ended hundreds of times at random, on a full disk too: what was acknowledged counts once."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from duanju.adapters.lake import CorrectedEvent
from tests.support.killed_lakes import BATCH_EVENTS, batch_of, corrections_of
from tests.support.lakes import YEAR, a_lake, counted, kept_apart, spooled
from tests.support.repository import ROOT

LIVES = 75


@pytest.mark.parametrize("seed", range(3))
def test_what_was_acknowledged_counts_once(tmp_path: Path, seed: int) -> None:
    command = [sys.executable, "-m", "tests.support.killed_lakes", str(tmp_path)]
    ran = subprocess.run(
        [*command, str(seed), str(LIVES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    killed, failed, batches = map(int, ran.stdout.split())
    assert killed > LIVES // 5
    assert failed > 0
    assert batches > LIVES // 10
    lake = a_lake(tmp_path)
    assert lake.position() > 0
    lake.seal(now_us=1)
    # The client has the batch in hand that was last sent; it may have come through or not.
    told = [event for number in range(batches) for event in batch_of(number)]
    pending = {event.id for event in batch_of(batches)}
    shown = counted(lake)
    taken_back = [event for event in shown if isinstance(event, CorrectedEvent)]
    found = [event for event in shown if not isinstance(event, CorrectedEvent)]
    copies = Counter(event.id for event in found)
    assert set(copies.values()) == {1}
    assert {event.id for event in told} <= set(copies)
    assert set(copies) - {event.id for event in told} <= pending
    assert kept_apart(lake) == []
    assert lake.verify() == ()
    (measure,) = lake.measure(period=YEAR)
    assert measure.amount_minor == sum(event.amount_minor for event in shown)
    assert measure.unlocks == len(found) - len(taken_back)
    assert len(found) >= batches * BATCH_EVENTS
    corrected = [own.corrects for number in range(batches) for own in corrections_of(number)]
    last = [own.corrects for own in corrections_of(batches) if own.corrects in copies]
    assert sorted(own.corrects for own in taken_back) in (
        sorted(corrected),
        sorted(corrected + last),
    )
    assert sorted((tmp_path / "lake" / "spool").glob("*.spool")) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a small disk")
def test_full_disk_refuses_and_loses_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.support.killed_lakes", str(tmp_path)]
    ran = subprocess.run(
        ["unshare", "--mount", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "mount: " in ran.stderr or "unshare: " in ran.stderr:
        pytest.skip("this machine lets nobody make a small disk")
    assert ran.returncode == 0, ran.stderr
    acknowledged, is_refused, unlocks, problems = ran.stdout.split()
    assert int(acknowledged) > 100
    assert is_refused == "True"
    # The batch that met the end of the disk was not acknowledged and not written whole.
    assert int(unlocks) == int(acknowledged) * BATCH_EVENTS
    assert problems == "0"


def test_clock_set_back_changes_nothing(tmp_path: Path) -> None:
    told = [batch_of(number) for number in range(4)]
    ahead, back = tmp_path / "ahead", tmp_path / "back"
    for folder, moments in ((ahead, (1, 2, 3, 4)), (back, (4, 3, 1, 2))):
        for number, moment in enumerate(moments):
            spooled(folder, told[number])
            for path in (folder / "lake" / "spool").glob("*.spool"):
                os.utime(path, (moment, moment))
            if number % 2:
                a_lake(folder).seal(now_us=moment)
    lake = a_lake(back)
    assert counted(lake) == counted(a_lake(ahead))
    assert lake.measure(period=YEAR) == a_lake(ahead).measure(period=YEAR)
    assert lake.measure(period=YEAR, as_known_at=0) == ()
    assert lake.verify() == ()
