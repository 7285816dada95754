"""Turning a beacon into events of the lake, and answering only when they are durable."""

from collections.abc import Sequence
from dataclasses import dataclass

from duanju.adapters.lake import (
    EPISODE_LOCKED,
    UNLOCK_FROM_PLAYER,
    Event,
    Spool,
    made_at_us,
    occurred_within_day,
)
from duanju_web.theater.collecting.beacon import Beacon, Refusal, Report, decode_beacon
from duanju_web.theater.grants import GrantExpired, PlayGrant, read_play_grant
from duanju_web.theater.models.wallet import WEB_CHANNEL
from duanju_web.theater.selectors import may_watch

AFTER_GRANT = "lake.after-grant"
LATE_MS_MAX = 7 * 24 * 3600 * 1000
"""How long after its end a grant still vouches for what happened before it: a phone was offline."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became durable.

    Attributes:
        accepted: Ids of the events that were taken in.
        rejected: Those that will not count; the ones that could be read are kept apart.
    """

    accepted: tuple[str, ...]
    rejected: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A beacon whose play session was opened here.

    Attributes:
        beacon: What was sent.
        grant: What the server signed when the session was opened.
        received_at_us: The time of reception, microseconds since the Unix epoch.
    """

    beacon: Beacon
    grant: PlayGrant
    received_at_us: int

    @property
    def asks(self) -> bool:
        """Whether the database must say if the episode is open, since the grant does not."""
        return not self.grant.is_open and _plays(self.beacon)

    def events(self, *, is_open: bool) -> list[Event]:
        """Return the events, those that the edge refuses with the reason in them.

        Args:
            is_open: Whether the viewer may watch the episode, though the grant does not say so.
        """
        return [
            as_event(
                report,
                grant=self.grant,
                is_open=self.grant.is_open or is_open,
                received_at_us=self.received_at_us,
            )
            for report in self.beacon.events
        ]

    def receipt(self, events: Sequence[Event]) -> Receipt:
        """Return what may be told once these events are durable."""
        kept_apart = tuple(Refusal(event.id, event.refusal) for event in events if event.refusal)
        return Receipt(
            accepted=tuple(event.id for event in events if not event.refusal),
            rejected=(*kept_apart, *self.beacon.malformed),
        )

    def episode_is_open(self) -> bool:
        """Ask the database whether the viewer may watch what the grant names."""
        return may_watch(
            viewer_id=self.grant.viewer_id,
            title_id=self.grant.title_id,
            episode_number=self.grant.episode_number,
        )


def open_beacon(body: bytes, *, now_us: int) -> Arrival:
    """Read a body and check who sent it; nothing is asked but the signature.

    Raises:
        TooLarge: More than `BODY_BYTES_MAX` or `EVENTS_MAX`.
        InvalidBeacon: No beacon at all.
        InvalidGrant: The play session was not opened here.
        GrantExpired: It was over more than seven days ago.
    """
    beacon = decode_beacon(body)
    grant = read_play_grant(beacon.grant)
    if now_us // 1000 >= grant.expires_at_ms + LATE_MS_MAX:
        raise GrantExpired(grant.expires_at_ms)
    return Arrival(beacon, grant, now_us)


def receive_beacon(body: bytes, *, spool: Spool, now_us: int) -> Receipt:
    """Take in a beacon, and return when all of it is on the disk.

    Args:
        body: What was sent.
        spool: Where it becomes durable.
        now_us: The time of reception, microseconds since the Unix epoch.

    Raises:
        TooLarge, InvalidBeacon, InvalidGrant, GrantExpired: As `open_beacon`.
        SpoolFull: There is no room; nothing was taken.
    """
    arrival = open_beacon(body, now_us=now_us)
    events = arrival.events(is_open=arrival.asks and arrival.episode_is_open())
    spool.append(events)
    return arrival.receipt(events)


def as_event(report: Report, *, grant: PlayGrant, is_open: bool, received_at_us: int) -> Event:
    """Join what the player tells with what the server signed."""
    return Event(
        id=report.id,
        kind=report.kind,
        occurred_at_us=occurred_within_day(
            event_id=report.id, occurred_at_us=report.occurred_at_ms * 1000
        ),
        received_at_us=received_at_us,
        viewer_id=grant.viewer_id,
        title_id=grant.title_id,
        episode_number=grant.episode_number,
        session_id=grant.session_id,
        session_started_at_us=grant.started_at_ms * 1000,
        sequence=report.sequence,
        effective_ms=report.effective_ms if report.kind == "progress" else 0,
        channel=WEB_CHANNEL,
        language=report.language,
        refusal=_refusal(report, grant=grant, is_open=is_open),
    )


def _plays(beacon: Beacon) -> bool:
    return any(report.kind in ("start", "progress", "end") for report in beacon.events)


def _refusal(report: Report, *, grant: PlayGrant, is_open: bool) -> str:
    if report.kind == "unlock":
        return UNLOCK_FROM_PLAYER
    if report.kind != "paywall" and not is_open:
        return EPISODE_LOCKED
    if made_at_us(report.id) >= grant.expires_at_ms * 1000:
        return AFTER_GRANT
    return ""
