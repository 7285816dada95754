"""The address to which players send what happened, in the server that answers pages.

The collector answers at the same path with the same words, and takes far more of them.
"""

import time

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from duanju_web.theater.collecting import (
    BODY_BYTES_MAX,
    CONTENT_TYPES,
    REFUSALS,
    Answer,
    Receipt,
    WrongRequest,
    answer_receipt,
    answer_refusal,
    event_spool,
    receive_beacon,
)


# A beacon cannot carry a header, and needs no cookie: the signed grant in it is what is believed.
@csrf_exempt
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """Take in a beacon: 200 with the ids once they are durable, else what to do about it.

    After 400, 403 and 413 the same body will never be taken; after 503 it may be sent again.
    """
    try:
        return _response(answer_receipt(_receive(request)))
    except REFUSALS as error:
        return _response(answer_refusal(error))


def _receive(request: HttpRequest) -> Receipt:
    if request.content_type not in CONTENT_TYPES:
        raise WrongRequest("theater.beacon-type")
    # One byte more than is allowed tells a body that is too large from one that just fits.
    body = request.read(BODY_BYTES_MAX + 1)
    return receive_beacon(body, spool=event_spool(), now_us=time.time_ns() // 1000)


def _response(answer: Answer) -> HttpResponse:
    return HttpResponse(
        answer.body,
        status=answer.status,
        content_type=answer.content_type,
        headers=dict(answer.headers),
    )
