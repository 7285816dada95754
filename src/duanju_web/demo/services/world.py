"""The whole demo world, from nothing to two closed months and an open one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation

from duanju.adapters.lake import Event
from duanju.kernel import Month
from duanju_web.demo.services.deals import leave_offers_open, load_deals
from duanju_web.demo.services.drawing import queue_drawing
from duanju_web.demo.services.people import load_people
from duanju_web.demo.services.spending import Spending, load_packs, load_spending
from duanju_web.demo.services.titles import load_title_rows
from duanju_web.demo.services.viewing import (
    append_received,
    closing_moment,
    simulate_world,
)
from duanju_web.demo.viewing import FIRST_DAY, LAST_DAY, SEED
from duanju_web.demo.world import load_titles
from duanju_web.productions.models import Episode
from duanju_web.settlement.services import close_month
from duanju_web.shared.actor import Actor
from duanju_web.theater.services import seal_events

FOUNDED_AT = datetime(2026, 8, 20, 2, tzinfo=UTC)
CLOSED_MONTHS = (Month(2026, 9), Month(2026, 10))
PLATFORM_CURRENCIES = {"changhe": "CNY", "starisle": "CNY", "tidal": "USD"}
LAST_MOMENT = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, tzinfo=UTC) + timedelta(days=2)


class DemoCloseRefused(RuntimeError):
    """The world's own months cannot be closed; the world must be mended."""

    code = "demo.close-refused"


Report = Callable[[str, int, int], None]
"""Called with a step's name, how much of it is done, and how much there is."""


def load_world(*, report: Report) -> None:
    """Make everything that the demo shows; the media are drawn later, by the worker.

    Same code, same world: ids, dates, events and money come from fixed seeds and dates.

    Args:
        report: Told how far each step is.
    """
    with translation.override("en"):
        report("people", 0, 1)
        owners = load_people(now=FOUNDED_AT)
        report("people", 1, 1)
        world = load_titles(seed=SEED)
        report("titles", 0, 1)
        first_moment = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC)
        titles = load_title_rows(world=world, owners=owners, first_moment=first_moment)
        report("titles", 1, 1)
        load_deals(world=world, titles=titles, owners=owners, now=FOUNDED_AT)
        for currency in sorted(set(PLATFORM_CURRENCIES.values())):
            load_packs(currency)
        report("viewing", 0, 1)
        viewing = simulate_world(world=world, titles=titles)
        episode_ids = {
            (title_id, number): pk
            for pk, title_id, number in Episode.objects.values_list("pk", "title_id", "number")
        }
        spending = load_spending(
            viewing=viewing,
            episode_ids=episode_ids,
            currencies=PLATFORM_CURRENCIES,
            first_moment=first_moment,
        )
        report("viewing", 1, 1)
        _fill_and_close(viewing.events, spending, owners, report)
        leave_offers_open(world=world, titles=titles, owners=owners, now=LAST_MOMENT)
        queue_drawing()


def _fill_and_close(
    events: Sequence[Event], spending: Spending, owners: Mapping[str, Actor], report: Report
) -> None:
    """Tell the events as they were received, and close each month at its time."""
    done, total = 0, len(events)

    def advance(count: int) -> None:
        nonlocal done
        done += count
        report("events", done, total)

    since = FOUNDED_AT
    for month in CLOSED_MONTHS:
        moment = closing_moment(month)
        append_received(events=events, since=since, until=moment, on_progress=advance)
        spending.tell(since=since, until=moment)
        for number, slug in enumerate(PLATFORM_CURRENCIES):
            report(f"close {month}", number, len(PLATFORM_CURRENCIES))
            platform = owners[slug].organisation
            assert platform is not None
            assert month.period(ZoneInfo(platform.time_zone)).end <= moment
            close = close_month(platform=platform, month=month, actor=owners[slug], now=moment)
            if isinstance(close, tuple):
                raise DemoCloseRefused(f"{slug} {month}: {[problem.code for problem in close]}")
        report(f"close {month}", len(PLATFORM_CURRENCIES), len(PLATFORM_CURRENCIES))
        since = moment
    append_received(events=events, since=since, until=LAST_MOMENT, on_progress=advance)
    spending.tell(since=since, until=LAST_MOMENT)
    seal_events(now=LAST_MOMENT)
