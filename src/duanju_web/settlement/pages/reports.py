"""What others report: brought as files, looked through, accepted, and read row by row."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju.adapters.reports import (
    ReportMapping,
    ReportPreview,
    RowKind,
    mapping_from_data,
    mapping_from_text,
    mapping_to_text,
    preview_report,
)
from duanju.kernel import Month, Problem, ProblemsFound
from duanju_web.settlement.mapping.reports import problem_of
from duanju_web.settlement.models import IncomeReport, ReportState
from duanju_web.settlement.pages.report_forms import MappingForm, MappingTextForm, ReportFileForm
from duanju_web.settlement.pages.report_words import (
    difference_in_words,
    kept_total_in_words,
    line_in_words,
    total_in_words,
)
from duanju_web.settlement.selectors.reports import (
    file_of,
    find_difference,
    find_report,
    known_titles,
    lines_of_report,
    reports_of,
    sources_of,
    title_names,
    version_before,
)
from duanju_web.settlement.services.reporting import (
    Consent,
    accept_report,
    bring_report,
    map_report,
    read_waiting,
    withdraw_report,
)
from duanju_web.shared.permissions import acting_as
from duanju_web.shared.problems import ProblemInWords, put_in_words

REPORTS_A_PAGE = 30
LINES_A_PAGE = 50
PROBLEMS_SHOWN = 50
ACCOUNTANTS = ("accountant",)


@acting_as("platform", roles=ACCOUNTANTS)
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports, and bring one."""
    form = ReportFileForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        brought = bring_report(
            actor=request.actor,  # type: ignore[attr-defined]
            chunks=said["file"].chunks(),
            file_name=said["file"].name,
            source=said["source"],
            period=said["period"],
            now=timezone.now(),
        )
        if isinstance(brought, IncomeReport):
            if brought.state == ReportState.ACCEPTED:
                messages.info(request, _("The same file is accepted already; nothing changes."))
            return redirect("report", brought.pk)
        problems = brought
    platform = request.actor.organisation  # type: ignore[attr-defined]
    page = Paginator(reports_of(platform), REPORTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "sources": sources_of(platform),
        "problems": _said(problems),
    }
    refused = request.method == "POST"
    return render(request, "settlement/reports.html", context, status=422 if refused else 200)


