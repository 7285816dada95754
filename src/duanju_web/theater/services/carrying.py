"""Handing unlocks to the lake."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from duanju_web.theater.models import Unlock


def mark_carried(*, unlock_ids: Iterable[UUID], now: datetime) -> int:
    """Note that the lake has these unlocks for good; return how many were new to it."""
    return Unlock.objects.filter(pk__in=list(unlock_ids), carried_at=None).update(carried_at=now)
