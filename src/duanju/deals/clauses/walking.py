"""Walking over a clause as data, so that what holds for every value is written once."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

from duanju.deals.parameters import Chosen, Given

_Sought = TypeVar("_Sought")

_LEAVES = frozenset({str, bool, int, Fraction, type(None)})
"""What nothing lies within; most fields are such."""


def find_within(
    value: object, sought: type[_Sought], path: str = ""
) -> Iterator[tuple[str, _Sought]]:
    """Yield every value of a type within a clause, with its dotted path, in the order of fields."""
    if isinstance(value, sought):
        yield path, value
    kind: Any = type(value)
    names = _names_within(kind)
    if names:
        for name in names:
            inner = getattr(value, name)
            if type(inner) not in _LEAVES or isinstance(inner, sought):
                yield from find_within(inner, sought, _join(path, name))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from find_within(item, sought, _join(path, str(index)))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from find_within(item, sought, _join(path, str(key)))


@cache
def _names_within(kind: type) -> tuple[str, ...]:
    """Return the names of a class's fields; of a value that a deal fills in, and others, none."""
    if not is_dataclass(kind) or issubclass(kind, Given | Chosen):
        return ()
    return tuple(field.name for field in fields(kind))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
