"""Plays taken back as fraud in a month, each with its reason; taking back, and undoing it."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from duanju.adapters.lake import REASON_CHARACTERS_MAX
from duanju.kernel import Month, Problem
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words
from duanju_web.theater.models import EventCorrection, EventCorrectionKind
from duanju_web.theater.selectors.taken_back import last_words, words_of_month
from duanju_web.theater.services.marking import let_play_count, take_plays_back

WORDS_A_PAGE = 30
ROLES = ("accountant",)


class TakingBackForm(forms.Form):
    """Asks which events, and why."""

    events = forms.CharField(
        label=_("Events"),
        help_text=_("Their ids, one a line, as the lists of events show them; 200 at most."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        max_length=20_000,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Partners read it beside what was taken back."),
        max_length=REASON_CHARACTERS_MAX,
    )


class CountingAgainForm(forms.Form):
    """Asks why a play counts after all."""

    mark = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=REASON_CHARACTERS_MAX)


@acting_as("platform")
def taken_back(request: HttpRequest, period: str) -> HttpResponse:
    """List what was said of a month's events, and take back more."""
    actor = request.actor  # type: ignore[attr-defined]
    month, zone = _month(request, period)
    may_take = may_act(actor, roles=ROLES)
    if request.method == "POST" and not may_take:
        raise Http404
    form = TakingBackForm(request.POST or None, initial={"events": request.GET.get("event", "")})
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        done = take_plays_back(
            event_ids=form.cleaned_data["events"].split(),
            reason=form.cleaned_data["reason"],
            actor=actor,
            now=timezone.now(),
        )
        if isinstance(done[0], EventCorrection):
            messages.success(
                request,
                ngettext("%d event is taken back.", "%d events are taken back.", len(done))
                % len(done),
            )
            return redirect("plays_taken_back", period)
        problems = tuple(own for own in done if isinstance(own, Problem))
    return _shown(request, month, zone, form=form if may_take else None, problems=problems)


@acting_as("platform", roles=ROLES)
def count_again(request: HttpRequest, period: str) -> HttpResponse:
    """Let an event count again."""
    month, zone = _month(request, period)
    actor = request.actor  # type: ignore[attr-defined]
    form = CountingAgainForm(request.POST or None)
    if not form.is_valid():
        raise Http404
    own = EventCorrection.objects.filter(
        pk=form.cleaned_data["mark"], platform=actor.organisation, kind=EventCorrectionKind.MARK
    ).first()
    if own is None:
        raise Http404
    done = let_play_count(
        mark=own, reason=form.cleaned_data["reason"], actor=actor, now=timezone.now()
    )
    problems = tuple(each for each in done if isinstance(each, Problem))
    if problems:
        return _shown(request, month, zone, form=TakingBackForm(), problems=problems)
    messages.success(request, _("The event counts again."))
    return redirect("plays_taken_back", period)


def _month(request: HttpRequest, period: str) -> tuple[Month, ZoneInfo]:
    platform = request.actor.organisation  # type: ignore[attr-defined]
    try:
        return Month.parse(period), ZoneInfo(platform.time_zone)
    except ValueError:
        raise Http404 from None


def _shown(
    request: HttpRequest,
    month: Month,
    zone: ZoneInfo,
    *,
    form: TakingBackForm | None,
    problems: tuple[Problem, ...],
) -> HttpResponse:
    platform = request.actor.organisation  # type: ignore[attr-defined]
    page = Paginator(words_of_month(platform, month.period(zone)), WORDS_A_PAGE).get_page(
        request.GET.get("page")
    )
    said = list(page)
    holding = last_words(platform, [str(own.event_id) for own in said])
    context = {
        "month": month,
        "zone": platform.time_zone,
        "page": page,
        "rows": [_row(own, holding, zone) for own in said],
        "form": form,
        "problems": [put_in_words(problem) for problem in problems],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "theater/taken_back.html", context, status=status)


def _row(
    own: EventCorrection, holding: dict[str, EventCorrection], zone: ZoneInfo
) -> dict[str, Any]:
    holds = holding[str(own.event_id)] == own
    return {
        "own": own,
        "kind": EventCorrectionKind(own.kind).label,
        "occurred_at": own.occurred_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
        "at": own.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        "holds": holds,
        "tone": "bad" if own.kind == EventCorrectionKind.MARK else "note",
        "may_undo": holds and own.kind == EventCorrectionKind.MARK,
    }
