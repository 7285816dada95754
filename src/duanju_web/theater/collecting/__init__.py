"""Taking in what players report, durable before it is acknowledged."""

from duanju_web.theater.collecting.answers import (
    CONTENT_TYPES,
    REFUSALS,
    Answer,
    WrongRequest,
    answer_receipt,
    answer_refusal,
)
from duanju_web.theater.collecting.beacon import (
    BODY_BYTES_MAX,
    EVENTS_MAX,
    Beacon,
    InvalidBeacon,
    Refusal,
    TooLarge,
    decode_beacon,
)
from duanju_web.theater.collecting.folders import event_lake, event_spool
from duanju_web.theater.collecting.receiving import (
    Arrival,
    Receipt,
    open_beacon,
    receive_beacon,
)

__all__ = [
    "BODY_BYTES_MAX",
    "CONTENT_TYPES",
    "EVENTS_MAX",
    "REFUSALS",
    "Answer",
    "Arrival",
    "Beacon",
    "InvalidBeacon",
    "Receipt",
    "Refusal",
    "TooLarge",
    "WrongRequest",
    "answer_receipt",
    "answer_refusal",
    "decode_beacon",
    "event_lake",
    "event_spool",
    "open_beacon",
    "receive_beacon",
]
