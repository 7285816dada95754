"""Every value of a clause put wrong, by itself, in every way that its kind can be."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, get_type_hints

from duanju.deals.parameters import Chosen, Given
from duanju.kernel import Text

Spoiled = tuple[str, str, Any]
"""The path of a value, another value in words, and the whole with that one in its place."""

_NUMBERS = ("-1", "0", "1/2", "1", "3/2", "2")
_GIVEN: Mapping[str, Given | Chosen] = {
    "of nowhere": Given("nowhere"),
    "of grade": Given("grade"),
    "of open": Given("open"),
    "of grade: A -1, C 1": Chosen("grade", {"A": Fraction(-1), "C": Fraction(1)}),
    "of grade: A 1, B 0": Chosen("grade", {"A": Fraction(1), "B": Fraction(0)}),
    "of open: A 1": Chosen("open", {"A": Fraction(1)}),
}
_WORDS = ("nowhere", "platform", "studio", "channel")
_MEASURES = ("nowhere", "heat", "plays", "member_pool", "award", "unlock_income", "sales_returns")
_REPEATED = ("id", "title", "explanation", "kind")


def spoiled(value: Any, path: str = "", hint: str = "") -> Iterator[Spoiled]:
    """Yield a value with each part of it changed, one at a time.

    Args:
        value: A clause or a part of one.
        path: Of the value.
        hint: How its field is annotated: whether a parameter can stand for it, or nothing.
    """
    if path and "None" in hint and value is not None:
        yield path, "nothing", None
    if isinstance(value, Text):
        return
    if is_dataclass(value) and not isinstance(value, Given | Chosen):
        hints = _hints(type(value))
        for field in fields(value):
            if field.init and field.name not in _REPEATED:
                inner = spoiled(getattr(value, field.name), field.name, hints[field.name])
                for place, words, changed in inner:
                    yield _joined(path, place), words, replace(value, **{field.name: changed})
    elif isinstance(value, tuple):
        yield from _of_items(value, path)
    elif isinstance(value, Mapping):
        yield path, "empty", {}
        for key, item in value.items():
            for place, words, changed in spoiled(item, str(key), "Number"):
                yield _joined(path, place), words, {**value, key: changed}
            for role in ("platform", "channel"):
                yield (
                    path,
                    f"{key} as {role}",
                    {role if k == key else k: v for k, v in value.items()},
                )
    else:
        yield from _of_leaf(value, path, hint)


def _of_items(items: tuple[Any, ...], path: str) -> Iterator[Spoiled]:
    if items:
        yield path, "empty", ()
        yield path, "twice", (*items, *items)
    if len(items) > 1:
        yield path, "reversed", items[::-1]
    for index, item in enumerate(items):
        for place, words, changed in spoiled(item, str(index)):
            yield _joined(path, place), words, (*items[:index], changed, *items[index + 1 :])


def _of_leaf(value: Any, path: str, hint: str) -> Iterator[Spoiled]:
    can_be_open = "Given" in hint or "Number" in hint
    if isinstance(value, Enum):
        yield from ((path, str(own), own) for own in type(value) if own is not value)
    elif isinstance(value, Fraction):
        yield from ((path, own, Fraction(own)) for own in _NUMBERS if Fraction(own) != value)
        if can_be_open:
            yield from ((path, words, own) for words, own in _GIVEN.items())
    elif isinstance(value, str):
        others = _MEASURES if path == "measure" else _WORDS
        yield from ((path, repr(own), own) for own in others if own != value)
        if can_be_open:
            yield from ((path, words, own) for words, own in list(_GIVEN.items())[:3])
    elif isinstance(value, bool):
        yield path, str(not value), not value


@cache
def _hints(kind: type) -> Mapping[str, str]:
    return {name: str(own) for name, own in get_type_hints(kind).items()}


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
