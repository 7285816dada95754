"""Signed deals."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from duanju_web.deals.models import Deal, DealAmendment
from duanju_web.deals.pages.calculating import calculator
from duanju_web.deals.selectors import (
    amendments_agreed,
    contract_of,
    deals_of,
    parties_in_words,
    parts_named,
    policy_of,
    put_parameters_in_words,
    put_policy_in_words,
    role_of,
    trail_of,
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
    several = list(found.amendments.select_related("policy_version").order_by("pk"))
    agreed = amendments_agreed(found)
    over = [own for own in agreed if own.mode == DealAmendment.Mode.OVER]
    newest = over[-1] if over else found
    policy = policy_of(newest.policy_version)
    reader = role_of(found, organisation)
    computed = calculator(request, policy=policy, fixed=newest.parameters, reader=reader)
    if getattr(request, "htmx", False):
        return render(request, "deals/calculation.html", computed)
    context = {
        "deal": found,
        "last_day": found.ends_on - ONE_DAY if found.ends_on else None,
        "parts": _parts(found, agreed, reader),
        "parameters": put_parameters_in_words(policy, newest.parameters),
        "amendments": several,
        "may_amend": found.platform_id == organisation.pk
        and may_act(request.actor, kinds=("platform",), roles=("producer",)),  # type: ignore[attr-defined]
        "titles": found.titles.all(),
        "parties": parties_in_words(found.parties),
        "trail": trail_of(found.offer),
        **computed,
    }
    return render(request, "deals/deal.html", context)


def _parts(deal: Deal, agreed: list[DealAmendment], reader: str) -> list[dict[str, Any]]:
    """Return the terms that hold, newest first, each with its days and clauses in words."""
    return [
        {
            "amendment": own["amendment"],
            "starts_on": own["terms"].starts_on,
            "last_day": own["terms"].ends_on - ONE_DAY if own["terms"].ends_on else None,
            "clauses": put_policy_in_words(own["terms"].policy, own["terms"].values, reader=reader),
        }
        for own in parts_named(contract_of(deal), agreed)
    ]
