"""Bringing everything that has happened into the lake before it is measured."""

from datetime import datetime

from duanju_web.settlement.selectors.lake import open_lake
from duanju_web.theater.services import seal_events


def bring_into_lake(*, now: datetime) -> int:
    """Carry unlocks to the lake, seal what was acknowledged, and return its position."""
    seal_events(now=now)
    return open_lake().position()
