"""What a closed month makes due: for whom, how much, what waits and why."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duanju.kernel import Month, Problem
from duanju.settlement import DUE, Remittance
from duanju_web.deals.selectors import party_names
from duanju_web.settlement.selectors import find_close, last_close
from duanju_web.settlement.selectors.remitting import find_due_now, legs_made_due
from duanju_web.settlement.services import make_due
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words

PARTIES_A_PAGE = 50


@acting_as("platform")
def due(request: HttpRequest, period: str) -> HttpResponse:
    """Show what of a closed month is due, and what can be made due."""
    return _show(request, _month(period))


@acting_as("platform", roles=("accountant",))
@require_POST
def make(request: HttpRequest, period: str) -> HttpResponse:
    """Make due what is owed."""
    month = _month(period)
    platform = request.actor.organisation  # type: ignore[attr-defined]
    made = make_due(platform=platform, month=month, actor=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    if not isinstance(made, int):
        return _show(request, month, made)
    if made:
        told = ngettext("%(number)s amount is due.", "%(number)s amounts are due.", made)
        messages.success(request, told % {"number": made})
    return redirect("month_due", period)


def _show(request: HttpRequest, month: Month, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    platform = request.actor.organisation  # type: ignore[attr-defined]
    close = find_close(platform=platform, month=month)
    if close is None:
        raise Http404
    last = last_close(platform)
    is_last = last is not None and last.pk == close.pk
    names = party_names(platform)
    now = find_due_now(platform, month) if is_last else None
    moving = now.moving if now else ()
    carried = now.carried if now else ()
    waiting = [_row(own, names) for own in (*moving, *carried)]
    legs = Paginator(legs_made_due(platform, month), PARTIES_A_PAGE).get_page(
        request.GET.get("page")
    )
    context: dict[str, Any] = {
        "month": month,
        "waiting": waiting[:PARTIES_A_PAGE],
        "waiting_more": max(len(waiting) - PARTIES_A_PAGE, 0),
        "moving_count": len(moving),
        "page": legs,
        "made": [_made(own, names) for own in legs],
        "problems": [put_in_words(own) for own in problems],
        "may_make": bool(moving)
        and may_act(request.actor, kinds=("platform",), roles=("accountant",)),  # type: ignore[attr-defined]
    }
    return render(request, "settlement/due.html", context, status=409 if problems else 200)


def _row(own: Remittance, names: dict[str, str]) -> dict[str, Any]:
    amount = own.due.amount_minor if own.transfer else own.left[own.terms.currency]
    return {
        "party": names.get(own.terms.party_id, own.terms.party_id),
        "role": own.terms.role,
        "amount_minor": amount,
        "currency": own.terms.currency,
        "is_moving": own.transfer is not None,
    }


def _made(leg: Any, names: dict[str, str]) -> dict[str, Any]:
    role, _colon, party = leg.account.name.removeprefix(DUE).partition(":")
    return {
        "party": names.get(party, party),
        "role": role,
        "amount_minor": leg.amount_minor,
        "currency": leg.currency,
        "account": leg.account.name,
        "at": leg.at,
    }


def _month(period: str) -> Month:
    try:
        return Month.parse(period)
    except ValueError:
        raise Http404 from None
