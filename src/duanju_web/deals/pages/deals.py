"""Signed deals."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from duanju_web.deals.models import Deal
from duanju_web.deals.pages.calculating import calculator
from duanju_web.deals.selectors import (
    deals_of,
    parties_in_words,
    policy_of,
    put_parameters_in_words,
    put_policy_in_words,
    role_of,
    trail_of,
    values_of,
)
from duanju_web.shared.permissions import acting_as, may_act

DEALS_A_PAGE = 20
ONE_DAY = timedelta(days=1)


@acting_as("platform", "studio")
def deals(request: HttpRequest) -> HttpResponse:
    """List the deals to which the organisation is a party."""
    actor = request.actor  # type: ignore[attr-defined]
    page = Paginator(deals_of(actor.organisation), DEALS_A_PAGE).get_page(request.GET.get("page"))
    may_offer = may_act(actor, kinds=("platform",), roles=("producer",))
    return render(request, "deals/deals.html", {"page": page, "may_offer": may_offer})


@acting_as("platform", "studio")
def deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Show a deal to its two sides."""
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    found: Deal = get_object_or_404(deals_of(organisation), pk=deal_id)
    policy = policy_of(found.policy_version)
    reader = role_of(found, organisation)
    computed = calculator(request, policy=policy, fixed=found.parameters, reader=reader)
    if getattr(request, "htmx", False):
        return render(request, "deals/calculation.html", computed)
    context = {
        "deal": found,
        "last_day": found.ends_on - ONE_DAY if found.ends_on else None,
        "clauses": put_policy_in_words(policy, values_of(policy, found.parameters), reader=reader),
        "parameters": put_parameters_in_words(policy, found.parameters),
        "titles": found.titles.all(),
        "parties": parties_in_words(found.parties),
        "trail": trail_of(found.offer),
        **computed,
    }
    return render(request, "deals/deal.html", context)
