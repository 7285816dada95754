"""How a platform of the demo closes its months: in stages, and above a sum by two people."""

from datetime import datetime

from duanju.kernel import Money
from duanju.settlement import CloseCalendar
from duanju_web.settlement.services import set_closing_rules
from duanju_web.shared.actor import Actor

SECOND_ABOVE = Money(500_000, "CNY")
"""5,000 yuan; other currencies always take two."""


def load_stages(*, platform: Actor, now: datetime) -> None:
    """Give a platform the calendar that iQIYI was reported to use."""
    assert platform.organisation is not None
    set_closing_rules(
        platform=platform.organisation,
        calendar=CloseCalendar(),
        second_above=[SECOND_ABOVE],
        actor=platform,
        now=now,
    )
