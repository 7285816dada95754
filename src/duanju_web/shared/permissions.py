"""Who may open a page: the acting organisation's kind and the member's role decide."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from duanju_web.shared.actor import Actor

View = Callable[..., HttpResponseBase]


def acting_as(*kinds: str, roles: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Open a page to members acting for an organisation of one of these kinds.

    Visitors are sent to log in. For everybody else the page does not exist (404), so that nothing
    is learnt from trying.

    Args:
        kinds: Organisation kinds; none means any organisation.
        roles: Roles besides `owner`, which is always let in; none means every member.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if actor.user is None:
                return redirect_to_login(request.get_full_path())
            if not may_act(actor, kinds=kinds, roles=roles):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def may_act(actor: Actor, *, kinds: tuple[str, ...] = (), roles: tuple[str, ...] = ()) -> bool:
    """Tell whether the actor's membership fits; pages use it to show or hide an action."""
    if actor.membership is None or (kinds and actor.kind not in kinds):
        return False
    return not roles or actor.role == "owner" or actor.role in roles
