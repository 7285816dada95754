"""Plays that were taken back as fraud, as the platform that settles sees them."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from duanju.adapters.lake import Event
from duanju.kernel import Period
from duanju_web.deals.selectors import deals_begun
from duanju_web.shared.models import Organisation
from duanju_web.theater.collecting import event_lake
from duanju_web.theater.models import EventCorrection


def find_own_events(platform: Organisation, event_ids: Sequence[str]) -> tuple[Event, ...]:
    """Return those of the events that count or counted, of titles under a platform's deals."""
    deals = deals_begun(platform=platform, before=timezone.now()).order_by()
    titles = set(deals.exclude(titles=None).values_list("titles__pk", flat=True).distinct())
    found = event_lake().find_events(event_ids)
    return tuple(event for event in found if event.title_id in titles)


def last_words(platform: Organisation, event_ids: Sequence[str]) -> dict[str, EventCorrection]:
    """Return what was last said of each event of which something was said."""
    said = EventCorrection.objects.filter(platform=platform, event_id__in=event_ids)
    return {str(own.event_id): own for own in said.order_by("at", "id")}


def words_of_month(platform: Organisation, period: Period) -> QuerySet[EventCorrection]:
    """Return all that was said of events of a period, the last said first."""
    said = EventCorrection.objects.filter(
        platform=platform, occurred_at__gte=period.start, occurred_at__lt=period.end
    )
    return said.select_related("title", "by").order_by("-at", "-occurred_at", "-id")


def corrections_to_carry(*, limit: int) -> list[EventCorrection]:
    """Return what the lake does not have yet, oldest first."""
    return list(EventCorrection.objects.filter(carried_at=None).order_by("at", "id")[:limit])
