"""What terms leave unsaid: a changed default would change every contract written before.

A policy's digest leaves defaults out, so that a field added later changes no old digest; the
meaning of what was left out must then stay, too.
"""

import inspect
import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from duanju.deals import amendments, clauses, policy

TABLE = Path(__file__).with_name("defaults.json")
ROOMS = (policy, amendments, *(own for _, own in inspect.getmembers(clauses, inspect.ismodule)))


def dataclasses_of_terms() -> Iterator[type]:
    """Yield every dataclass that terms are written with, once."""
    found = {
        own
        for room in ROOMS
        for _, own in inspect.getmembers(room, inspect.isclass)
        if is_dataclass(own) and own.__module__.startswith("duanju.deals")
    }
    yield from sorted(found, key=lambda own: own.__qualname__)


def default_of(own: Field[object]) -> str | None:
    """Return a field's default in words, or None where it must be said."""
    if own.default_factory is not MISSING:
        return _said(own.default_factory())
    return None if own.default is MISSING else _said(own.default)


def _said(value: object) -> str:
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, Fraction):
        return f"{value}"
    if isinstance(value, MappingProxyType):
        return repr(dict(value))
    return repr(value)


def test_what_terms_leave_unsaid_means_what_it_always_meant() -> None:
    told = {
        cls.__qualname__: {
            own.name: said for own in fields(cls) if (said := default_of(own)) is not None
        }
        for cls in dataclasses_of_terms()
    }
    assert json.loads(TABLE.read_text("utf-8")) == {name: own for name, own in told.items() if own}


def test_terms_cannot_be_changed_once_made() -> None:
    open_to_change = [
        cls.__qualname__
        for cls in dataclasses_of_terms()
        if not cls.__dataclass_params__.frozen or "__slots__" not in vars(cls)  # type: ignore[attr-defined]
    ]
    assert open_to_change == []
