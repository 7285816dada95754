"""The types of a plan: three, the same in every engine."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["integer", "exact", "text"]
"""`integer` has 64 bits, `exact` is a sum of up to 38 digits, `text` is compared by code point."""

INTEGER_MIN, INTEGER_MAX = -(2**63), 2**63 - 1
EXACT_MAX = 10**38 - 1
"""The largest sum that every engine can hold."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_OWN_PREFIX = "window_"


class IllTypedPlan(ValueError):
    """A plan that no engine may run: a name is missing, doubled, or of another type."""

    code = "lake.ill-typed-plan"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of what a step gives; none of its values is missing."""

    name: str
    type: ColumnType

    def __post_init__(self) -> None:
        """Refuse what an engine could read otherwise."""
        if not _NAME.fullmatch(self.name) or self.name.startswith(_OWN_PREFIX):
            raise IllTypedPlan(f"a column cannot be called {self.name!r}")
        if self.type not in ("integer", "exact", "text"):
            raise IllTypedPlan(f"{self.name} is of no type: {self.type!r}")


def distinctly_named(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns.

    Raises:
        IllTypedPlan: There are none, or two have one name.
    """
    names = [column.name for column in columns]
    if not names:
        raise IllTypedPlan("a step has at least one column")
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise IllTypedPlan(f"two columns are called {', '.join(doubled)}")
    return tuple(columns)


def chosen(
    columns: Sequence[Column], names: Sequence[str], *, types: Sequence[ColumnType], for_what: str
) -> tuple[Column, ...]:
    """Return the columns that are named, in the order of the names.

    Raises:
        IllTypedPlan: One is not there, is named twice, or has none of the types.
    """
    known = {column.name: column for column in columns}
    for name in names:
        if name not in known:
            raise IllTypedPlan(f"{for_what}: there is no column {name}")
        if known[name].type not in types:
            raise IllTypedPlan(
                f"{for_what}: {name} is {known[name].type}, not {' or '.join(types)}"
            )
    if len(set(names)) != len(names):
        raise IllTypedPlan(f"{for_what}: a column is named twice")
    return tuple(known[name] for name in names)


def is_of_type(value: object, kind: ColumnType) -> bool:
    """Tell whether a value may stand in a column of a type."""
    if kind == "text":
        # Half a character cannot be written as UTF-8, and not every engine keeps a zero.
        return isinstance(value, str) and "\0" not in value and _can_be_written(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    if kind == "exact":
        return abs(value) <= EXACT_MAX
    return INTEGER_MIN <= value <= INTEGER_MAX


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
