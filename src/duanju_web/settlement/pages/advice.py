"""Advice of remittance: what of a month is due to a party, and how it came about."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from duanju.kernel import Month, Text
from duanju_web.deals.selectors import in_reader_language, party_names
from duanju_web.settlement.models import RemittanceAdvice
from duanju_web.settlement.pages.advice_words import carried_in_words, lines_of_advice
from duanju_web.settlement.selectors.advice import advices_for, find_advice
from duanju_web.shared.permissions import acting_as

ADVICES_A_PAGE = 24


@acting_as()
def advices(request: HttpRequest) -> HttpResponse:
    """List what an organisation told its partners, or was told."""
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    found = advices_for(organisation).defer("content")
    page = Paginator(found, ADVICES_A_PAGE).get_page(request.GET.get("page"))
    names = party_names(organisation)
    rows = [(own, _other(own, organisation, names), carried_in_words(own.carried)) for own in page]
    return render(request, "settlement/advices.html", {"page": page, "rows": rows})


@acting_as()
def advice(request: HttpRequest, advice_id: int) -> HttpResponse:
    """Show what a party was told of a month, to the party and to who told it."""
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    own = find_advice(organisation, advice_id)
    if own is None:
        raise Http404
    is_platform = own.platform_id == organisation.pk
    names = party_names(own.platform)
    context: dict[str, Any] = {
        "advice": own,
        "month": Month.parse(own.period),
        "party": names.get(own.party_id, own.party_id),
        "lines": lines_of_advice(
            own.content,
            currency=own.currency,
            due_minor=own.due_minor,
            carried=own.carried,
            transfer_id=own.transfer_id,
        ),
        "is_platform": is_platform,
        "account": f"due:{own.role}:{own.party_id}",
    }
    return render(request, "settlement/advice.html", context)


def _other(own: RemittanceAdvice, reader: Any, names: dict[str, str]) -> str:
    """Return the name of the other side."""
    if own.platform_id == reader.pk:
        return names.get(own.party_id, own.party_id)
    return in_reader_language(Text(own.platform.name))
