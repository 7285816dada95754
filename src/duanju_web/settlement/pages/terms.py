"""Terms of payment: how each party is paid, and how it was before."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from duanju.adapters.documents import plain_number
from duanju.kernel import Problem
from duanju_web.deals.selectors import party_names, role_in_words
from duanju_web.settlement.mapping.remitting import terms_of
from duanju_web.settlement.models import PayoutTerms
from duanju_web.settlement.pages.terms_forms import TermsForm
from duanju_web.settlement.selectors.taxes import payout_terms_of, terms_history
from duanju_web.settlement.selectors.terms import payable_parties
from duanju_web.settlement.services.taxes import Entered, enter_rules
from duanju_web.shared.models import Organisation
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words

ACCOUNTANTS = ("accountant",)
PARTIES_A_PAGE = 30


@acting_as("platform")
def terms(request: HttpRequest) -> HttpResponse:
    """List how parties are paid."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    page = Paginator(payout_terms_of(platform), PARTIES_A_PAGE).get_page(request.GET.get("page"))
    names = party_names(platform)
    context = {
        "page": page,
        "rows": [_in_words(own, names) for own in page],
        "may_enter": may_act(request.actor, kinds=("platform",), roles=ACCOUNTANTS),  # type: ignore[attr-defined]
    }
    return render(request, "settlement/terms.html", context)


@acting_as("platform")
def party(request: HttpRequest, role: str, party_id: str) -> HttpResponse:
    """Show how a party is paid, and all that held before."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    found = terms_history(platform, role, party_id)
    page = Paginator(found, PARTIES_A_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    names = party_names(platform)
    rows = [_in_words(own, names) for own in page]
    return render(request, "settlement/terms_party.html", {"page": page, "rows": rows})


@acting_as("platform", roles=ACCOUNTANTS)
def enter(request: HttpRequest) -> HttpResponse:
    """Enter how a party is paid from now on."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    form = TermsForm(request.POST or None, parties=_parties(platform), initial={"currency": "CNY"})
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        own = form.terms()
        entered = enter_rules(
            actor=request.actor,  # type: ignore[attr-defined]
            rules=(),
            terms=[own],
            now=timezone.now(),
        )
        if isinstance(entered, Entered):
            messages.success(request, _("The terms hold for the next month that is made due."))
            return redirect("party_terms", own.role, own.party_id)
        problems = entered
    context = {"form": form, "problems": [put_in_words(one) for one in problems]}
    status = 422 if request.method == "POST" else 200
    return render(request, "settlement/terms_form.html", context, status=status)


def _parties(platform: Organisation) -> dict[str, str]:
    names = party_names(platform)
    found = {}
    for role, party_id in payable_parties(platform):
        name = names.get(party_id, party_id)
        found[f"{role}:{party_id}"] = f"{name} · {role_in_words(role)}"
    return found


def _in_words(row: PayoutTerms, names: dict[str, str]) -> dict[str, Any]:
    own = terms_of(row)
    return {
        "row": row,
        "party": names.get(row.party_id, row.party_id),
        "reserve": f"{plain_number(own.reserve_rate * 100)}%" if own.reserve_months else "",
    }
