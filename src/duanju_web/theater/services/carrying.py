"""Carrying unlocks and corrections into the lake, and sealing what it has taken in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from duanju.adapters.lake import Correction, Event, SealReport, SpoolFull, microseconds
from duanju_web.theater.collecting import event_lake, event_spool
from duanju_web.theater.models import EventCorrection, EventCorrectionKind, Unlock
from duanju_web.theater.selectors import unlocks_to_carry
from duanju_web.theater.selectors.taken_back import corrections_to_carry

CARRIED_AT_ONCE = 500


def seal_events(*, now: datetime) -> SealReport:
    """Carry unlocks and corrections into the spool and seal the spool into the lake.

    Where the spool is full, sealing makes room, and the next call carries the rest.
    """
    for carry in (carry_unlocks, carry_corrections):
        try:
            carry(now=now)
        except SpoolFull:
            event_lake().seal(now_us=microseconds(now))
            carry(now=now)
    return event_lake().seal(now_us=microseconds(now))


def carry_unlocks(*, now: datetime) -> int:
    """Write the unlocks that the lake does not have yet, and note that it has them.

    Dying between the two carries them again, and the lake counts an id once.

    Returns:
        How many were carried.

    Raises:
        SpoolFull: There is no room; what was noted as carried is durable.
    """
    carried = 0
    while unlocks := unlocks_to_carry(limit=CARRIED_AT_ONCE):
        event_spool().append_unlocks([_event(unlock, now=now) for unlock in unlocks])
        carried += mark_carried(unlock_ids=[unlock.pk for unlock in unlocks], now=now)
    return carried


def carry_corrections(*, now: datetime) -> int:
    """Write what people said of events that the lake does not have yet, and note that it has it.

    Returns:
        How many were carried.

    Raises:
        SpoolFull: There is no room; what was noted as carried is durable.
    """
    carried = 0
    while said := corrections_to_carry(limit=CARRIED_AT_ONCE):
        event_spool().append_corrections([_correction(own) for own in said])
        ids = [own.pk for own in said]
        carried += EventCorrection.objects.filter(pk__in=ids, carried_at=None).update(
            carried_at=now
        )
    return carried


def mark_carried(*, unlock_ids: Iterable[UUID], now: datetime) -> int:
    """Note that the lake has these unlocks for good; return how many were new to it."""
    return Unlock.objects.filter(pk__in=list(unlock_ids), carried_at=None).update(carried_at=now)


def _event(unlock: Unlock, *, now: datetime) -> Event:
    return Event(
        id=str(unlock.pk),
        kind="unlock",
        occurred_at_us=microseconds(unlock.at),
        received_at_us=microseconds(now),
        viewer_id=unlock.viewer_id,
        title_id=unlock.episode.title_id,
        episode_number=unlock.episode.number,
        amount_minor=unlock.amount_minor,
        currency=unlock.currency,
        coins=unlock.coins,
        channel=unlock.channel,
    )


def _correction(said: EventCorrection) -> Correction:
    return Correction(
        id=str(said.pk),
        kind="mark" if said.kind == EventCorrectionKind.MARK else "unmark",
        corrects=str(said.event_id),
        received_at_us=microseconds(said.at),
        reason=said.reason,
    )
