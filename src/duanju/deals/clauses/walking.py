"""Walking over a clause as data, so that what holds for every value is written once."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TypeVar

from duanju.deals.parameters import Chosen, Given

_Sought = TypeVar("_Sought")


def find_within(
    value: object, sought: type[_Sought], path: str = ""
) -> Iterator[tuple[str, _Sought]]:
    """Yield every value of a type within a clause, with its dotted path, in the order of fields."""
    if isinstance(value, sought):
        yield path, value
    if is_dataclass(value) and not isinstance(value, type | Given | Chosen):
        for field in fields(value):
            yield from find_within(getattr(value, field.name), sought, _join(path, field.name))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from find_within(item, sought, _join(path, str(index)))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from find_within(item, sought, _join(path, str(key)))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
