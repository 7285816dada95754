"""What a player hears, whichever door its beacon came through."""

from dataclasses import dataclass

import msgspec

from duanju.adapters.lake import SpoolFull
from duanju.kernel import Problem
from duanju_web.shared.problems import put_in_words
from duanju_web.theater.collecting.beacon import (
    BODY_BYTES_MAX,
    EVENTS_MAX,
    InvalidBeacon,
    TooLarge,
)
from duanju_web.theater.collecting.receiving import Receipt
from duanju_web.theater.grants import GrantExpired, InvalidGrant

RETRY_AFTER_S = 5
CONTENT_TYPES = ("text/plain", "application/json")
_PROBLEM_TYPE = "application/problem+json"
_STATUSES = {
    InvalidBeacon.code: 400,
    InvalidGrant.code: 403,
    GrantExpired.code: 403,
    "theater.no-such-address": 404,
    "theater.beacon-method": 405,
    "theater.beacon-too-slow": 408,
    TooLarge.code: 413,
    "theater.beacon-type": 415,
    "theater.beacon-not-taken": 503,
    SpoolFull.code: 503,
}
_HEADERS = {405: (("allow", "POST"),), 503: (("retry-after", str(RETRY_AFTER_S)),)}


class WrongRequest(Exception):
    """A request that carries no beacon as this address takes them; the code says why."""

    def __init__(self, code: str) -> None:
        """Keep the problem's code."""
        super().__init__(code)
        self.code = code


REFUSALS = (InvalidBeacon, InvalidGrant, GrantExpired, TooLarge, SpoolFull, WrongRequest)
"""What may go wrong with a beacon, and has an answer that says what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a beacon.

    Attributes:
        status: 200, or after 503 and 408 the same body may be sent again, else never.
        content_type: Of the body.
        body: What is said.
        headers: Others, names in lower case.
    """

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def answer_receipt(receipt: Receipt) -> Answer:
    """Say what became durable."""
    told = {"accepted": receipt.accepted, "rejected": receipt.rejected}
    return Answer(200, "application/json", msgspec.json.encode(told))


def answer_refusal(error: Exception) -> Answer:
    """Say what is wrong, where, and what to do, in the active language.

    The form is that of problem details (RFC 9457), with the members `code`, `where` and `hint`.

    Args:
        error: One of `REFUSALS`.
    """
    code = str(error.code)  # type: ignore[attr-defined]
    params = {"bytes": BODY_BYTES_MAX, "events": EVENTS_MAX}
    words = put_in_words(Problem(code, params=params))
    status = _STATUSES[code]
    problem = {
        "type": "about:blank",
        "title": words.sentence,
        "status": status,
        "code": code,
        "where": getattr(error, "where", ""),
        "hint": words.hint,
    }
    return Answer(status, _PROBLEM_TYPE, msgspec.json.encode(problem), _HEADERS.get(status, ()))
