"""Disputes: the queue, one with all that was said, raising one of a line, attached files."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from duanju.kernel import Month, Problem
from duanju.settlement import DisputeAction, DisputeState, StatementLine, possible_actions
from duanju_web.deals.selectors import contract_of
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import (
    Dispute,
    DisputeReason,
    DisputeStep,
    ProvisionalStatement,
    StatementRecord,
)
from duanju_web.settlement.pages.dispute_forms import AnsweringForm, RaisingForm
from duanju_web.settlement.pages.dispute_words import REMEDIES, SAID, SIDES, STATES
from duanju_web.settlement.selectors import find_statement
from duanju_web.settlement.selectors.disputes import (
    disputes_of,
    find_dispute,
    find_dispute_file,
    side_of,
)
from duanju_web.settlement.selectors.reading import LineInWords, Wording
from duanju_web.settlement.selectors.stages import (
    closing_for,
    find_provisional,
    last_push,
    stage_of,
    today_of,
)
from duanju_web.settlement.services.attaching import path_of_file
from duanju_web.settlement.services.disputing import raise_dispute, say_in_dispute
from duanju_web.shared.permissions import acting_as
from duanju_web.shared.problems import put_in_words

DISPUTES_A_PAGE = 30


@acting_as()
def disputes(request: HttpRequest) -> HttpResponse:
    """List the disputes that the organisation raised or answers."""
    found = disputes_of(request.actor.organisation)  # type: ignore[attr-defined]
    page = Paginator(found, DISPUTES_A_PAGE).get_page(request.GET.get("page"))
    rows = [{"own": own, "state": STATES[own.state]} for own in page]
    return render(request, "settlement/disputes.html", {"page": page, "rows": rows})


@acting_as()
def dispute(request: HttpRequest, dispute_id: int) -> HttpResponse:
    """Show a dispute, and say something in it."""
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    own = find_dispute(organisation, dispute_id)
    if own is None:
        raise Http404
    actions = possible_actions(DisputeState(own.state), side=side_of(own, organisation))
    form = AnsweringForm(request.POST or None, request.FILES or None, actions=actions)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        done = say_in_dispute(
            dispute=own,
            action=DisputeAction(form.cleaned_data["action"]),
            said=form.said(),
            actor=request.actor,  # type: ignore[attr-defined]
            now=timezone.now(),
            remedy=form.chosen_remedy(),
        )
        if isinstance(done, DisputeStep):
            messages.success(request, _("It is said; the other side reads it here."))
            return redirect("dispute", own.pk)
        problems = done
    context = {
        "own": own,
        "state": STATES[own.state],
        "reason": DisputeReason(own.reason).label,
        "place": _place(own),
        "steps": [_step(step) for step in own.steps.all()],
        "form": form if actions else None,
        "problems": [put_in_words(problem) for problem in problems],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "settlement/dispute.html", context, status=status)


@acting_as("studio", "writer")
def of_provisional(request: HttpRequest, statement_id: int, number: int) -> HttpResponse:
    """Raise a dispute of a line of a provisional statement, while it can be."""
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    own = find_provisional(organisation=organisation, statement_id=statement_id)
    if own is None or own.party_id != organisation.pk:
        raise Http404
    platform, month = own.step.platform, Month.parse(own.step.period)
    closing = closing_for(platform)
    may = closing is not None and closing.calendar.may_object(
        month, stage=stage_of(platform, month), today=today_of(platform, timezone.now())
    )
    if not may or last_push(platform, month) != own.step:
        raise Http404
    return _raise(request, own, number, known_at=own.step.known_at)


@acting_as("studio", "writer")
def of_statement(request: HttpRequest, statement_id: int, number: int) -> HttpResponse:
    """Raise a dispute of a line of a closed month; what is right then comes in the next."""
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    own = find_statement(organisation=organisation, statement_id=statement_id)
    if own is None or own.party_id != organisation.pk:
        raise Http404
    return _raise(request, own, number, known_at=own.close.known_at)


@acting_as()
def file(request: HttpRequest, file_id: int) -> HttpResponse | FileResponse:
    """Hand out an attached file, never to be opened in the page."""
    found = find_dispute_file(request.actor.organisation, file_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    answer = FileResponse(
        path_of_file(found.sha256).open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _raise(
    request: HttpRequest, own: ProvisionalStatement | StatementRecord, number: int, *, known_at: Any
) -> HttpResponse:
    lines = statement_of(own).lines
    if not 1 <= number <= len(lines):
        raise Http404
    line: StatementLine = lines[number - 1]
    wording = Wording.of(contract_of(own.deal, known_at=known_at), own.deal.titles.all())
    form = RaisingForm(request.POST or None, request.FILES or None, currency=line.key.currency)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        done = raise_dispute(
            statement=own,
            line=line,
            reason=form.cleaned_data["reason"],
            expected_minor=form.cleaned_data["expected"],
            said=form.said(),
            actor=request.actor,  # type: ignore[attr-defined]
            now=timezone.now(),
        )
        if isinstance(done, Dispute):
            messages.success(request, _("The platform reads it now; its answer stands here."))
            return redirect("dispute", done.pk)
        problems = done
    shown: LineInWords = wording.line(number, line)
    context = {
        "line": shown,
        "form": form,
        "problems": [put_in_words(problem) for problem in problems],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "settlement/raise_dispute.html", context, status=status)


def _place(own: Dispute) -> dict[str, str]:
    """Return clause and title as people know them."""
    wording = Wording.of(contract_of(own.deal), own.deal.titles.all())
    return {
        "clause": wording.clause(own.clause_id).title,
        "title": wording.titles.get(own.title_id, ""),
    }


def _step(step: DisputeStep) -> dict[str, Any]:
    return {
        "own": step,
        "said": SAID[step.action],
        "side": SIDES[step.side],
        "remedy": REMEDIES.get(step.remedy, ""),
        "files": list(step.files.all()),
    }
