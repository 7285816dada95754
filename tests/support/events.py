"""Events of made-up viewers at fixed times, for tests of the lake and of what stands on it."""

import random
from datetime import UTC, datetime

from msgspec.structs import replace

from duanju.adapters.lake import Event, microseconds
from duanju.kernel import new_id

NOON = datetime(2026, 9, 10, 12, tzinfo=UTC)
SECOND_US = 1_000_000


def an_event(**changes: object) -> Event:
    """Build a start at noon of 10 September 2026, told from a session that began with it.

    `seed` makes ids differ; `after_s` moves what happens behind the start of the session, and
    `delay_s` the reception behind that.
    """
    seed = int(str(changes.pop("seed", 0)))
    began_us = int(str(changes.pop("began_us", microseconds(NOON))))
    occurred_at_us = began_us + int(str(changes.pop("after_s", 0))) * SECOND_US
    delay_us = int(str(changes.pop("delay_s", 1))) * SECOND_US
    fields: dict[str, object] = {
        "id": an_id(occurred_at_us, seed),
        "kind": "start",
        "occurred_at_us": occurred_at_us,
        "received_at_us": occurred_at_us + delay_us,
        "viewer_id": 7,
        "title_id": 1,
        "episode_number": 1,
        "session_id": 100,
        "session_started_at_us": began_us,
    }
    return Event(**fields | changes)  # type: ignore[arg-type]


def an_id(time_us: int, seed: int) -> str:
    """Build the UUID version 7 of a time that a seed determines."""
    bits = random.Random(f"{time_us}:{seed}").getrandbits(74)
    return str(new_id(time_ms=time_us // 1000, random_bits=bits))


def a_report(*, seconds: int, **changes: object) -> Event:
    """Build a report of so many effective seconds."""
    return an_event(**{"kind": "progress", "effective_ms": seconds * 1000} | changes)


def an_unlock(*, amount_minor: int, **changes: object) -> Event:
    """Build an unlock for so much money in CNY, as the wallet tells it."""
    wallet: dict[str, object] = {
        "kind": "unlock",
        "amount_minor": amount_minor,
        "currency": "CNY",
        "coins": 80,
        "session_id": 0,
        "session_started_at_us": 0,
    }
    return an_event(**wallet | changes)


def an_honest_session(
    *, session_id: int, reports: int, began_us: int | None = None, **changes: object
) -> tuple[Event, ...]:
    """Build a start and reports of ten seconds each, every ten seconds."""
    began = microseconds(NOON) if began_us is None else began_us
    shared: dict[str, object] = {"session_id": session_id, "seed": session_id, "began_us": began}
    start = an_event(**shared | changes)
    return (
        start,
        *(
            a_report(seconds=10, **shared | {"after_s": 10 * number, "sequence": number} | changes)
            for number in range(1, reports + 1)
        ),
    )


def received_later(event: Event, *, seconds: int) -> Event:
    """Build the copy of an event that a client sends again."""
    return replace(event, received_at_us=event.received_at_us + seconds * SECOND_US)
