"""Many requests made durable by one write and one fsync."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from duanju.adapters.lake import Event, InvalidEvent, Spool, SpoolFull
from duanju.adapters.lake.spool import EVENTS_MAX

WAITING_EVENTS_MAX = 2 * EVENTS_MAX
"""What may wait in memory while the disk is busy; beyond it, players are asked to come back."""

_Waiting = tuple[Sequence[Event], "asyncio.Future[None]"]


class Groups:
    """Appends for the tasks of one loop: what comes during an fsync goes out with the next one.

    Args:
        spool: Where events become durable.
    """

    def __init__(self, spool: Spool) -> None:
        """Begin with nothing waiting."""
        self._spool = spool
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="spool")
        self._waiting: list[_Waiting] = []
        self._waiting_events = 0
        self._writing: asyncio.Task[None] | None = None

    async def append(self, events: Sequence[Event]) -> None:
        """Return when the events are on the disk.

        A task that is cancelled meanwhile hears nothing; its events may be durable all the same.

        Raises:
            SpoolFull: The spool is full, or too much waits for the disk; nothing was acknowledged.
            InvalidEvent: As `Spool.append`; events of others are not touched by that.
        """
        if not events:
            return
        if self._waiting_events + len(events) > WAITING_EVENTS_MAX:
            raise SpoolFull(f"{self._waiting_events} events wait for the disk")
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((events, done))
        self._waiting_events += len(events)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await done

    async def close(self) -> None:
        """Write what waits, then leave the file to the sealer."""
        while self._writing is not None:
            await asyncio.wait([self._writing])
        await self._on_disk(self._spool.close)
        self._disk.shutdown()

    async def _write(self) -> None:
        try:
            while self._waiting:
                await self._write_group(self._next_group())
        finally:
            self._writing = None

    def _next_group(self) -> list[_Waiting]:
        count = events_so_far = 0
        for events, _ in self._waiting:
            if events_so_far + len(events) > EVENTS_MAX:
                break
            events_so_far += len(events)
            count += 1
        group, self._waiting = self._waiting[:count], self._waiting[count:]
        self._waiting_events -= events_so_far
        return group

    async def _write_group(self, group: list[_Waiting]) -> None:
        try:
            await self._on_disk(
                self._spool.append, [event for events, _ in group for event in events]
            )
        except InvalidEvent as error:
            if len(group) == 1:
                _fail(group, error)
            else:
                for each in group:
                    await self._write_group([each])
        except Exception as error:
            _fail(group, error)
        else:
            for _, done in group:
                if not done.done():
                    done.set_result(None)

    async def _on_disk(self, *call: object) -> None:
        await asyncio.get_running_loop().run_in_executor(self._disk, *call)  # type: ignore[arg-type]


def _fail(group: list[_Waiting], error: Exception) -> None:
    for _, done in group:
        if not done.done():
            done.set_exception(error)
