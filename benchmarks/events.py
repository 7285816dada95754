"""How many events become durable, beside bare appends with fsync of the same bytes."""

import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from duanju.adapters.lake import Event, Spool
from duanju.adapters.lake.frames import encode_frame
from duanju.kernel import new_id

EVENTS_A_BEACON, BEACONS, THREADS, ROUNDS = 20, 2_000, 4, 3
"""Twenty events a beacon, and as many threads as the server answers with."""
_BEGAN_MS = 1_788_220_800_000
_MAX_BYTES = 1 << 30
_DECODER = msgspec.json.Decoder(list[Event])


def run() -> list[str]:
    """Return two lines: by time of the clock and by time of the processor.

    Ours decodes and validates each beacon, and answers when its events are on the disk; threads
    that come together share an fsync. The bare appends write the same bytes to one file a thread,
    each with an fsync of its own, and look into nothing.
    """
    beacons = [_beacon(number) for number in range(BEACONS)]
    frames = [encode_frame(_DECODER.decode(beacon)) for beacon in beacons]
    own, bare = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            own.append(_timed(_accept(Path(folder)), beacons))
        with tempfile.TemporaryDirectory() as folder:
            bare.append(_timed(_append(Path(folder)), frames))
    count = EVENTS_A_BEACON * BEACONS
    own_s, own_cpu_s = (min(each) for each in zip(*own, strict=True))
    bare_s, bare_cpu_s = (min(each) for each in zip(*bare, strict=True))
    return [
        f"events: ratio {bare_s / own_s:.2f} of bare appends with fsync of the same bytes, by the "
        f"clock ({count / own_s:,.0f} durable events a second, {THREADS} threads)",
        f"events: ratio {bare_cpu_s / own_cpu_s:.2f} of the same, a second of one core "
        f"({count / own_cpu_s:,.0f} durable events a CPU second, decoded and validated)",
    ]


def _timed(send: Callable[[bytes], None], bodies: Sequence[bytes]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(send, bodies))
    return time.perf_counter() - wall, time.process_time() - processor


def _accept(folder: Path) -> Callable[[bytes], None]:
    spool = Spool(folder, max_bytes=_MAX_BYTES)
    return lambda body: spool.append(_DECODER.decode(body))


def _append(folder: Path) -> Callable[[bytes], None]:
    own = threading.local()

    def append(frame: bytes) -> None:
        if not hasattr(own, "descriptor"):
            path = folder / str(threading.get_ident())
            own.descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(own.descriptor, frame)
        os.fsync(own.descriptor)

    return append


def _beacon(number: int) -> bytes:
    return json.dumps([_told(number, sequence) for sequence in range(EVENTS_A_BEACON)]).encode()


def _told(number: int, sequence: int) -> dict[str, str | int]:
    time_ms = _BEGAN_MS + 10_000 * sequence
    return {
        "id": str(new_id(time_ms=time_ms, random_bits=number << 20 | sequence)),
        "kind": "progress",
        "occurred_at_us": time_ms * 1000,
        "received_at_us": time_ms * 1000 + 500_000,
        "viewer_id": number,
        "title_id": number % 500,
        "episode_number": 1 + number % 80,
        "session_id": number,
        "session_started_at_us": _BEGAN_MS * 1000,
        "sequence": sequence,
        "effective_ms": 10_000,
    }
