"""Bringing, mapping, accepting and withdrawing what others report."""

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from duanju.adapters.reports import (
    ReadRow,
    Reconciliation,
    ReportMapping,
    ReportReading,
    RowKind,
    check_mapping,
    mapping_from_data,
    mapping_to_data,
    preview_report,
    read_report,
    stream_report,
)
from duanju.kernel import Month, Problem, ProblemsFound
from duanju_web.settlement.mapping.reports import lines_of
from duanju_web.settlement.models import IncomeReport, ReportLine, ReportState
from duanju_web.settlement.selectors.reports import (
    file_of,
    known_titles,
    saved_mapping,
    version_before,
)
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

FILE_BYTES_MAX = 32 * 1024 * 1024
"""Larger reports are refused."""

ROWS_MAX = 200_000
"""Reports with more rows are refused; they are kept row by row."""

_BATCH = 500
_NEW_FILE_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody has said to before a report is accepted.

    Attributes:
        without_problem_rows: Rows with problems are left out.
        despite_totals: The report's own totals say something else, or cannot be compared.
        as_new_version: The report takes the place of one of the same source and month.
    """

    without_problem_rows: bool = False
    despite_totals: bool = False
    as_new_version: bool = False


def bring_report(
    *,
    actor: Actor,
    chunks: Iterable[bytes],
    file_name: str,
    source: str,
    period: Month,
    now: datetime,
) -> IncomeReport | tuple[Problem, ...]:
    """Keep a file as a report that waits; the same file again is the same report.

    It is read by the mapping of the source's newest report, else by a guess.

    Args:
        actor: Who brings it, for a platform.
        chunks: The bytes of the file.
        file_name: What its owner calls it.
        source: Id of who reports.
        period: The month that it is about.
        now: The time, aware.

    Returns:
        The report, new or known; or why the file cannot be read, and then nothing is kept.
    """
    platform = _platform_of(actor)
    report = IncomeReport(
        platform=platform,
        source=source,
        period=str(period),
        file_name=Path(file_name).name[-200:],
        uploaded_by=actor.user,
        uploaded_at=now,
    )
    kept = _keep(report, chunks)
    if kept is not None:
        return kept
    try:
        mapping = saved_mapping(platform=platform, source=source)
        if mapping is None:
            path = file_of(report)
            mapping = preview_report(path, name=report.file_name, source=source).mapping
    except ProblemsFound as found:
        return found.problems
    report.mapping = mapping_to_data(mapping)
    return _add(report, actor, now)


@transaction.atomic
def _add(report: IncomeReport, actor: Actor, now: datetime) -> IncomeReport:
    Organisation.objects.select_for_update().get(pk=report.platform_id)
    known = IncomeReport.objects.filter(
        platform_id=report.platform_id, sha256=report.sha256, ended_at=None
    ).first()
    if known is not None:
        return known
    report.save()
    _leave_trail(actor, "settlement.bring-report", report, None, now)
    return report


@transaction.atomic
def map_report(
    *, actor: Actor, report_id: int, mapping: ReportMapping, now: datetime
) -> IncomeReport | tuple[Problem, ...]:
    """Read a waiting report by another mapping; return what is wrong with it instead."""
    report = _locked(actor, report_id)
    if report.state != ReportState.WAITING:
        return (Problem("settlement.report-is-decided"),)
    if problems := check_mapping(mapping):
        return problems
    before = report.mapping
    report.mapping = mapping_to_data(mapping)
    if before != report.mapping:
        report.save(update_fields=["mapping"])
        _leave_trail(actor, "settlement.map-report", report, {"mapping": before}, now)
    return report


def read_waiting(report: IncomeReport) -> ReportReading:
    """Read the file of a report whole, by its mapping; nothing is saved.

    Raises:
        ProblemsFound: The mapping cannot read it at all.
    """
    return read_report(
        file_of(report),
        mapping_of(report),
        name=report.file_name,
        period=Month.parse(report.period),
        titles=known_titles(report.platform),
    )


def mapping_of(report: IncomeReport) -> ReportMapping:
    """Return the mapping by which a report is read, complete or not.

    Raises:
        ProblemsFound: It could read nothing.
    """
    return mapping_from_data(report.mapping)


@transaction.atomic
def accept_report(
    *, actor: Actor, report_id: int, consent: Consent, now: datetime
) -> IncomeReport | tuple[Problem, ...]:
    """Let a waiting report count: keep every row of it, and count those without a problem.

    Accepting an accepted report changes nothing. A month that is closed stays as it is; what the
    report adds to it is a correction in the open one.

    Returns:
        The report; or everything that stands against it, and then nothing was changed.
    """
    platform = Organisation.objects.select_for_update().get(pk=_platform_of(actor).pk)
    report = _locked(actor, report_id)
    if report.state == ReportState.ACCEPTED:
        return report
    if report.state != ReportState.WAITING:
        return (Problem("settlement.report-is-decided"),)
    try:
        rows, totals, told = _read_all(report, platform)
    except ProblemsFound as found:
        return found.problems
    counted = Counter(own.kind for own in rows)
    earlier = version_before(report)
    problems = _obstacles(counted, told, earlier, consent)
    if problems:
        return problems
    if earlier is not None:
        earlier.state, earlier.ended_at = ReportState.ENDED, now
        earlier.save(update_fields=["state", "ended_at"])
    report.state, report.replaces = ReportState.ACCEPTED, earlier
    report.accepted_by, report.accepted_at = actor.user, now
    report.version = _next_version(report)
    report.row_count = counted[RowKind.COUNTED]
    report.rows_with_problems = counted[RowKind.PROBLEM]
    report.totals = [asdict(own) for own in totals]
    report.save()
    kept = [line for own in rows for line in lines_of(report, own)]
    ReportLine.objects.bulk_create(kept, batch_size=_BATCH)
    before = {"replaces": earlier.pk, "sha256": earlier.sha256} if earlier else None
    _leave_trail(actor, "settlement.accept-report", report, before, now)
    return report


@transaction.atomic
def withdraw_report(
    *, actor: Actor, report_id: int, reason: str, now: datetime
) -> IncomeReport | tuple[Problem, ...]:
    """Let a report count no longer, or never; its rows and its file stay.

    The same file can then be brought again, and be read by another mapping.
    """
    Organisation.objects.select_for_update().get(pk=_platform_of(actor).pk)
    report = _locked(actor, report_id)
    if report.state == ReportState.ENDED:
        return report
    if report.state == ReportState.ACCEPTED and not reason.strip():
        return (Problem("settlement.withdrawal-without-reason"),)
    before = {"state": report.state}
    report.state, report.ended_at = ReportState.ENDED, now
    report.reason = reason.strip()[:500]
    report.save(update_fields=["state", "ended_at", "reason"])
    _leave_trail(actor, "settlement.withdraw-report", report, before, now)
    return report


def _keep(
    report: IncomeReport, chunks: Iterable[bytes]
) -> IncomeReport | tuple[Problem, ...] | None:
    """Write a file under its digest; return what ends it here, a problem or a known report."""
    folder = file_of(report).parent
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    handle, name = tempfile.mkstemp(dir=folder, prefix="new-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            for chunk in chunks:
                size += len(chunk)
                if size > FILE_BYTES_MAX:
                    params: dict[str, str | int] = {"max": FILE_BYTES_MAX // 1024**2}
                    return (Problem("settlement.report-too-large", params=params),)
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        report.sha256, report.size_bytes = digest.hexdigest(), size
        known = IncomeReport.objects.filter(
            platform_id=report.platform_id, sha256=report.sha256, ended_at=None
        ).first()
        if known is not None:
            return known
        path.replace(file_of(report))
        return None
    finally:
        path.unlink(missing_ok=True)


def _read_all(
    report: IncomeReport, platform: Organisation
) -> tuple[list[ReadRow], tuple[Reconciliation, ...], tuple[Problem, ...]]:
    stream = stream_report(
        file_of(report),
        mapping_of(report),
        name=report.file_name,
        period=Month.parse(report.period),
        titles=known_titles(platform),
    )
    assert stream.source.sha256 == report.sha256, "a kept file is the one that was brought"
    rows: list[ReadRow] = []
    for own in stream:
        if len(rows) == ROWS_MAX:
            params: dict[str, str | int] = {"rows": ROWS_MAX}
            raise ProblemsFound((Problem("documents.too-many-rows", params=params),))
        rows.append(own)
    return rows, *stream.reconcile()


def _obstacles(
    counted: Counter[RowKind],
    of_totals: tuple[Problem, ...],
    earlier: IncomeReport | None,
    consent: Consent,
) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    if not counted[RowKind.COUNTED]:
        problems.append(Problem("settlement.report-counts-nothing"))
    if (faulty := counted[RowKind.PROBLEM]) and not consent.without_problem_rows:
        params: dict[str, str | int] = {"number": faulty}
        problems.append(Problem("settlement.report-rows-with-problems", params=params))
    if of_totals and not consent.despite_totals:
        problems.extend(of_totals)
    if earlier is not None and not consent.as_new_version:
        named: dict[str, str | int] = {"version": earlier.version, "file": earlier.file_name}
        problems.append(Problem("settlement.report-is-a-new-version", params=named))
    return tuple(problems)


def _next_version(report: IncomeReport) -> int:
    earlier = IncomeReport.objects.filter(
        platform_id=report.platform_id, source=report.source, period=report.period
    )
    return max(earlier.values_list("version", flat=True), default=0) + 1


def _locked(actor: Actor, report_id: int) -> IncomeReport:
    reports = IncomeReport.objects.select_for_update(of=("self",)).select_related("replaces")
    return reports.get(pk=report_id, platform=_platform_of(actor))


def _platform_of(actor: Actor) -> Organisation:
    assert actor.organisation is not None, "a report is brought for a platform"
    return actor.organisation


def _leave_trail(
    actor: Actor,
    action: str,
    report: IncomeReport,
    before: dict[str, object] | None,
    now: datetime,
) -> None:
    after = {
        "source": report.source,
        "period": report.period,
        "state": report.state,
        "version": report.version,
        "file": report.file_name,
        "sha256": report.sha256,
        "rows": report.row_count,
        "left_out": report.rows_with_problems,
        "reason": report.reason,
        "mapping": report.mapping,
    }
    record_audit(actor=actor, action=action, target=report, before=before, after=after, now=now)
