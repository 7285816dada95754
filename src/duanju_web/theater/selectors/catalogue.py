"""Titles on show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from duanju_web.productions.selectors import episodes_of, published_titles
from duanju_web.theater.selectors.access import READY

FEED_PAGE_SIZE = 8
BROWSE_PAGE_SIZE = 24


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Some titles of the feed, newest first.

    Attributes:
        titles: With `ready_count`, `first_number` and `last_number`.
        next_key: What to ask for the next page with, or an empty string at the end.
    """

    titles: tuple[Any, ...]
    next_key: str


def _ready_episodes() -> QuerySet[Any]:
    """The episodes that can be played of the title of an outer query."""
    outer: Any = OuterRef("pk")
    return episodes_of(outer).filter(state=READY).order_by()


def _number_of(aggregate: Aggregate, *, among: QuerySet[Any]) -> Coalesce:
    counted = among.values("title").annotate(number=aggregate).values("number")
    return Coalesce(Subquery(counted), 0)


def _with_episodes(titles: QuerySet[Any]) -> QuerySet[Any]:
    """Tell with each title what of it can be played.

    Subqueries, not joins: a page then counts the episodes of its own few titles only.
    """
    outer: Any = OuterRef("pk")
    ready = _ready_episodes()
    return titles.annotate(
        listed_count=_number_of(Count("pk"), among=episodes_of(outer).order_by()),
        ready_count=_number_of(Count("pk"), among=ready),
        first_number=_number_of(Min("number"), among=ready),
        last_number=_number_of(Max("number"), among=ready),
    )


def _on_show() -> QuerySet[Any]:
    """Published titles of which at least one episode can be played."""
    return _with_episodes(published_titles().filter(Exists(_ready_episodes())))


def feed_page(*, after: str = "", size: int = FEED_PAGE_SIZE) -> FeedPage:
    """Return the titles that stand behind a key in the feed.

    The key names the last title seen, so what is published meanwhile shifts nothing.
    """
    titles = _on_show().order_by("-published_at", "-pk")
    place = _read_key(after)
    if place is not None:
        moment, number = place
        titles = titles.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=number))
    found = tuple(titles[: size + 1])
    more = len(found) > size
    found = found[:size]
    return FeedPage(titles=found, next_key=_key_of(found[-1]) if more else "")


def browse_titles(*, genre: str = "", orientation: str = "") -> QuerySet[Any]:
    """Return the published titles of a genre and a shape, what can be played first, then newest."""
    titles = _with_episodes(published_titles().annotate(playable=Exists(_ready_episodes())))
    titles = titles.order_by("-playable", "-published_at", "-pk")
    if genre:
        titles = titles.filter(genre=genre)
    if orientation:
        titles = titles.filter(orientation=orientation)
    return titles


def genres_on_show() -> dict[str, Any]:
    """Return the genres of which something is published, by code, each with its label."""
    titles = published_titles()
    labels = dict(titles.model._meta.get_field("genre").flatchoices)
    codes = titles.order_by("genre").values_list("genre", flat=True).distinct()
    return {code: labels.get(code, code) for code in codes}


def watchable_title(slug: str) -> Any | None:
    """Return a title on show by its slug, or None."""
    return _on_show().filter(slug=slug).first()


def published_title(slug: str) -> Any | None:
    """Return a published title by its slug, whether anything of it can be played or not."""
    return _with_episodes(published_titles()).filter(slug=slug).first()


def ready_episode(*, title: Any, number: int) -> Any | None:
    """Return an episode that can be played, or None."""
    return episodes_of(title).filter(state=READY, number=number).first()


def ready_episode_of(*, title_id: int, number: int) -> Any | None:
    """Return an episode of a title on show by the title's number, or None."""
    title = published_titles().filter(pk=title_id).first()
    return title and ready_episode(title=title, number=number)


def _key_of(title: Any) -> str:
    return f"{title.published_at.isoformat()}~{title.pk}"


def _read_key(key: str) -> tuple[datetime, int] | None:
    moment, _separator, number = key.partition("~")
    try:
        return datetime.fromisoformat(moment.replace(" ", "+")), int(number)
    except ValueError:
        return None