@acting_as("platform", roles=ACCOUNTANTS)
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show a report: what waits as it is mapped, what was accepted with its rows."""
    own = _own(request, report_id)
    if own.state == ReportState.WAITING:
        return _show_waiting(request, own)
    return _show_kept(request, own)


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def remap(request: HttpRequest, report_id: int) -> HttpResponse:
    """Read a waiting report by another mapping."""
    own = _own(request, report_id)
    if own.state != ReportState.WAITING:
        raise Http404
    if "text" in request.POST:
        return _remap_by_text(request, own)
    preview = _preview(own)
    form = MappingForm(request.POST, mapping=preview.mapping, columns=preview.columns)
    if not form.is_valid():
        return _show_waiting(request, own, form=form, refused=True)
    return _remapped(request, own, form.changed_mapping(), form)


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def accept(request: HttpRequest, report_id: int) -> HttpResponse:
    """Let a report count."""
    own = _own(request, report_id)
    consent = Consent(
        without_problem_rows="without_problem_rows" in request.POST,
        despite_totals="despite_totals" in request.POST,
        as_new_version="as_new_version" in request.POST,
    )
    done = accept_report(
        actor=request.actor,  # type: ignore[attr-defined]
        report_id=own.pk,
        consent=consent,
        now=timezone.now(),
    )
    if isinstance(done, IncomeReport):
        messages.success(request, _("The report counts."))
        return redirect("report", own.pk)
    if own.state != ReportState.WAITING:
        messages.error(request, _("The report no longer waits."))
        return redirect("report", own.pk)
    return _show_waiting(request, own, problems=done, refused=True)


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def withdraw(request: HttpRequest, report_id: int) -> HttpResponse:
    """Let a report count no longer."""
    own = _own(request, report_id)
    done = withdraw_report(
        actor=request.actor,  # type: ignore[attr-defined]
        report_id=own.pk,
        reason=request.POST.get("reason", ""),
        now=timezone.now(),
    )
    if isinstance(done, IncomeReport):
        messages.success(request, _("The report is withdrawn."))
        return redirect("reports")
    return _show_kept(request, own, problems=done)


@acting_as("platform", roles=ACCOUNTANTS)
def mapping_file(request: HttpRequest, report_id: int) -> HttpResponse:
    """Hand out the mapping of a report, as `duanju reports read` takes it."""
    own = _own(request, report_id)
    try:
        text = mapping_to_text(mapping_from_data(own.mapping))
    except ProblemsFound:
        raise Http404 from None
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{own.source}.toml"'
    return answer


def _show_waiting(
    request: HttpRequest,
    own: IncomeReport,
    *,
    form: MappingForm | None = None,
    text: str | None = None,
    problems: tuple[Problem, ...] = (),
    refused: bool = False,
) -> HttpResponse:
    preview = _preview(own)
    written = mapping_to_text(preview.mapping) if text is None else text
    context: dict[str, Any] = {
        "report": own,
        "first_rows": preview.first_rows,
        "form": form or MappingForm(mapping=preview.mapping, columns=preview.columns),
        "text_form": MappingTextForm(initial={"text": written}),
        "is_text_open": text is not None,
        "problems": _said(problems),
        **_as_read(own, preview),
    }
    status = 422 if refused else 200
    return render(request, "settlement/report_waiting.html", context, status=status)


def _as_read(own: IncomeReport, preview: ReportPreview) -> dict[str, Any]:
    """Return what a waiting report comes to by its mapping, or why it cannot be read."""
    if preview.problems:
        return {"unreadable": _said(preview.problems)}
    try:
        reading = read_waiting(own)
    except ProblemsFound as found:
        return {"unreadable": _said(found.problems)}
    titles = title_names(own.platform)
    earlier = version_before(own)
    difference = None if earlier is None else find_difference(earlier, reading.rows)
    return {
        "lines": [line_in_words(row, titles) for shown in preview.rows for row in shown.amounts],
        "amount_count": len(reading.rows),
        "faulty": reading.rows_with_problems,
        "row_problems": _said(reading.problems[:PROBLEMS_SHOWN]),
        "totals": [total_in_words(one) for one in reading.totals],
        "total_problems": _said(reading.problems_of_totals),
        "earlier": earlier,
        "difference": None if difference is None else difference_in_words(difference, titles),
    }


def _show_kept(
    request: HttpRequest, own: IncomeReport, *, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    titles = title_names(own.platform)
    faulty = lines_of_report(own, kinds=(RowKind.PROBLEM,))[:PROBLEMS_SHOWN]
    counted = lines_of_report(own, kinds=(RowKind.COUNTED,))
    page = Paginator(counted, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "report": own,
        "page": page,
        "lines": [line_in_words(line, titles) for line in page],
        "row_problems": [
            put_in_words(problem_of(problem)) for line in faulty for problem in line.problems
        ],
        "totals": [kept_total_in_words(one) for one in own.totals],
        "problems": _said(problems),
        "counts": own.state == ReportState.ACCEPTED,
    }
    return render(request, "settlement/report.html", context, status=422 if problems else 200)


def _remap_by_text(request: HttpRequest, own: IncomeReport) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        mapping = mapping_from_text(text, file="")
    except ProblemsFound as found:
        return _show_waiting(request, own, text=text, problems=found.problems, refused=True)
    return _remapped(request, own, mapping, text=text)


def _remapped(
    request: HttpRequest,
    own: IncomeReport,
    mapping: ReportMapping,
    form: MappingForm | None = None,
    text: str | None = None,
) -> HttpResponse:
    done = map_report(
        actor=request.actor,  # type: ignore[attr-defined]
        report_id=own.pk,
        mapping=mapping,
        now=timezone.now(),
    )
    if isinstance(done, IncomeReport):
        return redirect("report", own.pk)
    return _show_waiting(request, own, form=form, text=text, problems=done, refused=True)


def _preview(own: IncomeReport) -> ReportPreview:
    """Return the beginning of a waiting report; by a guess where its mapping could read nothing.

    Raises:
        Http404: The file itself is gone.
    """
    try:
        mapping = mapping_from_data(own.mapping)
    except ProblemsFound:
        mapping = None
    try:
        return preview_report(
            file_of(own),
            mapping,
            name=own.file_name,
            source=own.source,
            period=Month.parse(own.period),
            titles=known_titles(own.platform),
        )
    except ProblemsFound:
        raise Http404 from None


def _own(request: HttpRequest, report_id: int) -> IncomeReport:
    platform = request.actor.organisation  # type: ignore[attr-defined]
    found = find_report(platform=platform, report_id=report_id)
    if found is None:
        raise Http404
    return found


def _said(problems: Iterable[Problem]) -> list[ProblemInWords]:
    return [put_in_words(own) for own in problems]
