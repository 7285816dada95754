"""What is on show."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from duanju_web.theater.api.schemas import Feed, Refusal, TitleDetail
from duanju_web.theater.api.words import no_such_episode
from duanju_web.theater.presenting import title_card
from duanju_web.theater.selectors import (
    episode_views,
    feed_page,
    place_in,
    places_in,
    watchable_title,
)
from duanju_web.theater.viewing import find_viewer

router = Router(tags=["catalogue"])


@router.get("feed", response=Feed, operation_id="feed")
def feed(request: HttpRequest, after: str = "") -> dict[str, Any]:
    """Return the titles that come next in the feed."""
    page = feed_page(after=after)
    places = places_in(viewer=find_viewer(request), titles=page.titles)
    return {
        "titles": [asdict(title_card(title, place=places.get(title.pk))) for title in page.titles],
        "next_key": page.next_key,
    }


@router.get("titles/{slug}", response={200: TitleDetail, 404: Refusal}, operation_id="title")
def detail(request: HttpRequest, slug: str) -> Status[Any]:
    """Return a title with its episodes as they stand to this viewer."""
    title = watchable_title(slug)
    if title is None:
        return Status(404, no_such_episode())
    viewer = find_viewer(request)
    told = {
        "title": asdict(title_card(title, place=place_in(viewer=viewer, title=title))),
        "price_coins": title.episode_price_coins,
        "episodes": [asdict(episode) for episode in episode_views(viewer=viewer, title=title)],
    }
    return Status(200, told)
