"""Which episodes stand open to whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from duanju_web.productions.selectors import episodes_of, published_titles
from duanju_web.theater.models import Unlock, Viewer

READY = "ready"


class Access(StrEnum):
    """How an episode stands to a viewer."""

    FREE = "free"
    UNLOCKED = "unlocked"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """An episode as a viewer sees it in the grid.

    Attributes:
        number: Its number in the title.
        access: Free, unlocked, or locked.
        duration_ms: Its length.
    """

    number: int
    access: Access
    duration_ms: int


def episode_access(*, title: Any, number: int, unlocked: Iterable[int]) -> Access:
    """Decide how an episode stands: the first ones are free, the others open for coins."""
    if number <= title.free_episode_count or title.episode_price_coins == 0:
        return Access.FREE
    return Access.UNLOCKED if number in unlocked else Access.LOCKED


def unlocked_numbers(*, viewer: Viewer | None, title: Any) -> frozenset[int]:
    """Return the numbers that a viewer unlocked, on this device or one merged into the account."""
    if viewer is None:
        return frozenset()
    return frozenset(
        _unlocks_of(viewer.pk)
        .filter(episode__title_id=title.pk)
        .values_list("episode__number", flat=True)
    )


def episode_views(*, viewer: Viewer | None, title: Any) -> tuple[EpisodeView, ...]:
    """Return a title's episodes that can be played, in order, as they stand to the viewer."""
    unlocked = unlocked_numbers(viewer=viewer, title=title)
    return tuple(
        EpisodeView(
            number=episode.number,
            access=episode_access(title=title, number=episode.number, unlocked=unlocked),
            duration_ms=episode.duration_ms or 0,
        )
        for episode in _ready(title)
    )


def locked_episodes(*, viewer: Viewer, title: Any) -> list[Any]:
    """Return the episodes that can be played but not yet by this viewer, in order."""
    unlocked = unlocked_numbers(viewer=viewer, title=title)
    return [
        episode
        for episode in _ready(title)
        if episode_access(title=title, number=episode.number, unlocked=unlocked) is Access.LOCKED
    ]


def may_watch(*, viewer_id: int, title_id: int, episode_number: int) -> bool:
    """Tell whether an episode stands open to a viewer; the collector of reports asks it."""
    title = published_titles().filter(pk=title_id).first()
    if title is None:
        return False
    if episode_access(title=title, number=episode_number, unlocked=()) is Access.FREE:
        return True
    return (
        _unlocks_of(viewer_id)
        .filter(episode__title_id=title_id, episode__number=episode_number)
        .exists()
    )


def _unlocks_of(viewer_id: int) -> QuerySet[Unlock]:
    return Unlock.objects.filter(Q(viewer=viewer_id) | Q(viewer__merged_into=viewer_id))


def _ready(title: Any) -> QuerySet[Any]:
    return episodes_of(title).filter(state=READY).order_by("number")
