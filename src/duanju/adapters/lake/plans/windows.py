"""Which row holds when: rows with half-open windows of time that never overlap."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from duanju.adapters.lake.plans.columns import (
    Column,
    IllTypedPlan,
    distinctly_named,
    is_of_type,
)

Value = int | str


@dataclass(frozen=True, slots=True)
class Window:
    """What holds for some keys from `from_us` until before `until_us`, in microseconds."""

    keys: tuple[Value, ...]
    from_us: int
    until_us: int
    carried: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Windows:
    """All windows of a join.

    Attributes:
        keys: What must be equal; named as in the rows they are joined to.
        carried: What a window adds to the row it holds for.
        rows: The windows; of one set of keys no two overlap, so a moment lies in at most one.
        otherwise: What is added to a row for which none holds, so that no row is lost.
    """

    keys: tuple[Column, ...]
    carried: tuple[Column, ...]
    rows: tuple[Window, ...]
    otherwise: tuple[Value, ...]

    def __post_init__(self) -> None:
        """Refuse rows that do not fit their columns, and windows that overlap.

        Raises:
            IllTypedPlan: Said with the row that is at fault.
        """
        distinctly_named((*self.keys, *self.carried))
        if not self.keys or not self.carried:
            raise IllTypedPlan("windows have keys and carry something")
        if any(column.type == "exact" for column in (*self.keys, *self.carried)):
            raise IllTypedPlan("a window holds integers of 64 bits and texts only")
        _check_values(self.otherwise, self.carried)
        for row in self.rows:
            _check_values(row.keys, self.keys)
            _check_values(row.carried, self.carried)
            if not all(is_of_type(bound, "integer") for bound in (row.from_us, row.until_us)):
                raise IllTypedPlan(f"a window ends or begins at no moment: {row}")
            if row.from_us >= row.until_us:
                raise IllTypedPlan(f"a window ends before it begins: {row}")
        for earlier, later in _neighbours(self.rows):
            if later.from_us < earlier.until_us:
                raise IllTypedPlan(f"two windows overlap: {earlier} and {later}")


def _check_values(values: tuple[Value, ...], columns: tuple[Column, ...]) -> None:
    if len(values) != len(columns):
        raise IllTypedPlan(f"{len(values)} values for {len(columns)} columns: {values}")
    for value, column in zip(values, columns, strict=True):
        if not is_of_type(value, column.type):
            raise IllTypedPlan(f"{column.name} cannot be {value!r}")


def _neighbours(rows: tuple[Window, ...]) -> Iterator[tuple[Window, Window]]:
    ordered = sorted(rows, key=lambda row: (row.keys, row.from_us))
    for _, own in groupby(ordered, key=lambda row: row.keys):
        yield from pairwise(own)
