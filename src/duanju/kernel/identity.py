"""Time-ordered ids that clients make themselves (UUID version 7)."""

import uuid

_TIME_BITS = 48
_RANDOM_BITS = 74
_SIGN_BIT = 1 << 63


class InvalidId(ValueError):
    """The text is not a UUID of version 7."""

    code = "kernel.invalid-id"


def new_id(*, time_ms: int, random_bits: int) -> uuid.UUID:
    """Make a UUID version 7 from a time and randomness that the caller passes in.

    Args:
        time_ms: Milliseconds since the Unix epoch, 0 to 2^48 - 1.
        random_bits: An integer of which the lowest 74 bits are used.

    Source: RFC 9562, section 5.7.

    >>> str(new_id(time_ms=1_780_000_000_000, random_bits=0))
    '019e7044-8800-7000-8000-000000000000'
    """
    if not 0 <= time_ms < 1 << _TIME_BITS:
        raise ValueError(f"time_ms {time_ms} does not fit in {_TIME_BITS} bits")
    random_bits &= (1 << _RANDOM_BITS) - 1
    high = time_ms << 16 | 0x7000 | random_bits >> 62
    low = 0b10 << 62 | random_bits & ((1 << 62) - 1)
    return uuid.UUID(int=high << 64 | low)


def parse_id(text: str) -> uuid.UUID:
    """Read a UUID version 7.

    Raises:
        InvalidId: The text is no UUID, or of another version.
    """
    try:
        value = uuid.UUID(text)
    except ValueError:
        raise InvalidId(text) from None
    if value.version != 7:
        raise InvalidId(text)
    return value


def id_time_ms(value: uuid.UUID) -> int:
    """Return the milliseconds since the Unix epoch that a UUID version 7 carries."""
    return value.int >> 80


def id_halves(value: uuid.UUID) -> tuple[int, int]:
    """Split an id into two signed 64-bit integers, the form in which the lake keeps it.

    Order of the pairs is order of the ids only within the same sign; both halves of a version 7 id
    made in this millennium are in order by the first.
    """
    return _signed(value.int >> 64), _signed(value.int & ((1 << 64) - 1))


def id_from_halves(high: int, low: int) -> uuid.UUID:
    """Join what `id_halves` split."""
    mask = (1 << 64) - 1
    return uuid.UUID(int=(high & mask) << 64 | low & mask)


def _signed(unsigned: int) -> int:
    return unsigned - (1 << 64) if unsigned & _SIGN_BIT else unsigned
