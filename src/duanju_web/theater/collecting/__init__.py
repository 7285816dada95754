"""Taking in what players report, durable before it is acknowledged."""

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
from duanju_web.theater.collecting.receiving import Receipt, receive_beacon

__all__ = [
    "BODY_BYTES_MAX",
    "EVENTS_MAX",
    "Beacon",
    "InvalidBeacon",
    "Receipt",
    "Refusal",
    "TooLarge",
    "decode_beacon",
    "event_lake",
    "event_spool",
    "receive_beacon",
]
