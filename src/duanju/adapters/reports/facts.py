"""The facts that the rows of reports add up to."""

from collections import defaultdict
from collections.abc import Iterable

from duanju.adapters.reports.rows import ReportRow
from duanju.deals import MEASURES, Fact, Stretch

Subject = tuple[str, str, str, str, str, str]
"""Measure, title, currency, channel, territory and item."""


def facts_of_rows(rows: Iterable[ReportRow]) -> tuple[Fact, ...]:
    """Return what rows come to: one fact a measure, title, currency, channel, territory and item.

    Rows about the same are added up exactly, also those of several sources. Where one tells a
    month and another its days, all of that month is one fact, for a whole never stands beside its
    parts.

    Args:
        rows: Each once, of any number of reports, in any order.

    Returns:
        Facts in minor units, ordered by subject and day.
    """
    sums: dict[tuple[Subject, Stretch], int] = defaultdict(int)
    for own in rows:
        subject = (
            *(own.measure, own.title_id, own.currency),
            *(own.channel, own.territory, own.item),
        )
        sums[subject, own.stretch] += own.amount_minor
    return facts_of_sums(sums)


def facts_of_sums(sums: dict[tuple[Subject, Stretch], int]) -> tuple[Fact, ...]:
    """Return facts of sums that a database has added up, as `facts_of_rows` does of rows."""
    whole = {(subject, own.month) for subject, own in sums if own == Stretch.of_month(own.month)}
    merged: dict[tuple[Subject, Stretch], int] = defaultdict(int)
    for (subject, stretch), amount_minor in sums.items():
        month = stretch.month
        place = Stretch.of_month(month) if (subject, month) in whole else stretch
        merged[subject, place] += amount_minor
    assert sum(merged.values()) == sum(sums.values()), "no fen is lost between rows and facts"
    return tuple(_fact(*place, merged[place]) for place in sorted(merged))


def _fact(subject: Subject, stretch: Stretch, amount_minor: int) -> Fact:
    measure, title_id, currency, channel, territory, item = subject
    return Fact(
        measure=measure,
        title_id=title_id,
        stretch=stretch,
        quantity=amount_minor,
        unit=MEASURES[measure].unit,
        currency=currency,
        channel=channel,
        territory=territory,
        item=item,
    )
