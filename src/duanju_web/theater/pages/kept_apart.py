"""What was acknowledged in a month and does not count, each event with its reason."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.adapters.lake import Event, InvalidCursor
from duanju.kernel import Month, Problem
from duanju_web.shared.permissions import acting_as
from duanju_web.shared.problems import put_in_words
from duanju_web.theater.selectors.kept_apart import KeptApart, find_kept_apart

KINDS = {
    "start": pgettext_lazy("kind of event", "Start"),
    "progress": pgettext_lazy("kind of event", "Watching"),
    "end": pgettext_lazy("kind of event", "End"),
    "paywall": _("Paywall"),
    "unlock": pgettext_lazy("kind of event", "Unlock"),
}


@acting_as("platform")
def kept_apart(request: HttpRequest, period: str) -> HttpResponse:
    """List what does not count of a month, of titles under the platform's deals."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    zone = ZoneInfo(platform.time_zone)
    try:
        month = Month.parse(period)
        found = find_kept_apart(
            platform=platform, period=month.period(zone), after=request.GET.get("after") or None
        )
    except (ValueError, InvalidCursor):
        raise Http404 from None
    context = {
        "month": month,
        "rows": [_row(event, found, zone) for event in found.events],
        "after": found.after,
        "zone": platform.time_zone,
    }
    return render(request, "theater/kept_apart.html", context)


def _row(event: Event, found: KeptApart, zone: ZoneInfo) -> dict[str, Any]:
    occurred = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=event.occurred_at_us)
    return {
        "id": event.id,
        "at": occurred.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
        "title": found.names[event.title_id],
        "episode_number": event.episode_number,
        "kind": KINDS[event.kind],
        "viewer": f"{event.viewer_id & (1 << 64) - 1:016x}",
        "reason": put_in_words(Problem(event.refusal)),
    }
