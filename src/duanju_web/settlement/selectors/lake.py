"""The lake as settlement reads it."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings

from duanju.adapters.lake import Lake, TitleMeasure
from duanju.deals import Contract, Stretch, parts_of
from duanju.kernel import Month
from duanju.workflows import find_stretches
from duanju_web.shared.models import Organisation


def open_lake() -> Lake:
    """Return the installation's lake."""
    return Lake(settings.LAKE_FOLDER, spool=settings.SPOOL_FOLDER)


def zone_of(platform: Organisation) -> ZoneInfo:
    """Return the zone by whose days and months a platform settles."""
    return ZoneInfo(platform.time_zone)


def measure_deals(
    *, contracts: Sequence[Contract], until: Month, zone: ZoneInfo, position: int
) -> dict[Stretch, tuple[TitleMeasure, ...]]:
    """Measure all that deals are settled on, as the lake was known at a position.

    Args:
        contracts: The deals.
        until: The last month, included whole.
        zone: The platform's.
        position: Of the lake.
    """
    lake = open_lake()
    parts = [part for contract in contracts for part in parts_of(contract)]
    titles = sorted({int(own) for part in parts for own in part.terms.title_ids})
    return {
        stretch: lake.measure(period=stretch.period(zone), titles=titles, as_known_at=position)
        for stretch in find_stretches(contracts=contracts, until=until)
    }
