"""What closing a month would post: a decision, nothing of it is saved."""

from dataclasses import dataclass
from datetime import datetime

from duanju.deals import Contract
from duanju.kernel import Month, Problem
from duanju.settlement import Settlement
from duanju.workflows import settle_month
from duanju_web.deals.selectors import contract_of, deals_begun, reported_facts
from duanju_web.settlement.models import Close
from duanju_web.settlement.selectors.closes import last_close, next_month, posted_transactions
from duanju_web.settlement.selectors.lake import measure_deals, open_lake, zone_of
from duanju_web.settlement.selectors.reports import report_facts
from duanju_web.shared.models import Organisation


@dataclass(frozen=True, slots=True)
class Decision:
    """What a month comes to.

    Attributes:
        month: Which.
        position: Of the lake that was measured.
        settlement: Transactions, statements, and the problems of the deals that are left out.
        deal_ids: Deal's number to primary key.
        previous: The close before, or None.
    """

    month: Month
    position: int
    settlement: Settlement
    deal_ids: dict[str, int]
    previous: Close | None


def decide_month(
    *,
    platform: Organisation,
    month: Month,
    position: int | None = None,
    known_at: datetime | None = None,
) -> Decision:
    """Settle a month of a platform on what the lake knows, without saving anything.

    Args:
        platform: Whose deals.
        month: Which; not closed yet.
        position: Of the lake; by default what is sealed now.
        known_at: What people recorded later is not counted; by default nothing is later.
    """
    zone = zone_of(platform)
    at = open_lake().position() if position is None else position
    deals = list(deals_begun(platform=platform, before=month.period(zone).end))
    contracts: list[Contract] = [contract_of(deal, known_at=known_at) for deal in deals]
    measures = measure_deals(contracts=contracts, until=month, zone=zone, position=at)
    settlement = settle_month(
        contracts=contracts,
        measures_by_stretch=measures,
        posted=posted_transactions(platform),
        period=month,
        reported=reported_facts(deals=deals, known_at=known_at),
        told=report_facts(platform=platform, until=month, known_at=known_at),
    )
    ids = {deal.number: deal.pk for deal in deals}
    return Decision(month, at, settlement, ids, last_close(platform))


def find_close_obstacles(
    *, platform: Organisation, month: Month, now: datetime, may_be_early: bool = False
) -> tuple[Problem, ...]:
    """Return why a month cannot be closed now, apart from what its deals say.

    Args:
        platform: Whose month.
        month: Which.
        now: The time, aware.
        may_be_early: Whether a month that still runs may be closed; what happens in the rest of it
            is then a correction in the next.
    """
    period = month.period(zone_of(platform))
    if (period.start if may_be_early else period.end) > now:
        return (Problem("settlement.month-not-over", params={"month": str(month)}),)
    following = next_month(platform=platform, now=now)
    if following is None:
        return (Problem("settlement.no-deal", params={"month": str(month)}),)
    if month != following:
        params = {"month": str(month), "next": str(following)}
        return (Problem("settlement.another-month-first", params=params),)
    return ()
