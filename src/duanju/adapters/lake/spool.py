"""Where events become durable before they are acknowledged."""

import errno
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from duanju.adapters.lake.correction import Correction
from duanju.adapters.lake.durable import lock_if_free, make_folder, sync_folder
from duanju.adapters.lake.event import Event, InvalidEvent
from duanju.adapters.lake.frames import encode_frame

SUFFIX = ".spool"
FILE_BYTES_MAX = 16 * 1024 * 1024
"""A file that has grown past this is left to the sealer, and another begun."""
COUNT_BYTES = 1024 * 1024
"""What a process writes between two looks at what all processes together have in the folder."""
EVENTS_MAX = 20_000
"""Of one call, so that a frame stays a thing to hold in memory."""


class SpoolFull(Exception):
    """The spool has reached its bound or the disk its end; nothing was written. Try again later."""

    code = "lake.spool-full"


class _Group:
    """Frames of several threads that one write and one fsync make durable together."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.is_done = False
        self.error: OSError | None = None


class Spool:
    """Bounded files of events that were acknowledged and are not yet sealed.

    Each process and each start writes a file of its own and holds a lock on it for as long as it
    may still grow. One object serves all threads of a process.

    Args:
        folder: Shared by all writers and the sealer; made if absent.
        max_bytes: Bound of all files in the folder together, which each process may pass by
            `COUNT_BYTES`, since it looks at the others' files only so often.
    """

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        """Open nothing yet; the first `append` does."""
        self._folder = folder
        self._max_bytes = max_bytes
        self._file_bytes_max = min(FILE_BYTES_MAX, max(max_bytes // 4, 1))
        self._descriptor: int | None = None
        self._written_bytes = 0
        self._folder_bytes = _folder_bytes(folder)
        self._uncounted_bytes = 0
        self._waiting_bytes = 0
        self._waiting = _Group()
        self._waiting_lock = threading.Lock()
        self._writing_lock = threading.Lock()

    def append(self, events: Sequence[Event]) -> None:
        """Write events of players, and return when they are on the disk.

        Threads that come at the same time share one fsync. Either all of `events` are written or,
        where this raises, none of them has been acknowledged and they may be sent again.

        Raises:
            SpoolFull: The bound is reached, or the disk is full.
            InvalidEvent: A value lies outside its limits, or an event is an `unlock` that the edge
                has not refused: money never comes from a player.
        """
        for event in events:
            if event.kind == "unlock" and not event.refusal:
                raise InvalidEvent(f"{event.id}: an unlock comes from the wallet only")
        self._append_durably(events)

    def append_unlocks(self, events: Sequence[Event]) -> None:
        """Write unlocks that the wallet's ledger holds, and return when they are on the disk.

        Raises:
            SpoolFull: The bound is reached, or the disk is full.
            InvalidEvent: A value lies outside its limits, or an event is of another kind.
        """
        for event in events:
            if event.kind != "unlock":
                raise InvalidEvent(f"{event.id}: {event.kind} is no unlock")
        self._append_durably(events)

    def append_corrections(self, corrections: Sequence[Correction]) -> None:
        """Write what takes events back or gives them back, and return when it is on the disk.

        Call it for whoever may decide that: the wallet's ledger, or people of the platform.

        Raises:
            SpoolFull: The bound is reached, or the disk is full.
            InvalidEvent: A value lies outside its limits.
        """
        self._append_durably(corrections)

    def close(self) -> None:
        """Leave the file to the sealer; another `append` begins a new one."""
        with self._writing_lock:
            self._leave_file()

    def _append_durably(self, told: Sequence[Event] | Sequence[Correction]) -> None:
        if not told:
            return
        if len(told) > EVENTS_MAX:
            raise InvalidEvent(f"{len(told)} at once; at most {EVENTS_MAX}")
        frame = encode_frame(told)
        group = self._join_group(frame)
        with self._writing_lock:
            if not group.is_done:
                self._write_waiting()
        if group.error is not None:
            if group.error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise SpoolFull("the disk is full") from group.error
            raise group.error

    def _join_group(self, frame: bytes) -> _Group:
        with self._waiting_lock:
            if self._taken_bytes() + len(frame) > self._max_bytes:
                self._count_folder()
            if self._taken_bytes() + len(frame) > self._max_bytes:
                raise SpoolFull(f"the spool holds {self._taken_bytes()} bytes")
            self._waiting_bytes += len(frame)
            self._waiting.frames.append(frame)
            return self._waiting

    def _taken_bytes(self) -> int:
        return self._folder_bytes + self._waiting_bytes

    def _count_folder(self) -> None:
        self._folder_bytes, self._uncounted_bytes = _folder_bytes(self._folder), 0

    def _write_waiting(self) -> None:
        with self._waiting_lock:
            group, self._waiting = self._waiting, _Group()
        data = b"".join(group.frames)
        try:
            self._write(data)
        except OSError as error:
            # After a failed fsync nobody knows what the disk holds: never write behind it.
            self._leave_file()
            group.error = error
        with self._waiting_lock:
            self._waiting_bytes -= len(data)
            self._folder_bytes += len(data)
            self._uncounted_bytes += len(data)
            if self._uncounted_bytes > COUNT_BYTES:
                self._count_folder()
        group.is_done = True

    def _write(self, data: bytes) -> None:
        if self._written_bytes >= self._file_bytes_max:
            self._leave_file()
        if self._descriptor is None:
            self._descriptor = _begin_file(self._folder)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        os.fsync(self._descriptor)
        self._written_bytes += len(data)

    def _leave_file(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._descriptor, self._written_bytes = None, 0


def spool_files(folder: Path) -> list[Path]:
    """Return the files of a spool, those written first in front."""
    return sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: (path.stat().st_mtime_ns, path.name))


def _folder_bytes(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    return sum(_size_bytes(path) for path in folder.glob(f"*{SUFFIX}"))


def _size_bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # the sealer was done with it in the meantime
        return 0


def _begin_file(folder: Path) -> int:
    """Open a file that is locked before it gets its name, so that no sealer takes it for left."""
    make_folder(folder)
    name = f"{os.getpid()}-{uuid4().hex}"
    nameless = folder / f".{name}.begun"
    descriptor = os.open(nameless, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
    lock_if_free(descriptor)
    nameless.rename(folder / f"{name}{SUFFIX}")
    sync_folder(folder)
    return descriptor
