"""Bringing everything that has happened into the lake before it is measured."""

from datetime import datetime

from django.conf import settings

from duanju.adapters.lake import Event, Spool, microseconds
from duanju_web.settlement.selectors.lake import open_lake
from duanju_web.theater.selectors import unlocks_to_carry
from duanju_web.theater.services import mark_carried

UNLOCKS_AT_ONCE = 5_000


def bring_into_lake(*, now: datetime) -> int:
    """Carry the wallet's unlocks to the lake, seal it, and return its position.

    An unlock that is carried twice counts once: its id is the event's.
    """
    carry_unlocks(now=now)
    lake = open_lake()
    lake.seal(now_us=microseconds(now))
    return lake.position()


def carry_unlocks(*, now: datetime) -> int:
    """Hand the unlocks that the lake does not have to its spool; return how many they were."""
    carried = 0
    spool = Spool(settings.SPOOL_FOLDER, max_bytes=settings.SPOOL_MAX_BYTES)
    try:
        while unlocks := unlocks_to_carry(limit=UNLOCKS_AT_ONCE):
            spool.append_unlocks([_event(unlock) for unlock in unlocks])
            mark_carried(unlock_ids=[unlock.pk for unlock in unlocks], now=now)
            carried += len(unlocks)
    finally:
        spool.close()
    return carried


def _event(unlock: object) -> Event:
    at_us = microseconds(unlock.at)
    return Event(
        id=str(unlock.pk),
        kind="unlock",
        occurred_at_us=at_us,
        received_at_us=at_us,
        viewer_id=unlock.viewer_id,
        title_id=unlock.episode.title_id,
        episode_number=unlock.episode.number,
        amount_minor=unlock.amount_minor,
        currency=unlock.currency,
        coins=unlock.coins,
        channel=unlock.channel,
    )
