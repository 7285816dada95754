"""What a month passes over: facts that no clause counts, and what nobody has told yet."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from duanju.kernel import Month, Text
from duanju_web.deals.selectors import (
    condition_in_words,
    in_reader_language,
    titles_in_proofs,
    uncounted_in_words,
)
from duanju_web.settlement.selectors import find_close, next_month
from duanju_web.settlement.selectors.lake import zone_of
from duanju_web.settlement.selectors.reading import policies_of
from duanju_web.settlement.selectors.telling import gather
from duanju_web.settlement.selectors.unheard import Unheard, find_unheard
from duanju_web.shared.permissions import acting_as

DEALS_A_PAGE = 20
DEALS_IN_A_MONTH = 5
"""How many deals stand on the page of the month itself; a page of its own has all."""
SENTENCES_A_DEAL = 12


@acting_as("platform")
def unheard(request: HttpRequest, period: str) -> HttpResponse:
    """List deal by deal what counts nowhere and what is still open, as a page or a part of one."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    month = _month(period)
    close = find_close(platform=platform, month=month)
    if close is None and not _is_waiting(platform, month):
        raise Http404
    found = find_unheard(gather(platform=platform, month=month, close=close), month)
    is_part = bool(getattr(request, "htmx", False))
    page = Paginator(found, DEALS_IN_A_MONTH if is_part else DEALS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "month": month,
        "close": close,
        "page": page,
        "deals": [_in_words(own) for own in page],
        "left_off": page.paginator.count - len(page) if is_part else 0,
    }
    template = "settlement/unheard_part.html" if is_part else "settlement/unheard.html"
    return render(request, template, context)


def _in_words(own: Unheard) -> dict[str, Any]:
    names = {
        name: title
        for policy in policies_of(own.contract)
        for name, title in titles_in_proofs(policy).items()
    }
    titles = {
        str(title.pk): in_reader_language(Text(title.name)) for title in own.deal.titles.all()
    }
    return {
        "deal": own.deal,
        "uncounted": [
            uncounted_in_words(group, title=titles.get(group.first.title_id, ""))
            for group in own.uncounted[:SENTENCES_A_DEAL]
        ],
        "uncounted_more": max(0, len(own.uncounted) - SENTENCES_A_DEAL),
        "conditions": [
            condition_in_words(condition, names=names)
            for condition in own.conditions[:SENTENCES_A_DEAL]
        ],
        "conditions_more": max(0, len(own.conditions) - SENTENCES_A_DEAL),
    }


def _is_waiting(platform: Any, month: Month) -> bool:
    """Tell whether a month has begun and is the one that is closed next."""
    now = timezone.now()
    has_begun = month.period(zone_of(platform)).start <= now
    return has_begun and next_month(platform=platform, now=now) == month


def _month(period: str) -> Month:
    try:
        return Month.parse(period)
    except ValueError:
        raise Http404 from None
