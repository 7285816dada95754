"""A statement of many titles.

reader, record = a_large_statement(500)
"""

from duanju.adapters.lake import microseconds
from duanju.kernel import Month
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.services import close_month
from duanju_web.shared.actor import Actor
from tests.support.agreements import (
    HALF_AFTER_FEES,
    OCTOBER_5,
    SEPTEMBER_NOON,
    UNLOCK_SHARE,
    a_deal,
    a_title_of,
    spooled,
)
from tests.support.events import an_unlock
from tests.support.people import an_actor

CHANNELS = ("web", "wechat_ios", "wechat_android")


def a_large_statement(titles: int) -> tuple[Actor, StatementRecord]:
    """Close September of one deal with so many titles, each unlocked once.

    Returns:
        The studio's accountant, and the statement with a line a title.
    """
    platform = an_actor("platform", role="accountant")
    studio = an_actor("studio", role="accountant")
    own = [a_title_of(studio, name=f"T{number}", chinese=f"剧{number}") for number in range(titles)]
    a_deal(platform, studio, own, policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    began_us = microseconds(SEPTEMBER_NOON)
    spooled(
        [
            an_unlock(
                amount_minor=100 + number,
                title_id=title.pk,
                seed=number,
                began_us=began_us,
                channel=CHANNELS[number % len(CHANNELS)],
            )
            for number, title in enumerate(own, start=1)
        ]
    )
    close = close_month(
        platform=platform.organisation, month=Month(2026, 9), actor=platform, now=OCTOBER_5
    )
    assert isinstance(close, Close), close
    return studio, StatementRecord.objects.get(close=close)
