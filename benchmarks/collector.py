"""How many events the collector makes durable, beside bare appends of the same bytes."""

import asyncio
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from duanju.adapters.lake.frames import read_payloads
from duanju.adapters.lake.spool import spool_files
from duanju.kernel import new_id
from duanju_web.shared.serving import any_free_port, collector_command

SETTINGS = "duanju_web.config.settings.demo"
EVENTS_A_BEACON, BEACONS, WARMING, PLAYERS, ROUNDS = 20, 3_000, 300, 64, 3
_HOST = "127.0.0.1"
_SESSION_AGO_MS = 3_600_000
_START_ATTEMPTS_MAX, _ATTEMPT_PAUSE_S = 300, 0.1
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_ACKNOWLEDGED = b"HTTP/1.1 200 "


class _Cost(NamedTuple):
    wall_s: float
    processor_s: float


def run() -> list[str]:
    """Return two lines: by time of the processor and by time of the clock.

    Ours is the collector as `serve` starts it: HTTP, signature, types, judging, encoding, fsync,
    and an answer with every id. The system tells what its processes took; players are left out.
    The bare appends write the very frames that it wrote, each with an fsync, as it did, and look
    into nothing.
    """
    own, bare, beacons_a_sync = [], [], 0.0
    requests = _requests(WARMING + BEACONS)
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder, _collector(Path(folder)) as (port, process):
            asyncio.run(_play(port, requests[:WARMING]))
            warm = len(_frames(Path(folder) / "spool"))
            before_s, began = _processor_s(process), time.perf_counter()
            asyncio.run(_play(port, requests[WARMING:]))
            wall_s = time.perf_counter() - began
            own.append(_Cost(wall_s, _processor_s(process) - before_s))
            frames = _frames(Path(folder) / "spool")[warm:]
            bare.append(_append(Path(folder) / "bare", frames))
            beacons_a_sync = BEACONS / len(frames)
    count = EVENTS_A_BEACON * BEACONS
    own_best, bare_best = (_Cost(*map(min, zip(*each, strict=True))) for each in (own, bare))
    return [
        f"collector: ratio {bare_best.processor_s / own_best.processor_s:.4f} of bare appends of "
        f"the same bytes with the same fsyncs, a second of one core "
        f"({count / own_best.processor_s:,.0f} durable events a CPU second; "
        f"{beacons_a_sync:.1f} beacons an fsync)",
        f"collector: ratio {bare_best.wall_s / own_best.wall_s:.4f} of the same by the clock, with "
        f"the players on the same machine ({count / own_best.wall_s:,.0f} durable events a second)",
    ]


@contextmanager
def _collector(folder: Path) -> Iterator[tuple[int, int]]:
    port = any_free_port(host=_HOST)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "DUANJU_DATA": str(folder)}
    process = subprocess.Popen(collector_command(host=_HOST, port=port), env=environment)
    try:
        asyncio.run(_wait(port))
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


async def _wait(port: int) -> None:
    for _ in range(_START_ATTEMPTS_MAX):
        try:
            _, writer = await asyncio.open_connection(_HOST, port)
        except OSError:
            await asyncio.sleep(_ATTEMPT_PAUSE_S)
        else:
            writer.close()
            return
    raise RuntimeError("the collector does not answer")


async def _play(port: int, requests: Sequence[bytes]) -> None:
    """Send everything from many connections, each waiting for its answers."""
    left = iter(requests)

    async def play() -> None:
        reader, writer = await asyncio.open_connection(_HOST, port)
        for request in left:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(_ACKNOWLEDGED):
                raise RuntimeError(head.decode())
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length))
        writer.close()

    await asyncio.gather(*(play() for _ in range(PLAYERS)))


def _requests(count: int) -> list[bytes]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from duanju_web.theater.grants import PlayGrant, sign_play_grant

    began_ms = time.time_ns() // 1_000_000 - _SESSION_AGO_MS
    requests = []
    for number in range(1, count + 1):
        grant = PlayGrant(
            viewer_id=number,
            title_id=number % 500,
            episode_number=1 + number % 80,
            session_id=number,
            started_at_ms=began_ms,
            expires_at_ms=began_ms + 4 * _SESSION_AGO_MS,
            is_open=True,
        )
        told = [_told(began_ms, number, sequence) for sequence in range(EVENTS_A_BEACON)]
        body = json.dumps({"grant": sign_play_grant(grant), "events": told}).encode()
        head = f"POST /events HTTP/1.1\r\nhost: {_HOST}\r\ncontent-type: text/plain\r\n"
        requests.append(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
    return requests


def _told(began_ms: int, number: int, sequence: int) -> dict[str, str | int]:
    time_ms = began_ms + 10_000 * (sequence + 1)
    return {
        "id": str(new_id(time_ms=time_ms, random_bits=number << 20 | sequence)),
        "kind": "progress",
        "occurred_at_ms": time_ms,
        "sequence": sequence,
        "effective_ms": 10_000,
        "position_ms": 10_000 * sequence,
        "language": "zh-Hans",
    }


def _frames(spool: Path) -> list[bytes]:
    frames = []
    for path in spool_files(spool):
        data, begin = path.read_bytes(), 0
        for end, _ in read_payloads(path, offset=0):
            frames.append(data[begin:end])
            begin = end
    return frames


def _append(path: Path, frames: Sequence[bytes]) -> _Cost:
    wall, processor = time.perf_counter(), time.process_time()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for frame in frames:
        os.write(descriptor, frame)
        os.fsync(descriptor)
    os.close(descriptor)
    return _Cost(time.perf_counter() - wall, time.process_time() - processor)


def _processor_s(process: int) -> float:
    """Return what a process and its children have taken of the processor so far, in seconds."""
    own = Path(f"/proc/{process}")
    fields = (own / "stat").read_text().rpartition(")")[2].split()
    children = (own / f"task/{process}/children").read_text().split()
    ticks = (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND
    return ticks + sum(_processor_s(int(child)) for child in children)
