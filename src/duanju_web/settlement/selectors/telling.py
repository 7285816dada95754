"""All that a month is settled on: deals, what the lake measured, what people recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from duanju.deals import Contract, Fact
from duanju.kernel import Month
from duanju.workflows import facts_of_measures
from duanju_web.deals.selectors import contract_of, deals_begun, reported_facts
from duanju_web.settlement.models import Close
from duanju_web.settlement.selectors.lake import measure_deals, open_lake, zone_of
from duanju_web.settlement.selectors.reports import report_facts
from duanju_web.shared.models import Organisation


@dataclass(frozen=True, slots=True)
class Told:
    """What a month is settled on.

    Attributes:
        deals: Those that began by then, by number.
        contracts: The same as the library has them.
        measured: What the lake measured of all their titles, and what others reported of them.
        reported: A deal's number to what people recorded of it.
    """

    deals: Mapping[str, Any]
    contracts: Sequence[Contract]
    measured: Sequence[Fact]
    reported: Mapping[str, Sequence[Fact]]


def gather(*, platform: Organisation, month: Month, close: Close | None) -> Told:
    """Return what a platform's month is settled on.

    Args:
        platform: Whose.
        month: Which; what happened before it is included.
        close: Of that month: then everything is as it was known at that moment; else as it is now.
    """
    zone = zone_of(platform)
    begun = deals_begun(platform=platform, before=month.period(zone).end)
    known_at = close.known_at if close else None
    deals = list(_signed(begun, known_at))
    contracts = [contract_of(deal, known_at=known_at) for deal in deals]
    position = close.lake_position if close else open_lake().position()
    measures = measure_deals(contracts=contracts, until=month, zone=zone, position=position)
    return Told(
        deals={deal.number: deal for deal in deals},
        contracts=contracts,
        measured=(
            *facts_of_measures(measures),
            *report_facts(platform=platform, until=month, known_at=known_at),
        ),
        reported=reported_facts(deals=deals, known_at=known_at),
    )


def _signed(begun: QuerySet[Any], known_at: datetime | None) -> QuerySet[Any]:
    return begun if known_at is None else begun.filter(signed_at__lte=known_at)
