"""The measures that contracts are settled on, as a plan and back."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

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
_PARTIAL_COLUMNS = (
    Column("occurred_day", "integer"),
    *(column for column in _SIGNED_COLUMNS if column.name != "occurred_at_us"),
)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Files that are read for one stretch of time, as the engine finds them.

    Attributes:
        within: Which stretch, by the column of moments.
        days: Files of events; a seal keeps each once, so the plan need not.
        days_with_copies: Those of the days into which files were imported that hold copies: all
            files of such a day are one partition.
        effects: Files of the events that ceased to count or count again, with their signs.
    """

    within: Within
    days: Sequence[Sequence[str]] = ()
    days_with_copies: Sequence[Sequence[str]] = ()
    effects: Sequence[str] = ()

    def sums(self) -> list[GroupSum]:
        """Return the partial sums of the stretch."""
        sums = [GroupSum(Scan(tuple(own), _COLUMNS, self.within), KEYS, SUMS) for own in self.days]
        sums += [
            GroupSum(Distinct(Scan(tuple(own), (*_ID, *_COLUMNS), self.within)), KEYS, SUMS)
            for own in self.days_with_copies
        ]
        if self.effects:
            signed = Scan(tuple(self.effects), _SIGNED_COLUMNS, self.within)
            sums.append(GroupSum(signed, KEYS, (*SUMS, "events"), count=None))
        return sums


def plan_of_measures(
    days: Iterable[Sequence[str]],
    period: Period,
    *,
    days_with_copies: Iterable[Sequence[str]] = (),
    effects: Sequence[str] = (),
) -> Merge:
    """Return the plan of all titles' sums over a period, all of it read from events.

    Args:
        days: As in `Stretches`, as are the others.
        period: Half-open.
        days_with_copies: See there.
        effects: See there.
    """
    within = Within("occurred_at_us", microseconds(period.start), microseconds(period.end))
    return merge_of([Stretches(within, tuple(days), tuple(days_with_copies), effects)], ())


def merge_of(
    stretches: Iterable[Stretches],
    partials: Sequence[str],
    *,
    first_day: int = 0,
    last_day: int = 0,
) -> Merge:
    """Return the plan that adds up stretches of events, and daily partial sums of whole days.

    Args:
        stretches: Read from events.
        partials: Files of daily partial sums.
        first_day: The first whole day that is read from them, counted from 1 January 1970.
        last_day: The one behind the last.
    """
    sums = [own for stretch in stretches for own in stretch.sums()]
    if partials:
        within = Within("occurred_day", first_day, last_day)
        scan = Scan(tuple(partials), _PARTIAL_COLUMNS, within)
        sums.append(GroupSum(scan, KEYS, (*SUMS, "events"), count=None))
    return Merge(tuple(sums) or (GroupSum(Scan((), _COLUMNS), KEYS, SUMS),), KEYS)


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
