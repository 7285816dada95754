"""The stage: the feed of titles, and one title episode by episode."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from duanju_web.shared.content_policy import content_policy
from duanju_web.theater.beacon_addresses import OWN_PATH, collector_addresses, origins_of
from duanju_web.theater.payments import payment_provider
from duanju_web.theater.presenting import TitleCard, title_card
from duanju_web.theater.selectors import (
    episode_views,
    feed_page,
    place_in,
    places_in,
    wallet_of,
    watchable_title,
)
from duanju_web.theater.viewing import find_viewer, time_ms

POSITION_MS_MAX = 86_400_000


def feed(request: HttpRequest) -> HttpResponse:
    """Show the feed; its first titles stand in the page itself, posters first."""
    viewer = find_viewer(request)
    page = feed_page()
    places = places_in(viewer=viewer, titles=page.titles)
    cards = [title_card(title, place=places.get(title.pk)) for title in page.titles]
    return _stage(request, mode="feed", cards=cards, more={"next_key": page.next_key})


def watch(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one title at an episode, and at `?t=seconds` in it."""
    title = watchable_title(slug)
    viewer = find_viewer(request)
    episodes = episode_views(viewer=viewer, title=title) if title else ()
    if number not in {episode.number for episode in episodes}:
        raise Http404
    place = place_in(viewer=viewer, title=title)
    card = title_card(title, place=place)
    start_ms = _asked_position_ms(request.GET.get("t", ""))
    if start_ms is None:
        start_ms = place.position_ms if place and place.episode_number == number else 0
    return _stage(
        request,
        mode="watch",
        cards=[card],
        episodes=[asdict(episode) for episode in episodes],
        more={"number": number, "position_ms": start_ms},
    )


def _stage(
    request: HttpRequest,
    *,
    mode: str,
    cards: list[TitleCard],
    more: dict[str, Any],
    episodes: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    collectors = collector_addresses(request)
    provider = payment_provider()
    wallet = wallet_of(find_viewer(request))
    start = {
        "mode": mode,
        "api": reverse("theater_api:api-root"),
        "collectors": collectors,
        "events": OWN_PATH,
        "csrf_token": get_token(request),
        "language": get_language(),
        "now_ms": time_ms(timezone.now()),
        **more,
    }
    context = {
        "mode": mode,
        "cards": cards,
        "card": cards[0] if cards else None,
        "episodes": episodes or [],
        "number": more.get("number"),
        "start": start,
        "balance_coins": wallet.balance_coins if wallet else 0,
        "sandbox": provider is not None and not provider.real_money,
    }
    response = render(request, "theater/stage.html", context)
    response["Content-Security-Policy"] = content_policy(connect=origins_of(collectors))
    return response


def _asked_position_ms(seconds: str) -> int | None:
    if not seconds.isascii() or not seconds.isdigit() or len(seconds) > 6:
        return None
    return min(int(seconds) * 1000, POSITION_MS_MAX)
