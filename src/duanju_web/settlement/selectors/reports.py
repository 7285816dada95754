"""What others reported: which reports count, their rows, and the facts that they come to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet, Sum

from duanju.adapters.reports import (
    ReportDifference,
    ReportMapping,
    ReportRow,
    RowKind,
    compare_reports,
    facts_of_sums,
    mapping_from_data,
)
from duanju.deals import Fact, Stretch, month_ends_on
from duanju.kernel import Month, ProblemsFound, Text
from duanju_web.deals.selectors import deals_of, in_reader_language
from duanju_web.settlement.mapping.reports import row_of
from duanju_web.settlement.models import IncomeReport, ReportLine, ReportState
from duanju_web.shared.models import Organisation

_SUBJECT = ("measure", "title_id", "currency", "channel", "territory", "item")


def reports_of(platform: Organisation) -> QuerySet[IncomeReport]:
    """Return a platform's reports, newest first."""
    return (
        IncomeReport.objects.filter(platform=platform)
        .select_related("uploaded_by", "accepted_by")
        .defer("mapping")
    )


def find_report(*, platform: Organisation, report_id: int) -> IncomeReport | None:
    """Return a report of a platform, or None."""
    return (
        IncomeReport.objects.filter(platform=platform, pk=report_id)
        .select_related("uploaded_by", "accepted_by", "replaces")
        .first()
    )


def sources_of(platform: Organisation) -> list[str]:
    """Return who has reported to a platform, in alphabetical order."""
    found = IncomeReport.objects.filter(platform=platform).order_by("source")
    return list(found.values_list("source", flat=True).distinct())


def saved_mapping(*, platform: Organisation, source: str) -> ReportMapping | None:
    """Return the mapping by which a source's newest report is read; None for a new source."""
    newest = IncomeReport.objects.filter(platform=platform, source=source).order_by("-pk").first()
    if newest is None:
        return None
    try:
        return mapping_from_data(newest.mapping)
    except ProblemsFound:  # nobody has corrected the guess
        return None


def file_of(report: IncomeReport) -> Path:
    """Return where the file of a report is kept, by its digest."""
    ending = Path(report.file_name).suffix.lower()
    return Path(settings.DATA_FOLDER) / "reports" / f"{report.sha256}{ending}"


def known_titles(platform: Organisation) -> dict[str, str]:
    """Return what a title of a platform's deals may be called in a report, to its number."""
    found: dict[str, str] = {}
    rows = deals_of(platform).order_by().values_list("titles__pk", "titles__slug").distinct()
    for number, slug in rows:
        if number is not None:
            found[slug] = found[str(number)] = str(number)
    return found


def title_names(platform: Organisation) -> dict[str, str]:
    """Return the titles of a platform's deals by number, as the reader calls them."""
    rows = deals_of(platform).order_by().values_list("titles__pk", "titles__name")
    return {str(own): in_reader_language(Text(name)) for own, name in rows if own is not None}


def lines_of_report(report: IncomeReport, *, kinds: Iterable[RowKind]) -> QuerySet[ReportLine]:
    """Return the rows of an accepted report of some kinds, in the order of the file."""
    wanted = [own.value for own in kinds]
    return ReportLine.objects.filter(report=report, kind__in=wanted).order_by("number", "pk")


def version_before(report: IncomeReport) -> IncomeReport | None:
    """Return the report whose place this one took, or takes when it is accepted."""
    if report.state != ReportState.WAITING:
        return report.replaces
    return IncomeReport.objects.filter(
        platform_id=report.platform_id,
        source=report.source,
        period=report.period,
        state=ReportState.ACCEPTED,
    ).first()


def kept_rows(report: IncomeReport) -> list[ReportRow]:
    """Return the amounts of an accepted report."""
    lines = ReportLine.objects.filter(report=report, kind=RowKind.COUNTED.value)
    return [row_of(own, sha256=report.sha256) for own in lines.defer("cells")]


def find_difference(old: IncomeReport, new: Iterable[ReportRow]) -> ReportDifference:
    """Return what the rows of a new version say otherwise than an accepted one."""
    return compare_reports(old=kept_rows(old), new=new)


def report_facts(
    *, platform: Organisation, until: Month, known_at: datetime | None = None
) -> tuple[Fact, ...]:
    """Return what the reports of a platform come to, one fact a subject and stretch.

    Args:
        platform: Whose.
        until: The last month, included whole.
        known_at: As it was known then; by default now.
    """
    rows = (
        counted_lines(platform, known_at=known_at)
        .filter(ends_on__lte=month_ends_on(until))
        .order_by()
        .values(*_SUBJECT, "starts_on", "ends_on")
        .annotate(total=Sum("amount_minor"))
    )
    sums: dict[tuple[tuple[str, str, str, str, str, str], Stretch], int] = defaultdict(int)
    for own in rows:
        measure, title_id, *rest = (str(own[name]) for name in _SUBJECT)
        currency, channel, territory, item = rest
        subject = (measure, title_id, currency, channel, territory, item)
        sums[subject, Stretch(own["starts_on"], own["ends_on"])] += own["total"]
    return facts_of_sums(sums)


def counted_lines(
    platform: Organisation, *, known_at: datetime | None = None
) -> QuerySet[ReportLine]:
    """Return the rows that count for a platform, or counted at a moment."""
    lines = ReportLine.objects.filter(report__platform=platform, kind=RowKind.COUNTED.value)
    if known_at is None:
        return lines.filter(report__state=ReportState.ACCEPTED)
    return lines.filter(report__accepted_at__lte=known_at).filter(
        Q(report__ended_at=None) | Q(report__ended_at__gt=known_at)
    )
