"""The whole demo world, from nothing to two closed months and an open one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.utils import translation

from duanju.adapters.lake import Event
from duanju.kernel import Month
from duanju_web.demo.services.bank_accounts import load_bank_accounts
from duanju_web.demo.services.deals import amend_a_deal, leave_offers_open, load_deals
from duanju_web.demo.services.people import load_people
from duanju_web.demo.services.remitting import load_remitting
from duanju_web.demo.services.scripts import load_script
from duanju_web.demo.services.spending import Spending, load_packs, load_spending
from duanju_web.demo.services.stages import load_stages
from duanju_web.demo.services.titles import load_title_rows
from duanju_web.demo.services.viewing import (
    PEOPLE,
    append_received,
    closing_moment,
    simulate_world,
)
from duanju_web.demo.viewing import FIRST_DAY, LAST_DAY, SEED
from duanju_web.demo.world import WorldTitle, load_titles
from duanju_web.productions.models import Episode, Title
from duanju_web.settlement.services import close_month
from duanju_web.shared.actor import Actor
from duanju_web.theater.services import seal_events

FOUNDED_AT = datetime(2026, 8, 20, 2, tzinfo=UTC)
CLOSED_MONTHS = (Month(2026, 9), Month(2026, 10))
PLATFORM_CURRENCIES = {"changhe": "CNY", "starisle": "CNY", "tidal": "USD"}
REMITTING_PLATFORM = "changhe"
WRITER = "lin-wan"
FIRST_MOMENT = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC)
LAST_MOMENT = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, tzinfo=UTC) + timedelta(days=2)


class DemoCloseRefused(RuntimeError):
    """The world's own months cannot be closed; the world must be mended."""

    code = "demo.close-refused"


Report = Callable[[str, int, int], None]
"""Called with a step's name, how much of it is done, and how much there is."""


def load_world(*, report: Report, people: int = PEOPLE) -> None:
    """Make everything that the demo shows; the media are drawn later, by the worker.

    Same code, same world: ids, dates, events and money come from fixed seeds and dates.

    Args:
        report: Told how far each step is; one step ends before the next begins.
        people: How many viewers are simulated.
    """
    with translation.override("en"):
        report("people", 0, 1)
        owners = load_people(now=FOUNDED_AT)
        load_bank_accounts(owners=owners, now=FOUNDED_AT)
        load_script(writer=owners[WRITER], now=FOUNDED_AT)
        report("people", 1, 1)
        world = load_titles(seed=SEED)
        titles = load_title_rows(
            world=world,
            owners=owners,
            first_moment=FIRST_MOMENT,
            on_progress=lambda done: report("titles", done, len(world)),
        )
        load_deals(world=world, titles=titles, owners=owners, now=FOUNDED_AT)
        events, spending = _simulate(world, titles, people, report)
        since = FOUNDED_AT
        for month in CLOSED_MONTHS:
            moment = closing_moment(month)
            _tell(f"viewing {month}", events, spending, since, moment, report)
            _close(month, moment, owners, report)
            since = moment
        amend_a_deal(owners=owners, now=since + timedelta(hours=1))
        accountant = owners[REMITTING_PLATFORM]
        load_remitting(platform=accountant, month=CLOSED_MONTHS[-1], now=since)
        load_stages(platform=accountant, now=since)
        _tell(f"viewing {CLOSED_MONTHS[-1].next()}", events, spending, since, LAST_MOMENT, report)
        seal_events(now=LAST_MOMENT)
        leave_offers_open(world=world, titles=titles, owners=owners, now=LAST_MOMENT)


def _simulate(
    world: Sequence[WorldTitle], titles: Mapping[str, Title], people: int, report: Report
) -> tuple[Sequence[Event], Spending]:
    """Simulate who watches and pays; nothing of it is told yet."""
    report("simulation", 0, 2)
    for currency in sorted(set(PLATFORM_CURRENCIES.values())):
        load_packs(currency)
    viewing = simulate_world(world=world, titles=titles, people=people)
    report("simulation", 1, 2)
    episodes = Episode.objects.values_list("pk", "title_id", "number")
    spending = load_spending(
        viewing=viewing,
        episode_ids={(title_id, number): pk for pk, title_id, number in episodes},
        currencies=PLATFORM_CURRENCIES,
        first_moment=FIRST_MOMENT,
    )
    report("simulation", 2, 2)
    return viewing.events, spending


def _tell(
    step: str,
    events: Sequence[Event],
    spending: Spending,
    since: datetime,
    until: datetime,
    report: Report,
) -> None:
    """Let players and wallets tell what was received in a stretch of time."""
    append_received(
        events=events,
        since=since,
        until=until,
        on_progress=lambda done, total: report(step, done, total),
    )
    spending.tell(since=since, until=until)


def _close(month: Month, moment: datetime, owners: Mapping[str, Actor], report: Report) -> None:
    """Let every platform close a month."""
    for number, slug in enumerate(PLATFORM_CURRENCIES):
        report(f"close {month}", number, len(PLATFORM_CURRENCIES))
        platform = owners[slug].organisation
        assert platform is not None
        close = close_month(platform=platform, month=month, actor=owners[slug], now=moment)
        if isinstance(close, tuple):
            raise DemoCloseRefused(f"{slug} {month}: {[problem.code for problem in close]}")
    report(f"close {month}", len(PLATFORM_CURRENCIES), len(PLATFORM_CURRENCIES))
