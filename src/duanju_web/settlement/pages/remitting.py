"""What a closed month makes due: for whom, how much, by which rates, what waits and why."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duanju.kernel import Month, Problem
from duanju.settlement import DUE, Remittance
from duanju_web.deals.selectors import party_names
from duanju_web.settlement.mapping.remitting import advice_of
from duanju_web.settlement.models import RatePin, RemittanceAdvice
from duanju_web.settlement.pages.advice_words import carried_in_words, lines_of_advice
from duanju_web.settlement.pages.rates_forms import PinForm
from duanju_web.settlement.selectors import find_close, last_close
from duanju_web.settlement.selectors.rates import pinned_day, tables_for
from duanju_web.settlement.selectors.remitting import (
    DueNow,
    RemittingBasis,
    advices_of,
    find_basis,
    find_due_now,
)
from duanju_web.settlement.services import invoice_month
from duanju_web.settlement.services.rates import pin_table
from duanju_web.shared.models import Organisation
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words

PARTIES_A_PAGE = 50
TABLES_OFFERED = 20
PROBLEMS_SHOWN = 50

NOTHING = DueNow((), (), ())
ACCOUNTANTS = ("accountant",)


@acting_as("platform")
def due(request: HttpRequest, period: str) -> HttpResponse:
    """Show what of a closed month is due, and what can be made due."""
    return _show(request, _month(period))


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def make(request: HttpRequest, period: str) -> HttpResponse:
    """Make due what is owed."""
    month = _month(period)
    platform = request.actor.organisation  # type: ignore[attr-defined]
    made = invoice_month(platform=platform, month=month, actor=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    if not isinstance(made, int):
        return _show(request, month, made)
    if made:
        told = ngettext("%(number)s amount is due.", "%(number)s amounts are due.", made)
        messages.success(request, told % {"number": made})
    return redirect("month_due", period)


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def pin(request: HttpRequest, period: str) -> HttpResponse:
    """Pin a table of rates to the month."""
    month = _month(period)
    form = PinForm(request.POST)
    if not form.is_valid():
        raise Http404
    made = pin_table(
        actor=request.actor,  # type: ignore[attr-defined]
        month=month,
        table_id=form.cleaned_data["table"],
        now=timezone.now(),
    )
    if not isinstance(made, RatePin):
        return _show(request, month, made)
    messages.success(request, _("The month is settled with these rates."))
    return redirect("month_due", period)


def _show(request: HttpRequest, month: Month, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    platform = request.actor.organisation  # type: ignore[attr-defined]
    close = find_close(platform=platform, month=month)
    if close is None:
        raise Http404
    last = last_close(platform)
    is_last = last is not None and last.pk == close.pk
    names = party_names(platform)
    basis = find_basis(platform, month, now=timezone.now())
    found = find_due_now(platform, month, basis) if is_last else NOTHING
    told = Paginator(advices_of(platform, month), PARTIES_A_PAGE).get_page(request.GET.get("page"))
    may_make = may_act(request.actor, kinds=("platform",), roles=ACCOUNTANTS)  # type: ignore[attr-defined]
    in_the_way = [own for own in found.problems if own not in problems]
    context: dict[str, Any] = {
        "month": month,
        **_waiting(found, basis, names),
        "page": told,
        "made": [_made(own, names) for own in told],
        "problems": [put_in_words(own) for own in (*problems, *in_the_way)[:PROBLEMS_SHOWN]],
        "basis": basis,
        "pin_day": pinned_day(month),
        "tables": _tables(platform, month, basis) if is_last and may_make else (),
        "may_make": bool(found.moving or found.carried) and not found.problems and may_make,
    }
    return render(request, "settlement/due.html", context, status=409 if problems else 200)


def _tables(platform: Organisation, month: Month, basis: RemittingBasis) -> Sequence[Any]:
    """Return the tables that can still be pinned."""
    return () if basis.is_begun else tables_for(platform, month)[:TABLES_OFFERED]


def _waiting(found: DueNow, basis: RemittingBasis, names: dict[str, str]) -> dict[str, Any]:
    waiting = (*found.moving, *found.carried)
    return {
        "waiting": [_row(own, basis, names) for own in waiting[:PARTIES_A_PAGE]],
        "waiting_more": max(len(waiting) - PARTIES_A_PAGE, 0),
    }


def _row(own: Remittance, basis: RemittingBasis, names: dict[str, str]) -> dict[str, Any]:
    carried = own.carried.value if own.carried else ""
    due_minor = own.due.amount_minor if own.transfer else 0
    return {
        "party": names.get(own.terms.party_id, own.terms.party_id),
        "role": own.terms.role,
        "amount_minor": due_minor,
        "currency": own.terms.currency,
        "state": carried_in_words(carried) if carried else _("Can be made due"),
        "is_moving": own.transfer is not None,
        "lines": lines_of_advice(
            advice_of(own, basis.rates),
            currency=own.terms.currency,
            due_minor=due_minor,
            carried=carried,
            transfer_id="",
        ),
    }


def _made(own: RemittanceAdvice, names: dict[str, str]) -> dict[str, Any]:
    return {
        "pk": own.pk,
        "party": names.get(own.party_id, own.party_id),
        "role": own.role,
        "amount_minor": own.due_minor,
        "currency": own.currency,
        "account": f"{DUE}{own.role}:{own.party_id}" if own.due_minor else "",
        "carried": carried_in_words(own.carried) if own.carried else "",
        "at": own.made_at,
    }


def _month(period: str) -> Month:
    try:
        return Month.parse(period)
    except ValueError:
        raise Http404 from None
