"""Episodes of titles."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from duanju_web.productions.models import Episode, EpisodeState, Title

ACTIVE_STATES = (EpisodeState.WAITING, EpisodeState.PACKAGING)


def episodes_of(title: Title) -> QuerySet[Episode]:
    """Return a title's episodes by number, whatever their state."""
    return Episode.objects.filter(title=title).order_by("number")


def active_episodes_of(title: Title) -> QuerySet[Episode]:
    """Return the episodes that wait for packaging or are in it."""
    return episodes_of(title).filter(state__in=ACTIVE_STATES)


def count_episodes_by_state(*, slugs: Sequence[str]) -> dict[str, int]:
    """Return how many episodes of some titles are in each state that any of them is in."""
    rows = (
        Episode.objects.filter(title__slug__in=slugs)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    return {str(state): count for state, count in rows}
