"""What the SQL of a plan is in every engine; the emitters add what differs."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from duanju.adapters.lake.plans.columns import Column, ColumnType
from duanju.adapters.lake.plans.plan import (
    Distinct,
    GroupSum,
    Join,
    Merge,
    Plan,
    Scan,
    columns_of,
)
from duanju.adapters.lake.plans.windows import Value, Windows

EXACT = "DECIMAL(38, 0)"
FROM, UNTIL = "window_from_us", "window_until_us"


class Emitter(ABC):
    """Writes one plan as one query; use an emitter once.

    Windows stand in front of the query, each once however many partitions are joined to them.
    """

    quote: str
    types: Mapping[ColumnType, str]

    def __init__(self) -> None:
        """Begin with no windows."""
        self._windows: dict[Windows, str] = {}

    def emit(self, plan: Plan) -> str:
        """Return the query; its columns come in the order of `columns_of`, its rows in none."""
        body = self._query(plan)
        parts = [f"{name} AS ({self.windows(windows)})" for windows, name in self._windows.items()]
        return f"WITH {', '.join(parts)} {body}" if parts else body

    @abstractmethod
    def scan(self, scan: Scan) -> str:
        """Return the query that reads files, of which there is at least one."""

    @abstractmethod
    def windows(self, windows: Windows) -> str:
        """Return the query that gives keys, `FROM`, `UNTIL` and what is carried, a row a window."""

    @abstractmethod
    def literal(self, value: Value) -> str:
        """Return a value as the engine reads it."""

    @abstractmethod
    def total(self, column: Column) -> str:
        """Return the exact sum of a column."""

    def named(self, name: str) -> str:
        """Return a name that is never taken for a word of SQL."""
        return f"{self.quote}{name}{self.quote}"

    def listed(self, names: Iterable[str]) -> str:
        """Return names with commas between them."""
        return ", ".join(self.named(name) for name in names)

    def restriction(self, scan: Scan) -> str:
        """Return the condition on the rows of a scan, or nothing."""
        if scan.within is None:
            return ""
        column = self.named(scan.within.column)
        # A BIGINT's least value has no literal of its own, so bounds are written as texts.
        start, end = (
            f"CAST('{bound}' AS BIGINT)" for bound in (scan.within.start, scan.within.end)
        )
        return f" WHERE {column} >= {start} AND {column} < {end}"

    def _query(self, plan: Plan) -> str:
        match plan:
            case Scan():
                return self.scan(plan) if plan.files else self._nothing(plan.columns)
            case Distinct():
                names = [column.name for column in columns_of(plan)]
                return (
                    f"SELECT DISTINCT {self.listed(names)} FROM ({self._query(plan.source)}) kept"
                )
            case Join():
                return self._join(plan)
            case GroupSum():
                known = {column.name: column for column in columns_of(plan.source)}
                counts = (
                    []
                    if plan.count is None
                    else [f"CAST(count(*) AS {EXACT}) AS {self.named(plan.count)}"]
                )
                added = [known[name] for name in plan.sums]
                return self._added(plan.keys, added, counts, self._query(plan.source))
            case Merge():
                names = [column.name for column in columns_of(plan)]
                all_rows = " UNION ALL ".join(
                    f"SELECT {self.listed(names)} FROM ({self._query(partial)}) partial"
                    for partial in plan.partials
                )
                added = [column for column in columns_of(plan) if column.name not in plan.keys]
                return self._added(plan.keys, added, [], all_rows)
        assert_never(plan)

    def _nothing(self, columns: Sequence[Column]) -> str:
        values = ", ".join(
            f"CAST(NULL AS {self.types[column.type]}) AS {self.named(column.name)}"
            for column in columns
        )
        return f"SELECT {values} WHERE false"

    def _join(self, join: Join) -> str:
        name = self._windows.setdefault(join.windows, f"window_{len(self._windows) + 1}")
        own = [f"event.{self.named(column.name)}" for column in columns_of(join.source)]
        added = [
            f"coalesce({name}.{self.named(column.name)}, {self.literal(value)}) "
            f"AS {self.named(column.name)}"
            for column, value in zip(join.windows.carried, join.windows.otherwise, strict=True)
        ]
        moment = f"event.{self.named(join.moment)}"
        conditions = [
            f"event.{self.named(key.name)} = {name}.{self.named(key.name)}"
            for key in join.windows.keys
        ]
        conditions += [f"{moment} >= {name}.{FROM}", f"{moment} < {name}.{UNTIL}"]
        return (
            f"SELECT {', '.join([*own, *added])} FROM ({self._query(join.source)}) event "
            f"LEFT JOIN {name} ON {' AND '.join(conditions)}"
        )

    def _added(
        self, keys: Sequence[str], added: Sequence[Column], more: Sequence[str], rows: str
    ) -> str:
        sums = [f"{self.total(column)} AS {self.named(column.name)}" for column in added]
        return (
            f"SELECT {', '.join([self.listed(keys), *sums, *more])} FROM ({rows}) added "
            f"GROUP BY {self.listed(keys)}"
        )


def window_columns(windows: Windows) -> tuple[tuple[str, ColumnType, list[Value]], ...]:
    """Return name, type and values of each column of windows: keys, bounds, what is carried."""
    keys = [
        (column.name, column.type, [row.keys[number] for row in windows.rows])
        for number, column in enumerate(windows.keys)
    ]
    carried = [
        (column.name, column.type, [row.carried[number] for row in windows.rows])
        for number, column in enumerate(windows.carried)
    ]
    starts: list[Value] = [row.from_us for row in windows.rows]
    ends: list[Value] = [row.until_us for row in windows.rows]
    return (*keys, (FROM, "integer", starts), (UNTIL, "integer", ends), *carried)
