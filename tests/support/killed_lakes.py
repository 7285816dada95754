"""A collector and a sealer that the machine ends at random places, hundreds of times.

Run as a script, it imports once and forks a child for each life, so that a life costs little. A
child appends batches, telling each acknowledgement through a pipe, and seals; it is ended before a
random line of the lake's code, or by a timer while the engine or the disk is at work. A client
sends again what was not acknowledged.
"""

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from duanju.adapters.lake import Correction, Event, Lake, Spool, SpoolFull
from tests.support.corrections import a_correction
from tests.support.ending import end_before_line
from tests.support.events import an_unlock
from tests.support.lakes import MEBIBYTE, YEAR

BATCH_EVENTS = 3
BATCHES_A_LIFE = 2
LINES_MAX = 2500
"""More than a life has, so that some live to their end."""
SECONDS_MAX = 0.3
FULL_AT_BYTES = (0, 40, 700, 3000, 9000)


def batch_of(number: int) -> list[Event]:
    """Build the events of a batch; all batches differ."""
    return [
        an_unlock(
            seed=number * BATCH_EVENTS + place,
            amount_minor=2**61 + number,
            after_s=(number * 7919) % 250_000,
            session_id=0,
        )
        for place in range(BATCH_EVENTS)
    ]


def corrections_of(number: int) -> list[Correction]:
    """Build what takes back the first event of every third batch."""
    return [a_correction(batch_of(number)[0], seed=number)] if number % 3 == 0 else []


def live(folder: Path, first: int, acknowledge: Callable[[], object]) -> None:
    """Append some batches from the first one on, then seal."""
    spool = Spool(folder / "lake" / "spool", max_bytes=64 * MEBIBYTE)
    for number in range(first, first + BATCHES_A_LIFE):
        # A correction may come before its event; a batch is acknowledged with both.
        spool.append_corrections(corrections_of(number))
        spool.append_unlocks(batch_of(number))
        acknowledge()
    Lake(folder / "lake", memory_limit="256MB", threads=1).seal(now_us=first)


def end_after(seconds: float) -> None:
    """Let the kernel end this process, whatever it is doing then."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def fill_disk_at(size_bytes: int) -> None:
    """Let no file of this process grow beyond a size."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, resource.RLIM_INFINITY))


def forked_life(folder: Path, first: int, fault: Callable[[], None]) -> tuple[int, int]:
    """Live in a child with a fault; return the acknowledged batches and how the child ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            fault()
            live(folder, first, lambda: os.write(writing, b"."))
        except Exception:
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        acknowledged = len(told.read())
    return acknowledged, os.waitpid(child, 0)[1]


def main(folder: Path, seed: int, lives: int) -> None:
    """Live so often; print how many ended by a signal, by an error, and what is acknowledged."""
    dice = random.Random(f"killed:{seed}")
    killed = failed = first = 0
    for _ in range(lives):
        fault = dice.choice(
            [partial(end_before_line, dice.randint(1, LINES_MAX))] * 5
            + [partial(end_after, dice.uniform(0, SECONDS_MAX))] * 4
            + [partial(fill_disk_at, dice.choice(FULL_AT_BYTES))]
        )
        acknowledged, status = forked_life(folder, first, fault)
        first += acknowledged
        killed += os.WIFSIGNALED(status)
        failed += os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1
    print(killed, failed, first)


def main_on_small_disk(folder: Path) -> None:
    """Fill a disk of its own with events until it is full, seal, enlarge it, seal again.

    Run in a mount namespace of its own, so that the disk is gone with this process. Prints the
    acknowledged batches, whether the first seal failed, the events that count at last, and the
    problems found.
    """
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    subprocess.run(command, check=True)
    spool = Spool(folder / "lake" / "spool", max_bytes=64 * MEBIBYTE)
    lake = Lake(folder / "lake", memory_limit="256MB", threads=1)
    acknowledged, is_full, is_refused = 0, False, False
    while not is_full:
        try:
            spool.append_unlocks(batch_of(acknowledged))
            acknowledged += 1
        except SpoolFull:
            is_full = True
    spool.close()
    try:
        lake.seal(now_us=1)
    except (OSError, duckdb.Error, sqlite3.Error):
        is_refused = True
    subprocess.run(["mount", "-o", "remount,size=16m", str(folder)], check=True)
    lake.seal(now_us=2)
    (measure,) = lake.measure(period=YEAR)
    print(acknowledged, is_refused, measure.unlocks, len(lake.verify()))


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main_on_small_disk(Path(sys.argv[1]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
