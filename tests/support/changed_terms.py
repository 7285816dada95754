"""Every way in which a clause can differ from another in one value."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import Any

from duanju.kernel import Text

NAMES_ONLY = frozenset({"id", "name", "kind"})
"""By the first two, parts of terms are referred to, and sentences refer to them by their titles;
the kind is that of the class."""


def changes_of(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path of every value within another, with the whole as it is if that one differs.

    Numbers and days grow, words get a letter, choices become the next, truths are turned; lists
    lose their last item, and what a mapping holds is changed one by one.
    """
    if isinstance(value, Text):
        yield path, Text({tag: text + "x" for tag, text in value.items()})
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in NAMES_ONLY and field.init:
                for inner, changed in changes_of(getattr(value, field.name), field.name):
                    yield _joined(path, inner), replace(value, **{field.name: changed})
    elif isinstance(value, tuple):
        yield from _changes_of_items(value, path)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            for inner, changed in changes_of(item, str(key)):
                yield _joined(path, inner), {**value, key: changed}
    else:
        yield from ((path, changed) for changed in _changes_of_leaf(value))


def _changes_of_items(items: tuple[Any, ...], path: str) -> Iterator[tuple[str, Any]]:
    if items:
        yield f"{path}.-1", items[:-1]
    for index, item in enumerate(items):
        for inner, changed in changes_of(item, str(index)):
            yield _joined(path, inner), (*items[:index], changed, *items[index + 1 :])


def _changes_of_leaf(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, Enum):
        members = list(type(value))
        yield from (own for own in members if own is not value)
    elif isinstance(value, str):
        yield value + "x"
    elif isinstance(value, Fraction):
        yield value + Fraction(1, 7)
        yield value + 1
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, date):
        yield value + timedelta(days=1)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name
