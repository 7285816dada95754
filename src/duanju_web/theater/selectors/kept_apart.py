"""Events that were acknowledged and do not count, as the platform that settles may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from duanju.adapters.lake import Event, Lake
from duanju.kernel import Period
from duanju_web.deals.selectors import deals_begun
from duanju_web.shared.models import Organisation

EVENTS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class KeptApart:
    """A page of events kept apart.

    Attributes:
        events: In order of occurrence; the `refusal` of each is the reason.
        after: Where the next page goes on, None at the end.
        names: The names of the events' titles by number, as mappings from language to text.
    """

    events: Sequence[Event]
    after: str | None
    names: Mapping[int, Mapping[str, str]]


def find_kept_apart(*, platform: Organisation, period: Period, after: str | None) -> KeptApart:
    """Return a page of what was kept apart in a period, of titles under a platform's deals.

    Raises:
        InvalidCursor: `after` does not come from a page.
    """
    deals = deals_begun(platform=platform, before=period.end).order_by()
    titles = sorted(
        deals.exclude(titles=None).values_list("titles__pk", flat=True).distinct(),
    )
    if not titles:
        return KeptApart((), None, {})
    lake = Lake(settings.LAKE_FOLDER, spool=settings.SPOOL_FOLDER)
    page = lake.rejected(period=period, titles=titles, limit=EVENTS_A_PAGE, after=after)
    shown = {event.title_id for event in page.events}
    names = dict(deals.filter(titles__pk__in=shown).values_list("titles__pk", "titles__name"))
    return KeptApart(page.events, page.after, names)
