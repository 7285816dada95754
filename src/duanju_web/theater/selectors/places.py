"""Where viewers are in the titles."""

from typing import Any

from duanju_web.theater.models import Viewer, WatchProgress

CONTINUE_SHOWN = 12


def continue_watching(*, viewer: Viewer | None) -> list[WatchProgress]:
    """Return the places of the titles that a viewer watched last, newest first."""
    if viewer is None:
        return []
    return list(
        WatchProgress.objects.filter(viewer=viewer, title__state="published")
        .select_related("title")
        .order_by("-updated_at")[:CONTINUE_SHOWN]
    )


def place_in(*, viewer: Viewer | None, title: Any) -> WatchProgress | None:
    """Return where a viewer is in a title, or None."""
    if viewer is None:
        return None
    return WatchProgress.objects.filter(viewer=viewer, title=title).first()


def places_in(*, viewer: Viewer | None, titles: tuple[Any, ...]) -> dict[int, WatchProgress]:
    """Return where a viewer is in several titles, by the title's number."""
    if viewer is None:
        return {}
    found = WatchProgress.objects.filter(viewer=viewer, title_id__in=[t.pk for t in titles])
    return {place.title_id: place for place in found}
