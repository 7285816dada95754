"""The measures that contracts are settled on, as a plan and back."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence

from duanju.adapters.lake.measures import TitleMeasure, microseconds
from duanju.adapters.lake.plans.columns import Column
from duanju.adapters.lake.plans.plan import Distinct, GroupSum, Merge, Scan, Within
from duanju.adapters.lake.plans.result import Result
from duanju.deals import Stretch
from duanju.kernel import Period

KEYS = ("title_id", "channel", "currency", "kind")
SUMS = ("effective_ms", "coins", "amount_minor")
COUNTED = {"start": "starts", "end": "ends", "paywall": "paywalls", "unlock": "unlocks"}
_ID = (Column("id_high", "integer"), Column("id_low", "integer"))
_COLUMNS = (
    Column("occurred_at_us", "integer"),
    *(Column(name, "integer" if name == "title_id" else "text") for name in KEYS),
    *(Column(name, "integer") for name in SUMS),
)
# What takes back the least integer of 64 bits has no place in 64 bits.
_SIGNED_COLUMNS = (
    *(column for column in _COLUMNS if column.name != "amount_minor"),
    Column("amount_minor", "exact"),
    Column("events", "integer"),
)


def plan_of_measures(
    days: Iterable[Sequence[str]],
    period: Period,
    *,
    days_with_copies: Iterable[Sequence[str]] = (),
    effects: Sequence[str] = (),
) -> Merge:
    """Return the plan of all titles' sums over a period.

    Args:
        days: The sealed files of each day that may hold events of the period, as the engine reads
            them. A seal keeps each event once, so the plan need not.
        period: Half-open.
        days_with_copies: Those of the days into which files were imported that hold copies: all
            files of such a day are one partition.
        effects: Files of the events that ceased to count or count again, with their signs.
    """
    within = Within("occurred_at_us", microseconds(period.start), microseconds(period.end))
    partials = [GroupSum(Scan(tuple(files), _COLUMNS, within), KEYS, SUMS) for files in days]
    partials += [
        GroupSum(Distinct(Scan(tuple(files), (*_ID, *_COLUMNS), within)), KEYS, SUMS)
        for files in days_with_copies
    ]
    if effects:
        signed = Scan(tuple(effects), _SIGNED_COLUMNS, within)
        partials.append(GroupSum(signed, KEYS, (*SUMS, "events"), count=None))
    return Merge(tuple(partials) or (GroupSum(Scan((), _COLUMNS), KEYS, SUMS),), KEYS)


def measures_of(result: Result, *, titles: Collection[int] | None = None) -> list[TitleMeasure]:
    """Return what the plan of measures came to, ordered by title, channel and currency.

    Args:
        result: Of `plan_of_measures`, from any engine.
        titles: Which titles; None for all.
    """
    names = [column.name for column in result.columns]
    totals: dict[tuple[int, str, str], dict[str, int]] = {}
    for values in result.rows:
        row = dict(zip(names, values, strict=True))
        title_id = int(row["title_id"])
        if titles is not None and title_id not in titles:
            continue
        key = (title_id, str(row["channel"]), str(row["currency"]))
        own = totals.setdefault(key, dict.fromkeys((*SUMS, *COUNTED.values()), 0))
        for name in SUMS:
            own[name] += int(row[name])
        counted = COUNTED.get(str(row["kind"]))
        if counted:
            own[counted] += int(row["events"])
    return [
        TitleMeasure(title_id=title_id, channel=channel, currency=currency, **own)
        for (title_id, channel, currency), own in sorted(totals.items())
    ]


def partial_sums_as_csv(
    results: Iterable[tuple[Stretch, Result]], *, titles: Collection[int]
) -> Iterator[str]:
    """Write the sums that a settlement stands on, the same bytes from every engine.

    Args:
        results: Of `plan_of_measures`, each with its stretch of days.
        titles: Which titles.

    Yields:
        Lines of CSV, the head first: first day, day behind the last, keys, sums, in the order of
        the stretches and then of the rows.
    """
    yield _csv_line(("starts_on", "ends_on", *KEYS, *SUMS, "events"))
    for stretch, result in results:
        names = [column.name for column in result.columns]
        place = names.index("title_id")
        for row in result.rows:
            if row[place] in titles:
                yield _csv_line((stretch.starts_on, stretch.ends_on, *row))


def _csv_line(values: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()
