"""Bringing simulated viewing into the lake, month by month, and closing the books."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from django.conf import settings

from duanju.adapters.lake import Event, Spool, microseconds
from duanju.kernel import Month
from duanju_web.demo.viewing import ShownTitle, Viewing, simulate_viewing
from duanju_web.demo.world import WorldTitle
from duanju_web.productions.models import Title

PEOPLE = 24_000
APPEND_AT_ONCE = 2_000
ABROAD = "tidal"
CHANNELS_AT_HOME = (("wechat_android", 5), ("wechat_ios", 4), ("web", 1))
CHANNELS_ABROAD = (("app_store", 5), ("google_play", 4))


def simulate_world(
    *, world: Sequence[WorldTitle], titles: Mapping[str, Title], people: int = PEOPLE
) -> Viewing:
    """Simulate the viewing of all titles."""
    shown = [_shown(title, titles[title.slug].pk) for title in world]
    return simulate_viewing(titles=shown, people=people)


def append_received(
    *,
    events: Sequence[Event],
    since: datetime,
    until: datetime,
    on_progress: Callable[[int, int], None],
) -> None:
    """Append to the spool what was received in a half-open stretch of time, oldest first."""
    since_us, until_us = microseconds(since), microseconds(until)
    received = sorted(
        (event for event in events if since_us <= event.received_at_us < until_us),
        key=lambda event: event.id,
    )
    spool = Spool(settings.SPOOL_FOLDER, max_bytes=settings.SPOOL_MAX_BYTES)
    for start in range(0, len(received), APPEND_AT_ONCE):
        chunk = received[start : start + APPEND_AT_ONCE]
        spool.append(chunk)
        on_progress(start + len(chunk), len(received))
    spool.close()


def closing_moment(month: Month) -> datetime:
    """Return when the demo's platforms closed a month: on the third day of the next."""
    after = month.next()
    return datetime(after.year, after.number, 3, 10, tzinfo=UTC)


def _shown(title: WorldTitle, title_id: int) -> ShownTitle:
    abroad = title.platform == ABROAD
    return ShownTitle(
        title_id=title_id,
        audience=title.platform,
        lengths_ms=title.lengths_ms,
        free_episode_count=title.free_episode_count,
        price_coins=title.price_coins,
        weight=title.weight,
        first_day=title.first_day,
        channels=CHANNELS_ABROAD if abroad else CHANNELS_AT_HOME,
        territory="US" if abroad else "CN",
        language="en" if abroad else "zh-Hans",
        utc_offset_h=-8 if abroad else 8,
    )
