"""A screenplay as bytes, so that a file is read once and shown often."""

import msgspec

from duanju.screenplays import Screenplay


def encode_reading(screenplay: Screenplay) -> bytes:
    """Return a screenplay as JSON; `decode_reading` gives it back as it was."""
    return msgspec.json.encode(screenplay)


def decode_reading(data: bytes) -> Screenplay:
    """Return the screenplay that `encode_reading` wrote."""
    return msgspec.json.decode(data, type=Screenplay)
