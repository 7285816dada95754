"""The plain format of a spool file: frames of JSON lines, each with its length and checksum.

A frame is a line of two hexadecimal numbers of eight digits, the length and the CRC-32 of what
follows, and then that many bytes: events, or corrections of events, one JSON object a line. What a
killed process left behind its last whole frame was never acknowledged and is not read.
"""

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from duanju.adapters.lake.correction import Correction
from duanju.adapters.lake.event import Event, InvalidEvent

HEADER_BYTES = 18
FRAME_BYTES_MAX = 64 * 1024 * 1024
"""A length beyond this is no length but damage."""

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Event)
_CORRECTIONS = msgspec.json.Decoder(Correction)
_CORRECTS = b'"corrects"'


def encode_frame(told: Sequence[Event] | Sequence[Correction]) -> bytes:
    """Write what was told as one frame, having read it back to know that it is within its limits.

    Raises:
        InvalidEvent: A value lies outside its limits, so that it could not be sealed.
    """
    payload = _ENCODER.encode_lines(told)
    try:
        (_CORRECTIONS if holds_corrections(payload) else _DECODER).decode_lines(payload)
    except msgspec.ValidationError as error:
        raise InvalidEvent(str(error)) from None
    return b"%08x %08x\n" % (len(payload), zlib.crc32(payload)) + payload


def holds_corrections(payload: bytes) -> bool:
    """Say whether a frame is of corrections; quotes within the texts of events are escaped."""
    return _CORRECTS in payload


def read_payloads(path: Path, *, offset: int) -> Iterator[tuple[int, bytes]]:
    """Read the whole frames of a file from an offset on, up to its end or its first torn frame.

    Yields:
        The offset behind each frame, and the JSON lines in it.
    """
    with path.open("rb") as file:
        file.seek(offset)
        while (payload := _next_payload(file)) is not None:
            offset += HEADER_BYTES + len(payload)
            yield offset, payload


def read_events(path: Path) -> Iterator[Event]:
    """Read the events of a file's whole frames, in the order in which they were written."""
    for _, payload in read_payloads(path, offset=0):
        if not holds_corrections(payload):
            yield from _DECODER.decode_lines(payload)


def _next_payload(file: BinaryIO) -> bytes | None:
    header = file.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES or header[8:9] != b" " or header[17:] != b"\n":
        return None
    try:
        length, checksum = int(header[:8], 16), int(header[9:17], 16)
    except ValueError:
        return None
    if length > FRAME_BYTES_MAX:
        return None
    payload = file.read(length)
    return payload if len(payload) == length and zlib.crc32(payload) == checksum else None
