"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Membership
from duanju_web.shared.navigation import Destination, destinations_of
from duanju_web.shared.selectors import memberships_of

THEMES = ("light", "dark")


class Chrome:
    """What frames a page; each part is read only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request."""
        self._request = request
        self._actor: Actor = getattr(request, "actor", None) or Actor()

    @property
    def theme(self) -> str:
        """`light` or `dark` as chosen by the reader, empty to follow the device."""
        chosen = self._request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def destinations(self) -> list[tuple[Destination, bool]]:
        """The navigation's entries, each with whether this page belongs to it."""
        entries = destinations_of(self._actor)
        current = max(
            (entry for entry in entries if entry.contains(self._request.path)),
            key=lambda entry: len(entry.address),
            default=None,
        )
        return [(entry, entry == current) for entry in entries]

    @property
    def memberships(self) -> list[Membership]:
        """For whom the person could act."""
        return list(memberships_of(self._actor.user)) if self._actor.user else []


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Give templates the actor, what frames the page, and whether this is the demo."""
    return {
        "actor": getattr(request, "actor", None),
        "chrome": Chrome(request),
        "demo": settings.DEMO,
    }
