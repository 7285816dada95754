"""Finding out who watches: the account, else the device by a signed cookie."""

from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from duanju_web.theater.models import Viewer
from duanju_web.theater.selectors import device_viewer, viewer_of_user
from duanju_web.theater.services import create_viewer, link_viewer

VIEWER_COOKIE = "duanju_viewer"
VIEWER_COOKIE_LIFETIME_S = 400 * 24 * 3600
"""The longest that browsers keep a cookie."""
_SALT = "duanju.theater.viewer"


def find_viewer(request: HttpRequest) -> Viewer | None:
    """Return who watches, or None for somebody who has not played anything yet."""
    if not hasattr(request, "theater_viewer"):
        user = getattr(request, "user", None)
        found = viewer_of_user(user.pk) if user and user.is_authenticated else _device(request)
        request.theater_viewer = found  # type: ignore[attr-defined]
    return request.theater_viewer  # type: ignore[attr-defined,no-any-return]


def require_viewer(request: HttpRequest, response: HttpResponseBase) -> Viewer:
    """Return who watches; a newcomer gets a pseudonym, kept in a cookie of the device."""
    viewer = find_viewer(request)
    if viewer is None:
        user = request.user
        viewer = create_viewer(user=user if user.is_authenticated else None, now=timezone.now())
        request.theater_viewer = viewer  # type: ignore[attr-defined]
        if not user.is_authenticated:
            response.set_signed_cookie(  # type: ignore[attr-defined]
                VIEWER_COOKIE,
                str(viewer.pk),
                salt=_SALT,
                max_age=VIEWER_COOKIE_LIFETIME_S,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
    return viewer


def adopt_device(sender: Any, request: HttpRequest | None, user: Any, **_rest: Any) -> None:  # noqa: ARG001
    """Give what the device watched and bought to the account that just logged in."""
    device = _device(request) if request is not None else None
    if device is not None:
        link_viewer(device=device, user=user, now=timezone.now())


def time_ms(moment: datetime) -> int:
    """Return an aware time as whole milliseconds since the Unix epoch."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def _device(request: HttpRequest) -> Viewer | None:
    try:
        kept = request.get_signed_cookie(VIEWER_COOKIE, salt=_SALT)
    except (KeyError, signing.BadSignature):
        return None
    return device_viewer(int(kept))
