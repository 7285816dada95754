"""Finding titles: the browse grid and each title's own page."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duanju_web.theater.media_files import file_below, serve_file
from duanju_web.theater.presenting import rest_of_series, title_card
from duanju_web.theater.selectors import (
    browse_titles,
    continue_watching,
    episode_views,
    genres_on_show,
    media_folder,
    place_in,
    places_in,
    poster_file,
    published_title,
)
from duanju_web.theater.selectors.catalogue import BROWSE_PAGE_SIZE
from duanju_web.theater.viewing import find_viewer

POSTER_CACHE = "public, max-age=86400"
ORIENTATIONS = ("vertical", "horizontal")


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """Show all titles on show, by genre and shape, with what the viewer was watching on top."""
    viewer = find_viewer(request)
    genres = genres_on_show()
    genre = request.GET.get("genre", "")
    orientation = request.GET.get("orientation", "")
    titles = browse_titles(
        genre=genre if genre in genres else "",
        orientation=orientation if orientation in ORIENTATIONS else "",
    )
    page = Paginator(titles, BROWSE_PAGE_SIZE).get_page(request.GET.get("page"))
    shown = tuple(page.object_list)
    places = places_in(viewer=viewer, titles=shown)
    return render(
        request,
        "theater/browse.html",
        {
            "page": page,
            "cards": [title_card(title, place=places.get(title.pk)) for title in shown],
            "continued": continue_watching(viewer=viewer) if page.number == 1 else [],
            "genre": genre,
            "orientation": orientation,
            "genres": [("", ""), *genres.items()],
        },
    )


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a title: what it is about, its filing number, its labels, its episodes."""
    title = published_title(slug)
    if title is None:
        raise Http404
    viewer = find_viewer(request)
    place = place_in(viewer=viewer, title=title)
    episodes = episode_views(viewer=viewer, title=title)
    return render(
        request,
        "theater/title.html",
        {
            "title": title,
            "card": title_card(title, place=place),
            "place": place,
            "episodes": episodes,
            "rest": rest_of_series(episodes, price_coins=title.episode_price_coins),
        },
    )


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Serve a title's poster, to anybody."""
    title = published_title(slug)
    file = poster_file(title) if title else None
    if file is None:
        raise Http404
    path = file_below(media_folder(), file)
    return serve_file(request, path, cache_control=POSTER_CACHE)
