"""The address of the collector, spoken to in plain ASGI."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant

from duanju.adapters.lake import Spool
from duanju_web.collector.grouping import Groups
from duanju_web.theater.collecting import (
    BODY_BYTES_MAX,
    CONTENT_TYPES,
    REFUSALS,
    Answer,
    Arrival,
    TooLarge,
    WrongRequest,
    answer_receipt,
    answer_refusal,
    open_beacon,
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = "/events"
LOOK_UP_THREADS = 2
_log = logging.getLogger(__name__)


class _Gone(Exception):
    """The player has hung up; nobody hears an answer."""


class Collector:
    """An ASGI application that makes beacons durable and then says so.

    Args:
        spool: Where events become durable.
        body_seconds_max: A body that has not come by then is given up; others never wait for it.
    """

    def __init__(self, spool: Spool, *, body_seconds_max: float) -> None:
        """Write nothing yet."""
        self._groups = Groups(spool)
        self._look_ups = ThreadPoolExecutor(LOOK_UP_THREADS, thread_name_prefix="look-up")
        self._body_seconds_max = body_seconds_max

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the server's start and end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            try:
                answer = await self._answer(scope, receive)
            except _Gone:
                return
            await _send(send, answer)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            kind = (await receive())["type"]
            if kind == "lifespan.shutdown":
                await self._groups.close()
                self._look_ups.shutdown()
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return

    async def _answer(self, scope: Message, receive: Receive) -> Answer:
        headers = dict(scope["headers"])
        try:
            return await self._collect(scope, headers, receive)
        except REFUSALS as error:
            refusal: Exception = error
        except _Gone:
            raise
        except Exception:
            # A disk that fails is not the player's fault: it keeps the beacon and comes back.
            _log.exception("a beacon could not be taken")
            refusal = WrongRequest("theater.beacon-not-taken")
        with translation.override(_language(headers)):
            return answer_refusal(refusal)

    async def _collect(
        self, scope: Message, headers: dict[bytes, bytes], receive: Receive
    ) -> Answer:
        if scope["path"] != PATH:
            raise WrongRequest("theater.no-such-address")
        if scope["method"] != "POST":
            raise WrongRequest("theater.beacon-method")
        content_type = headers.get(b"content-type", b"").decode("latin-1")
        if content_type.partition(";")[0].strip().lower() not in CONTENT_TYPES:
            raise WrongRequest("theater.beacon-type")
        body = await self._body(headers, receive)
        arrival = open_beacon(body, now_us=time.time_ns() // 1000)
        events = arrival.events(is_open=arrival.asks and await self._look_up(arrival))
        await self._groups.append(events)
        return answer_receipt(arrival.receipt(events))

    async def _body(self, headers: dict[bytes, bytes], receive: Receive) -> bytes:
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > BODY_BYTES_MAX:
            raise TooLarge(f"{int(announced)} bytes announced")
        try:
            async with asyncio.timeout(self._body_seconds_max):
                return await _read_bounded(receive)
        except TimeoutError:
            raise WrongRequest("theater.beacon-too-slow") from None

    async def _look_up(self, arrival: Arrival) -> bool:
        """Ask the database for the rare session that was opened before its episode stood open."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._look_ups, _episode_is_open, arrival)


async def _read_bounded(receive: Receive) -> bytes:
    chunks, size_bytes, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        chunk = message.get("body", b"")
        more = message.get("more_body", False)
        size_bytes += len(chunk)
        if size_bytes > BODY_BYTES_MAX:
            raise TooLarge(f"more than {BODY_BYTES_MAX} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def _episode_is_open(arrival: Arrival) -> bool:
    close_old_connections()
    try:
        return arrival.episode_is_open()
    finally:
        close_old_connections()


def _language(headers: dict[bytes, bytes]) -> str:
    wishes = headers.get(b"accept-language", b"").decode("latin-1")
    for wish in wishes.lower().split(","):
        try:
            return get_supported_language_variant(wish.split(";")[0].strip())
        except LookupError:
            continue
    return "en"


async def _send(send: Send, answer: Answer) -> None:
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        # The signed grant in the body is all that is believed: whoever has it may send from
        # anywhere, and no cookie is read.
        (b"access-control-allow-origin", b"*"),
        *((name.encode(), value.encode()) for name, value in answer.headers),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
