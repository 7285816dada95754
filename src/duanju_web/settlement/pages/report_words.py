"""Rows, totals and differences of reports as people read them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from duanju.adapters.reports import Reconciliation, ReportDifference, ReportRow
from duanju.kernel import Month
from duanju_web.deals.selectors import channel_in_words, measure_in_words, money_in_words
from duanju_web.settlement.models import ReportLine
from duanju_web.settlement.selectors.reported import Reported

DIFFERENCES_SHOWN = 50


def line_in_words(line: ReportLine | ReportRow, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return an amount of a report: its row, and what it tells."""
    starts_on, ends_on = _days(line)
    assert line.amount_minor is not None, "a counted row has an amount"
    return {
        "number": line.number,
        "measure": measure_in_words(line.measure),
        "title": titles.get(str(line.title_id), str(line.title_id)),
        "day": starts_on if (ends_on - starts_on).days == 1 else None,
        "month": Month(starts_on.year, starts_on.month),
        "amount": money_in_words(line.amount_minor, line.currency),
        "channel": channel_in_words(line.channel) if line.channel else "",
        "territory": line.territory,
        "reference": line.reference,
    }


def total_in_words(own: Reconciliation) -> dict[str, Any]:
    """Return a total beside the sum of its rows."""
    code = own.currency
    return {
        "column": own.column,
        "summed": money_in_words(own.summed_minor, code),
        "stated": None if own.stated_minor is None else money_in_words(own.stated_minor, code),
        "difference": money_in_words(own.difference_minor, code) if own.difference_minor else "",
    }


def kept_total_in_words(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a total that was kept with an accepted report."""
    return total_in_words(Reconciliation(**data))


def difference_in_words(found: ReportDifference, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return what a new version says otherwise, a bounded number of rows of each kind."""
    return {
        "is_empty": found.is_empty,
        "sums": [money_in_words(own, code) for code, own in found.minor_by_currency.items()],
        "added_count": len(found.added),
        "removed_count": len(found.removed),
        "changed_count": len(found.changed),
        "added": [line_in_words(own, titles) for own in found.added[:DIFFERENCES_SHOWN]],
        "removed": [line_in_words(own, titles) for own in found.removed[:DIFFERENCES_SHOWN]],
        "changed": [
            {**line_in_words(new, titles), "before": line_in_words(old, titles)["amount"]}
            for old, new in found.changed[:DIFFERENCES_SHOWN]
        ],
    }


def reports_in_words(reported: Iterable[Reported], currency: str) -> list[dict[str, Any]]:
    """Return the reports behind a line, by measure."""
    return [
        {
            "source": own.source,
            "version": own.version,
            "file_name": own.file_name,
            "sha256": own.sha256,
            "measure": measure_in_words(own.measure),
            "count": own.row_count,
            "amount": money_in_words(own.amount_minor, currency),
        }
        for own in reported
    ]


def sums_in_words(reported: Iterable[Reported], currency: str) -> list[dict[str, Any]]:
    """Return what the rows of all reports behind a line come to, by measure."""
    sums: dict[str, tuple[int, int]] = {}
    for own in reported:
        count, amount_minor = sums.get(own.measure, (0, 0))
        sums[own.measure] = count + own.row_count, amount_minor + own.amount_minor
    return [
        {
            "measure": measure_in_words(measure),
            "count": count,
            "amount": money_in_words(amount_minor, currency),
        }
        for measure, (count, amount_minor) in sorted(sums.items())
    ]


def _days(line: ReportLine | ReportRow) -> tuple[date, date]:
    if isinstance(line, ReportRow):
        return line.stretch.starts_on, line.stretch.ends_on
    assert line.starts_on is not None, "a counted row has a day"
    assert line.ends_on is not None, "a counted row has a day"
    return line.starts_on, line.ends_on
