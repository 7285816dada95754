"""The address to which players send what happened."""

import time
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from duanju.adapters.lake import SpoolFull
from duanju_web.theater.collecting import (
    BODY_BYTES_MAX,
    InvalidBeacon,
    TooLarge,
    decode_beacon,
    event_spool,
    receive_beacon,
)
from duanju_web.theater.grants import GrantExpired, InvalidGrant

RETRY_AFTER_S = 5
CONTENT_TYPES = ("text/plain", "application/json")
_STATUSES: dict[type[Exception], int] = {
    InvalidBeacon: 400,
    InvalidGrant: 403,
    GrantExpired: 403,
    TooLarge: 413,
    SpoolFull: 503,
}


# A beacon cannot carry a header, and needs no cookie: the signed grant in it is what is believed.
@csrf_exempt
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """Take in a beacon: 200 with the ids once they are durable, else what to do about it.

    After 400, 403 and 413 the same body will never be taken; after 503 it may be sent again.
    """
    if request.content_type not in CONTENT_TYPES:
        return _answer(415, {"code": "theater.beacon-type"})
    try:
        # One byte more than is allowed tells a body that is too large from one that just fits.
        beacon = decode_beacon(request.read(BODY_BYTES_MAX + 1))
        receipt = receive_beacon(beacon, spool=event_spool(), now_us=time.time_ns() // 1000)
    except tuple(_STATUSES) as error:
        response = _answer(_STATUSES[type(error)], {"code": error.code})
        if isinstance(error, SpoolFull):
            response["Retry-After"] = str(RETRY_AFTER_S)
        return response
    return _answer(200, {"accepted": receipt.accepted, "rejected": receipt.rejected})


def _answer(status: int, content: dict[str, Any]) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(content), status=status, content_type="application/json"
    )
