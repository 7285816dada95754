"""The closed language of what engines do for a settlement: they only find rows and add integers.

A plan is a value. It is checked as it is built, so an engine never sees one that is ill-typed.
Nothing in it divides, rounds or knows a contract's arithmetic.
"""

from dataclasses import dataclass
from typing import assert_never

from duanju.adapters.lake.plans.columns import (
    Column,
    ColumnType,
    IllTypedPlan,
    chosen,
    distinctly_named,
    is_of_type,
)
from duanju.adapters.lake.plans.windows import Windows

KEYS: tuple[ColumnType, ...] = ("integer", "text")
NUMBERS: tuple[ColumnType, ...] = ("integer", "exact")
PATTERN = frozenset("*?[]{}\\")


@dataclass(frozen=True, slots=True)
class Within:
    """Only rows whose `column` is at least `start` and less than `end`."""

    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """Read columns of listed Parquet files, which together are one partition.

    Attributes:
        files: Paths, or addresses that the engine can read; none is a partition without rows.
        columns: What is read. A file that lacks one, or a value that is missing, is refused.
        within: Which rows; None for all.
    """

    files: tuple[str, ...]
    columns: tuple[Column, ...]
    within: Within | None = None

    def __post_init__(self) -> None:
        """Refuse doubled files and names, and a range over what is not an integer."""
        distinctly_named(self.columns)
        if len(set(self.files)) != len(self.files) or "" in self.files:
            raise IllTypedPlan("a scan reads each of its files once")
        for file in self.files:
            if PATTERN & set(file):
                raise IllTypedPlan(f"an engine would read {file!r} as a pattern of names")
        if self.within:
            chosen(self.columns, [self.within.column], types=["integer"], for_what="within")
            if not all(
                is_of_type(bound, "integer") for bound in (self.within.start, self.within.end)
            ):
                raise IllTypedPlan("a range has bounds of 64 bits")


@dataclass(frozen=True, slots=True)
class Distinct:
    """Keep one of the rows of a partition that are equal in every column read.

    A resend falls into the partition of its first copy, since both follow from the id's own time.
    What differs from copy to copy, such as the time of reception, is not to be read. Rows with one
    id that differ all stay, in every engine: the seal sets them apart, not a plan.

    Attributes:
        source: One partition.
        id_columns: The two halves of the id, both integers.
    """

    source: Scan
    id_columns: tuple[str, str] = ("id_high", "id_low")

    def __post_init__(self) -> None:
        """Refuse rows without the two halves of an id."""
        if len(self.id_columns) != 2:
            raise IllTypedPlan("an id is two integers")
        chosen(self.source.columns, self.id_columns, types=["integer"], for_what="an id")


@dataclass(frozen=True, slots=True)
class Join:
    """Add to each row what its window carries: equal keys, and `moment` in [from, until).

    Attributes:
        source: Rows to add to.
        windows: At most one of which holds for a row.
        moment: The integer column that says when, in microseconds.
    """

    source: "Scan | Distinct | Join"
    windows: Windows
    moment: str = "occurred_at_us"

    def __post_init__(self) -> None:
        """Refuse keys of other types, and carried columns that are there already."""
        own = columns_of(self.source)
        chosen(own, [self.moment], types=["integer"], for_what="the moment of a join")
        for key in self.windows.keys:
            chosen(own, [key.name], types=[key.type], for_what="a key of a join")
        distinctly_named((*own, *self.windows.carried))


@dataclass(frozen=True, slots=True)
class GroupSum:
    """Add up rows that have equal keys.

    Attributes:
        source: Rows to add up.
        keys: Integers and texts, at least one.
        sums: Integers to add; each keeps its name and becomes exact.
        count: Name of the column that says how many rows there were; exact. None where the rows
            carry a count of their own among `sums`.
    """

    source: "Scan | Distinct | Join"
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    count: str | None = "events"

    def __post_init__(self) -> None:
        """Refuse to group by what was added, or to add what is not a number."""
        own = columns_of(self.source)
        if not chosen(own, self.keys, types=KEYS, for_what="a key of a sum"):
            raise IllTypedPlan("a sum has at least one key")
        chosen(own, self.sums, types=NUMBERS, for_what="a sum")
        columns_of(self)


@dataclass(frozen=True, slots=True)
class Merge:
    """Add up partial sums that have equal keys; every column that is no key is added.

    Attributes:
        partials: Sums with the same columns, or scans of files that hold such sums.
        keys: Integers and texts, at least one.
    """

    partials: "tuple[GroupSum | Merge | Scan, ...]"
    keys: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse partials that are not alike."""
        if not self.partials:
            raise IllTypedPlan("there is nothing to merge")
        first, *others = [columns_of(partial) for partial in self.partials]
        if any(other != first for other in others):
            raise IllTypedPlan("partial sums to merge have the same columns in the same order")
        if not chosen(first, self.keys, types=KEYS, for_what="a key of a merge"):
            raise IllTypedPlan("a merge has at least one key")
        added = [column.name for column in first if column.name not in self.keys]
        if not chosen(first, added, types=["exact"], for_what="what a merge adds"):
            raise IllTypedPlan("a merge adds something")


Plan = Scan | Distinct | Join | GroupSum | Merge


def columns_of(plan: Plan) -> tuple[Column, ...]:
    """Return the columns that a plan gives, in order."""
    match plan:
        case Scan():
            return plan.columns
        case Distinct():
            return plan.source.columns
        case Join():
            return (*columns_of(plan.source), *plan.windows.carried)
        case GroupSum():
            known = {column.name: column for column in columns_of(plan.source)}
            counts = () if plan.count is None else (plan.count,)
            added = [Column(name, "exact") for name in (*plan.sums, *counts)]
            return distinctly_named([*(known[name] for name in plan.keys), *added])
        case Merge():
            first = columns_of(plan.partials[0])
            keys = [column for name in plan.keys for column in first if column.name == name]
            return (*keys, *(column for column in first if column.name not in plan.keys))
    assert_never(plan)


def scans_of(plan: Plan) -> tuple[Scan, ...]:
    """Return every scan of a plan, from left to right."""
    match plan:
        case Scan():
            return (plan,)
        case Distinct() | Join() | GroupSum():
            return scans_of(plan.source)
        case Merge():
            return tuple(scan for partial in plan.partials for scan in scans_of(partial))
    assert_never(plan)
