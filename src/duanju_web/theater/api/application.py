"""The API with its guards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import APIKeyCookie

from duanju.kernel import Problem
from duanju_web.shared.problems import put_in_words
from duanju_web.theater.api.catalogue import router as catalogue
from duanju_web.theater.api.coins import router as coins
from duanju_web.theater.api.plays import router as plays
from duanju_web.theater.grants import GrantExpired, InvalidGrant
from duanju_web.theater.lots import NotEnoughCoins
from duanju_web.theater.services import (
    KeyUsedOtherwise,
    NoSuchPack,
    NothingToUnlock,
    OverDailyCap,
)
from duanju_web.theater.viewing import VIEWER_COOKIE


class SameSite(APIKeyCookie):
    """Lets everybody in, known or not, but changes nothing without the page's CSRF token."""

    param_name = VIEWER_COOKIE

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002
        """Accept; who watches is found out where it matters."""
        return True


api = NinjaAPI(
    title="Duanju theater",
    version="1",
    description="Titles on show, playing, unlocking and coins. Send the page's CSRF token in the "
    "header X-CSRFToken with every request that changes something.",
    auth=SameSite(),
    docs_url=None,
    urls_namespace="theater_api",
)
api.add_router("", catalogue)
api.add_router("", plays)
api.add_router("", coins)

_STATUS = {
    NotEnoughCoins: 402,
    OverDailyCap: 409,
    KeyUsedOtherwise: 409,
    NothingToUnlock: 409,
    NoSuchPack: 404,
    InvalidGrant: 403,
    GrantExpired: 403,
}


def _refuse(request: HttpRequest, error: Any) -> HttpResponse:
    params = {
        name: getattr(error, name)
        for name in ("balance_coins", "price_coins", "cap_coins")
        if hasattr(error, name)
    }
    words = put_in_words(Problem(code=error.code, params=params))
    return api.create_response(
        request,
        {"code": words.code, "sentence": words.sentence, "hint": words.hint},
        status=_STATUS[type(error)],
    )


for refused in _STATUS:
    api.exception_handler(refused)(_refuse)
