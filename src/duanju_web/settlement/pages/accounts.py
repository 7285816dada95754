"""A platform's accounts: what each holds, at any time, and every entry with its address."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext

from duanju.kernel import Text
from duanju_web.deals.selectors import in_reader_language, party_names
from duanju_web.settlement.selectors.accounts import (
    Entry,
    account_totals,
    entries_of,
    names_of_titles,
    read_entries,
)
from duanju_web.settlement.selectors.lake import zone_of
from duanju_web.shared.permissions import acting_as

ACCOUNTS_A_PAGE = 50
ENTRIES_A_PAGE = 50


@acting_as("platform")
def accounts(request: HttpRequest) -> HttpResponse:
    """Show what each account of the platform's ledger holds, or held at a time."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    at = _asked_time(request)
    totals = account_totals(platform, at=at)
    sums: dict[str, int] = {}
    for own in totals:
        sums[own.currency] = sums.get(own.currency, 0) + own.balance.balance_minor
    context = {
        "page": Paginator(totals, ACCOUNTS_A_PAGE).get_page(request.GET.get("page")),
        "sums": sums,
        "parties": party_names(platform),
        **_time(request, at),
    }
    return render(request, "settlement/accounts.html", context)


@acting_as("platform")
def account(request: HttpRequest, name: str) -> HttpResponse:
    """Show one account: what it holds or held at a time, and what made it so."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    at = _asked_time(request)
    if not account_totals(platform, name=name):
        raise Http404
    page = Paginator(entries_of(platform, name, at=at), ENTRIES_A_PAGE).get_page(
        request.GET.get("page")
    )
    entries = read_entries(page)
    titles = names_of_titles(platform, {own.title_id for own in entries})
    context = {
        "name": name,
        "totals": account_totals(platform, name=name, at=at),
        "page": page,
        "entries": [_entry(own, titles) for own in entries],
        "parties": party_names(platform),
        **_time(request, at),
    }
    return render(request, "settlement/account.html", context)


def _entry(own: Entry, titles: dict[str, dict[str, str]]) -> dict[str, Any]:
    name = titles.get(own.title_id)
    return {
        "entry": own,
        "title": in_reader_language(Text(name)) if name else own.title_id,
        "transaction": own.posting.transaction if own.posting else None,
        "transfer": own.leg.transfer if own.leg else None,
        "action": _action(own.leg.transfer.action) if own.leg else "",
    }


def _action(action: str) -> str:
    return {
        "move": pgettext("transfer", "Moved"),
        "hold": pgettext("transfer", "Held"),
        "post": pgettext("transfer", "Posted"),
        "void": pgettext("transfer", "Let go"),
    }[action]


def _asked_time(request: HttpRequest) -> datetime | None:
    """Return the time that is asked for; without a zone it is the platform's."""
    text = request.GET.get("at", "")
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    platform = request.actor.organisation  # type: ignore[attr-defined]
    return at if at.tzinfo else at.replace(tzinfo=zone_of(platform))


def _time(request: HttpRequest, at: datetime | None) -> dict[str, Any]:
    """Return the time, and how the form shows it."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    zone = zone_of(platform)
    return {
        "at": at,
        "at_text": at.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S") if at else "",
        "zone": platform.time_zone,
    }
