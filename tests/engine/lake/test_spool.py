"""Acknowledged means durable, and a full spool says so."""

import errno
import os
import threading
from pathlib import Path

import pytest

from duanju.adapters.lake import InvalidEvent, Spool, SpoolFull
from duanju.adapters.lake.frames import encode_frame, read_events
from duanju.adapters.lake.spool import spool_files
from tests.support.events import an_event, an_honest_session, an_unlock
from tests.support.lakes import MEBIBYTE


def told(folder: Path) -> list[str]:
    return [event.id for path in spool_files(folder) for event in read_events(path)]


def test_what_was_appended_is_read_back_in_order(tmp_path: Path) -> None:
    events = an_honest_session(session_id=1, reports=5)
    spool = Spool(tmp_path, max_bytes=MEBIBYTE)
    spool.append(events[:2])
    spool.append(events[2:])
    (path,) = spool_files(tmp_path)
    assert tuple(read_events(path)) == events


def test_append_returns_only_after_the_bytes_were_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        synced.append(os.fstat(descriptor).st_size)

    monkeypatch.setattr(os, "fsync", fsync)
    event = an_event()
    Spool(tmp_path, max_bytes=MEBIBYTE).append([event])
    assert synced[-1] == len(encode_frame([event]))


def test_threads_share_a_file_and_lose_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path, max_bytes=MEBIBYTE)
    sessions = [an_honest_session(session_id=number, reports=3) for number in range(1, 25)]
    threads = [threading.Thread(target=spool.append, args=(session,)) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told(tmp_path)) == sorted(event.id for each in sessions for event in each)
    assert len(spool_files(tmp_path)) == 1


def test_torn_tail_is_not_read_wherever_it_is_torn(tmp_path: Path) -> None:
    kept, torn = an_event(seed=1), an_event(seed=2)
    whole = encode_frame([kept])
    data = whole + encode_frame([torn])
    path = tmp_path / "1.spool"
    for length in range(len(whole), len(data)):
        path.write_bytes(data[:length])
        assert [event.id for event in read_events(path)] == [kept.id]


def test_damaged_frame_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "1.spool"
    data = bytearray(encode_frame([an_event()]))
    data[30] ^= 1
    path.write_bytes(bytes(data))
    assert list(read_events(path)) == []


def test_full_spool_refuses_and_writes_nothing(tmp_path: Path) -> None:
    first, second = an_event(seed=1), an_event(seed=2)
    spool = Spool(tmp_path, max_bytes=len(encode_frame([first])))
    spool.append([first])
    with pytest.raises(SpoolFull):
        spool.append([second])
    assert told(tmp_path) == [first.id]


def test_full_spool_takes_events_again_once_it_was_emptied(tmp_path: Path) -> None:
    spool = Spool(tmp_path, max_bytes=len(encode_frame([an_event()])))
    spool.append([an_event(seed=1)])
    spool.close()
    for path in spool_files(tmp_path):
        path.unlink()
    spool.append([an_event(seed=2)])
    assert told(tmp_path) == [an_event(seed=2).id]


def test_full_disk_is_a_full_spool_and_the_next_file_is_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path, max_bytes=MEBIBYTE)
    spool.append([an_event(seed=1)])
    real = os.write

    def write_half(descriptor: int, data: bytes) -> int:
        real(descriptor, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write_half)
        with pytest.raises(SpoolFull):
            spool.append([an_event(seed=2)])
    spool.append([an_event(seed=3)])
    assert sorted(told(tmp_path)) == sorted([an_event(seed=1).id, an_event(seed=3).id])


def test_unlock_is_taken_from_the_wallet_only(tmp_path: Path) -> None:
    spool = Spool(tmp_path, max_bytes=MEBIBYTE)
    with pytest.raises(InvalidEvent):
        spool.append([an_event(seed=1), an_unlock(amount_minor=100)])
    with pytest.raises(InvalidEvent):
        spool.append_unlocks([an_event(seed=1)])
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "not-an-id"},
        {"id": "019e7044-8800-4000-8000-000000000000"},
        {"title_id": 2**63},
        {"effective_ms": -1},
        {"effective_ms": 86_400_001},
        {"currency": "yuan"},
        {"channel": "web,app"},
        {"kind": "pause"},
    ],
)
def test_event_outside_its_limits_is_refused_whole(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    spool = Spool(tmp_path, max_bytes=MEBIBYTE)
    with pytest.raises(InvalidEvent):
        spool.append([an_event(seed=1), an_event(seed=2, **changes)])
    assert told(tmp_path) == []


def test_file_that_has_grown_is_left_and_another_begun(tmp_path: Path) -> None:
    spool = Spool(tmp_path, max_bytes=4000)
    for seed in range(8):
        spool.append([an_event(seed=seed)])
    assert len(spool_files(tmp_path)) == 2
    assert sorted(told(tmp_path)) == sorted(an_event(seed=seed).id for seed in range(8))
