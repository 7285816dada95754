"""Months that a seed determines, as Parquet files and as the plans that settle them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from duanju.adapters.lake.plans import (
    Column,
    Distinct,
    GroupSum,
    Join,
    Merge,
    Scan,
    Window,
    Windows,
    Within,
)

DAY_US = 86_400_000_000
BEGINS_US = 20_697 * DAY_US
DAYS = 4
MONTH = Within("occurred_at_us", BEGINS_US + DAY_US // 3, BEGINS_US + DAYS * DAY_US - 1)
TITLES = 5
CURRENCIES = ("CNY", "USD", "JPY", "")
CHANNELS = ("web", "微信 安卓", "web ", "Web", "it's \\ ${x} 🎬", "")
KEYS = ("title_id", "contract", "version", "kind", "channel", "currency")
SUMS = ("effective_ms", "coins", "amount_minor")
TYPES = {
    "id_high": "BIGINT",
    "id_low": "BIGINT",
    "kind": "VARCHAR",
    "occurred_at_us": "BIGINT",
    "title_id": "BIGINT",
    "channel": "VARCHAR",
    "currency": "VARCHAR",
    "effective_ms": "BIGINT",
    "coins": "INTEGER",
    "amount_minor": "BIGINT",
}
COLUMNS = tuple(
    Column(name, "text" if kind == "VARCHAR" else "integer") for name, kind in TYPES.items()
)
Row = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class GeneratedMonth:
    """The partials of a month, one for each partition, and the windows that hold in it."""

    partials: tuple[GroupSum, ...]
    windows: Windows

    def closed(self) -> Merge:
        """Return the plan of the close."""
        return Merge(self.partials, KEYS)


def a_month(folder: Path, seed: int, *, events_max: int = 60) -> GeneratedMonth:
    """Write a month: days with resends and reversals, a late batch, a day without a row.

    Titles of one seed are those of no other, so that months can be merged.
    """
    dice = random.Random(f"month:{seed}")
    windows = some_windows(dice, seed)
    partitions = [
        _a_day(folder / f"{seed}-{day}", dice, seed, day, dice.randint(1, events_max))
        for day in range(DAYS)
    ]
    late_day = dice.randrange(DAYS)
    partitions.append(_a_day(folder / f"{seed}-late", dice, seed, late_day, dice.randint(0, 5)))
    partitions.append(())
    partials = tuple(
        GroupSum(Join(Distinct(Scan(files, COLUMNS, MONTH)), windows), KEYS, SUMS)
        for files in partitions
    )
    return GeneratedMonth(partials, windows)


def some_windows(dice: random.Random, seed: int) -> Windows:
    """Build windows of contracts, some with gaps, some that meet to the microsecond."""
    rows = []
    for title_id in range(seed * 100, seed * 100 + TITLES - 1):
        moment = BEGINS_US + dice.randint(-DAY_US, DAY_US)
        for number in range(dice.randint(0, 4)):
            until = moment + dice.choice([1, dice.randint(1, DAY_US), DAYS * DAY_US])
            version = dice.choice(["v1", "第二版", "it's ${v}\\"])
            rows.append(Window((title_id,), moment, until, (title_id * 10 + number, version)))
            moment = until + dice.choice([0, 0, 1, dice.randint(0, DAY_US)])
    dice.shuffle(rows)
    return Windows(
        keys=(Column("title_id", "integer"),),
        carried=(Column("contract", "integer"), Column("version", "text")),
        rows=tuple(rows),
        otherwise=(-(2**63), "'none'\\"),
    )


def write_parquet(path: Path, rows: Sequence[Row], *, types: dict[str, str] | None = None) -> str:
    """Write rows as one file and return its path."""
    types = types or TYPES
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {f"column_{number}": [row[number] for row in rows] for number in range(len(types))}
    columns = ", ".join(
        f'unnest(CAST($column_{number} AS {kind}[])) AS "{name}"'
        for number, (name, kind) in enumerate(types.items())
    )
    duckdb.execute(
        f"COPY (SELECT {columns}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)", values
    )
    return str(path)


def _a_day(folder: Path, dice: random.Random, seed: int, day: int, events: int) -> tuple[str, ...]:
    """Write the files of one partition; a resend may lie in another file than its first copy."""
    rows = [_an_event(dice, seed, day) for _ in range(events)]
    rows += [_reversed(dice, row) for row in rows if dice.random() < 0.1]
    rows += [dice.choice(rows) for _ in range(events // 4)]
    # An id that comes back with another payload: a seal refuses it, an engine must not choose.
    rows += [(*row[:-1], int(row[-1]) // 2) for row in rows if dice.random() < 0.03]
    dice.shuffle(rows)
    files = dice.randint(1, 3)
    return tuple(
        write_parquet(folder / f"part-{number}.parquet", rows[number::files])
        for number in range(files)
    )


def _an_event(dice: random.Random, seed: int, day: int) -> Row:
    moment = BEGINS_US + day * DAY_US + dice.choice([0, DAY_US - 1, dice.randrange(DAY_US)])
    large = dice.choice([2**63 - 1, -(2**63), 2**62, dice.randint(-(10**6), 10**9)])
    return (
        dice.getrandbits(63),
        dice.getrandbits(64) - 2**63,
        dice.choice(["unlock", "progress", "start"]),
        moment,
        seed * 100 + dice.randrange(TITLES),
        dice.choice(CHANNELS),
        dice.choice(CURRENCIES),
        dice.randint(0, 86_400_000),
        dice.randint(0, 2**31 - 1),
        dice.choice([large, 2**63 - 1, dice.randint(0, 10**6)]),
    )


def _reversed(dice: random.Random, row: Row) -> Row:
    """Build the event that takes another back, at the moment under which that was settled."""
    values = dict(zip(TYPES, row, strict=True))
    values |= {"id_low": dice.getrandbits(63), "kind": "reversal"}
    values |= {
        name: -max(int(values[name]), -(2**63) + 1) for name in ("effective_ms", "amount_minor")
    }
    values["coins"] = -int(values["coins"])
    return tuple(values.values())
