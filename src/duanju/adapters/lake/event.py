"""One event of a viewer or of a wallet, in the form in which spool and lake keep it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

EventKind = Literal["start", "progress", "end", "paywall", "unlock"]

DAY_US = 86_400_000_000
INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1
TIME_US_MAX = 253_402_300_799_999_999
"""The last microsecond of the year 9999."""
EFFECTIVE_MS_MAX = 86_400_000
"""No report covers more than a day."""

Int64 = Annotated[int, Meta(ge=INT64_MIN, le=INT64_MAX)]
Count32 = Annotated[int, Meta(ge=0, le=2**31 - 1)]
TimeUs = Annotated[int, Meta(ge=0, le=TIME_US_MAX)]
EventId = Annotated[
    str, Meta(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
]
CurrencyCode = Annotated[str, Meta(pattern="^([A-Z]{3})?$")]
Channel = Annotated[str, Meta(pattern="^[a-z0-9_]{1,32}$")]
Tag = Annotated[str, Meta(pattern="^[A-Za-z0-9-]{0,35}$")]


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Something that happened to an episode, told once under an id that its maker chose.

    Attributes:
        id: UUID version 7 in lower case. Its own time names the day (UTC) of the lake.
        kind: `unlock` is money and comes from the wallet only; the others from the player.
        occurred_at_us: When it happened, within a day of the id's time; see `occurred_within_day`.
        received_at_us: When the server took it in; never the client's word.
        viewer_id: Pseudonym of the viewer.
        title_id: Number of the title.
        episode_number: Number of the episode within the title.
        session_id: Number of the play session; 0 for what comes from no session.
        session_started_at_us: Start of the session as the server signed it.
        sequence: Number within the session; a gap shows what was lost.
        effective_ms: Wall-clock milliseconds of playing since the session's last report, only for
            `progress`. Playing at double speed for ten seconds is ten seconds.
        amount_minor: Money of an unlock in the minor unit; negative where it is taken back.
        currency: ISO 4217 code of that money, empty where there is none.
        coins: Coins spent on an unlock.
        channel: Through which the viewer came or paid.
        language: BCP 47 tag of what was watched.
        territory: ISO 3166 code of where it was watched.
        refusal: The reason for which the edge already refuses it, such as `lake.episode-locked`;
            it is then kept apart and never counted.
    """

    id: EventId
    kind: EventKind
    occurred_at_us: TimeUs
    received_at_us: TimeUs
    viewer_id: Int64
    title_id: Int64
    episode_number: Count32
    session_id: Int64 = 0
    session_started_at_us: TimeUs = 0
    sequence: Count32 = 0
    effective_ms: Annotated[int, Meta(ge=0, le=EFFECTIVE_MS_MAX)] = 0
    amount_minor: Int64 = 0
    currency: CurrencyCode = ""
    coins: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)] = 0
    channel: Channel = "web"
    language: Tag = ""
    territory: Tag = ""
    refusal: Annotated[str, Meta(max_length=64)] = ""


class InvalidEvent(ValueError):
    """An event holds a value outside its limits; nothing was written."""

    code = "lake.invalid-event"


def made_at_us(event_id: str) -> int:
    """Return the time that an event's id carries, in microseconds since the Unix epoch.

    Args:
        event_id: UUID version 7 that was checked already, as in every `Event` of the spool.

    >>> made_at_us("019e7044-8800-7000-8000-000000000000")
    1780000000000000
    """
    return int(event_id[:8] + event_id[9:13], 16) * 1000


def occurred_within_day(*, event_id: str, occurred_at_us: int) -> int:
    """Return a client's time of occurrence, held within a day of the time in the event's id.

    The lake is partitioned by the id's day and pruned with a day's margin, so an event whose own
    time strays further would be lost from the months that it claims.

    Args:
        event_id: UUID version 7 that was checked already.
        occurred_at_us: The client's word, microseconds since the Unix epoch.

    >>> occurred_within_day(event_id="019e7044-8800-7000-8000-000000000000", occurred_at_us=0)
    1779913600000000
    """
    made_us = made_at_us(event_id)
    return max(made_us - DAY_US, min(occurred_at_us, made_us + DAY_US), 0)
