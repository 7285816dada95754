"""Finds out for whom a request acts."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from duanju_web.shared.selectors import find_actor

ACTING_ORGANISATION_KEY = "acting_organisation"


class ActorMiddleware:
    """Sets `request.actor`, read from the session at first use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor and go on."""
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: find_actor(
                user=request.user, organisation_id=request.session.get(ACTING_ORGANISATION_KEY)
            )
        )
        return self.get_response(request)
