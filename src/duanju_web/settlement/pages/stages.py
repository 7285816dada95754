"""The steps of a month that its page offers: push, open to partners, approve, paid."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju.kernel import Problem
from duanju_web.settlement.models import Close, MonthStep, ProposalVerdict
from duanju_web.settlement.pages.months import month_of, show_month
from duanju_web.settlement.pages.stage_words import CLOSERS
from duanju_web.settlement.services import (
    approve_close,
    mark_paid,
    push_month,
    refuse_close,
    soft_close_month,
)
from duanju_web.shared.permissions import acting_as


@acting_as("platform", roles=CLOSERS)
@require_POST
def push(request: HttpRequest, period: str) -> HttpResponse:
    """Push a month's figures to its partners."""
    done = push_month(**_asked(request, period), may_be_early=settings.MONTHS_CLOSE_EARLY)
    told = _("The figures of %(month)s are with its partners.") % {"month": period}
    return _answer(request, period, done, told)


@acting_as("platform", roles=CLOSERS)
@require_POST
def soft_close(request: HttpRequest, period: str) -> HttpResponse:
    """Let partners dispute lines of a month."""
    done = soft_close_month(**_asked(request, period), may_be_early=settings.MONTHS_CLOSE_EARLY)
    told = _("Partners may dispute lines of %(month)s now.") % {"month": period}
    return _answer(request, period, done, told)


@acting_as("platform", roles=CLOSERS)
@require_POST
def approve(request: HttpRequest, period: str) -> HttpResponse:
    """Close a month as a colleague asked."""
    done = approve_close(
        **_asked(request, period),
        digest=request.POST.get("digest", ""),
        may_be_early=settings.MONTHS_CLOSE_EARLY,
    )
    return _answer(request, period, done, _("%(month)s is closed.") % {"month": period})


@acting_as("platform", roles=CLOSERS)
@require_POST
def refuse(request: HttpRequest, period: str) -> HttpResponse:
    """Refuse what a colleague asked to close."""
    done = refuse_close(
        **_asked(request, period),
        digest=request.POST.get("digest", ""),
        reason=request.POST.get("reason", "")[: ProposalVerdict.REASON_MAX],
    )
    return _answer(request, period, done, _("Refused: the month stays as it is."))


@acting_as("platform", roles=CLOSERS)
@require_POST
def paid(request: HttpRequest, period: str) -> HttpResponse:
    """Write down that all of a month is paid."""
    done = mark_paid(**_asked(request, period))
    return _answer(request, period, done, _("%(month)s is paid.") % {"month": period})


def _asked(request: HttpRequest, period: str) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "platform": actor.organisation,
        "month": month_of(period),
        "actor": actor,
        "now": timezone.now(),
    }


def _answer(
    request: HttpRequest,
    period: str,
    done: MonthStep | Close | ProposalVerdict | tuple[Problem, ...],
    told: str,
) -> HttpResponse:
    if isinstance(done, tuple):
        return show_month(request, month_of(period), done)
    messages.success(request, told)
    return redirect("settlement_month", period)
