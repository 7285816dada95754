"""What a player sends: reports of one play session, in one body.

    {"grant": "<token of the play session>",
     "events": [{"id": "<UUID version 7>", "kind": "progress", "occurred_at_ms": 1789041610000,
                 "sequence": 3, "effective_ms": 10000, "language": "zh-Hans"}]}

`kind` is `start`, `progress`, `end` or `paywall`; `sequence` counts the session's events from 0 on;
`effective_ms` is the wall-clock time of playing since the last report, for `progress` only.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from duanju.adapters.lake import EventKind
from duanju.adapters.lake.event import EFFECTIVE_MS_MAX, Count32, EventId, Tag

BODY_BYTES_MAX = 64 * 1024
EVENTS_MAX = 100
_TIME_MS_MAX = 253_402_300_799_999


_PLACE = " - at `"


class InvalidBeacon(ValueError):
    """The body is not a beacon; sending it again will not help.

    Attributes:
        where: The place in the body, as a JSON path or a byte's number; empty where none is known.
    """

    code = "theater.invalid-beacon"

    def __init__(self, told: str) -> None:
        """Take the place out of what the decoder told."""
        super().__init__(told)
        self.where = ""
        if _PLACE in told:
            self.where = told.rpartition(_PLACE)[2].rstrip("`")
        elif told.endswith(")") and "(byte " in told:
            self.where = told.rpartition("(")[2].rstrip(")")


class TooLarge(ValueError):
    """The body or the number of its events is beyond the bound; send fewer at once."""

    code = "theater.beacon-too-large"


class Report(msgspec.Struct, frozen=True, gc=False):
    """One event as the player tells it; who, what and when it may be comes from the grant."""

    id: EventId
    kind: EventKind
    occurred_at_ms: Annotated[int, Meta(ge=0, le=_TIME_MS_MAX)]
    sequence: Count32 = 0
    effective_ms: Annotated[int, Meta(ge=0, le=EFFECTIVE_MS_MAX)] = 0
    language: Tag = ""


class Refusal(msgspec.Struct, frozen=True):
    """An event that will not count, and why; sending it again will not help."""

    id: str
    code: str


class Beacon(msgspec.Struct, frozen=True):
    """A body in which every event could be read; `malformed` are those that could not."""

    grant: str
    events: list[Report]
    malformed: tuple[Refusal, ...] = ()


class _Letter(msgspec.Struct):
    grant: str
    events: list[msgspec.Raw]


class _Named(msgspec.Struct):
    id: str = ""


_BEACON = msgspec.json.Decoder(Beacon)
_LETTER = msgspec.json.Decoder(_Letter)
_REPORT = msgspec.json.Decoder(Report)
_NAMED = msgspec.json.Decoder(_Named)
_ID_SHOWN_MAX = 64


def decode_beacon(body: bytes) -> Beacon:
    """Read a beacon; one event that cannot be read spoils no other.

    Raises:
        TooLarge: More than `BODY_BYTES_MAX` or `EVENTS_MAX`.
        InvalidBeacon: No beacon at all.
    """
    if len(body) > BODY_BYTES_MAX:
        raise TooLarge(f"more than {BODY_BYTES_MAX} bytes")
    try:
        beacon = _BEACON.decode(body)
    except msgspec.ValidationError:
        beacon = _decode_one_by_one(body)
    except msgspec.DecodeError as error:
        raise InvalidBeacon(str(error)) from None
    count = len(beacon.events) + len(beacon.malformed)
    if count > EVENTS_MAX:
        raise TooLarge(f"{count} events; at most {EVENTS_MAX}")
    return Beacon(beacon.grant, beacon.events, beacon.malformed)


def _decode_one_by_one(body: bytes) -> Beacon:
    try:
        letter = _LETTER.decode(body)
    except msgspec.MsgspecError as error:
        raise InvalidBeacon(str(error)) from None
    events, malformed = [], []
    for raw in letter.events:
        try:
            events.append(_REPORT.decode(raw))
        except msgspec.ValidationError:
            malformed.append(Refusal(_name_of(raw), "theater.malformed-event"))
    return Beacon(letter.grant, events, tuple(malformed))


def _name_of(raw: msgspec.Raw) -> str:
    try:
        return _NAMED.decode(raw).id[:_ID_SHOWN_MAX]
    except msgspec.ValidationError:
        return ""
