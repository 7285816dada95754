"""One way to write a value down, so that both sides compute the same hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any


def canonical_json(value: object) -> bytes:
    """Write a value as canonical JSON: sorted keys, no spaces, UTF-8, no floats.

    Dataclasses become objects, fractions become `"numerator/denominator"`, dates and times ISO 8601
    in UTC. The result follows RFC 8785 for the values that it admits.

    Raises:
        TypeError: The value holds a float, a naive datetime, or a type without a canonical form.

    >>> canonical_json({"b": Fraction(1, 3), "a": [1, None]})
    b'{"a":[1,null],"b":"1/3"}'
    """
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical JSON of a value, in hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def stated(value: object) -> object:
    """Return a value without those fields of dataclasses that are at their default.

    A dataclass becomes a mapping, and a class's literal `kind` stays, for it says what it is.
    """
    if is_dataclass(value) and not isinstance(value, type | Mapping):
        return {
            field.name: stated(own)
            for field in fields(value)
            if field.name == "kind" or not _is_default(field, own := getattr(value, field.name))
        }
    if isinstance(value, Mapping):
        return {key: stated(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [stated(item) for item in value]
    return value


def _is_default(field: "Field[Any]", value: object) -> bool:
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    return field.default is not MISSING and bool(value == field.default)


def chain_digest(previous: str, value: object) -> str:
    """Return the digest of a value that stands behind `previous` in a hash chain.

    Args:
        previous: The digest of the link before, or an empty string for the first link.
        value: What this link holds.
    """
    return digest({"previous": previous, "value": value})


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""Types that JSON has itself; asked for first, since nearly every leaf is one of them."""


def _plain(value: Any) -> object:
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    names = _field_names(kind)
    if names is not None:
        return {name: _plain(getattr(value, name)) for name in names}
    if kind is Fraction:
        return f"{value.numerator}/{value.denominator}"
    if kind is tuple or kind is list:
        return [_plain(item) for item in value]
    return _plain_of_other(value)


@cache
def _field_names(kind: type) -> tuple[str, ...] | None:
    """Return the names of a dataclass's fields, looked up once a class; None for other types."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def _plain_of_other(value: Any) -> object:  # noqa: PLR0911
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, int | str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a time without a zone has no canonical form")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if isinstance(key, Enum):
        return str(key.value)
    if not isinstance(key, str):
        raise TypeError(f"a key is {type(key).__name__}, not str")
    return key
