"""What an organisation is paid, and what it waits for."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from duanju_web.payouts.pages.accounts import missing_and_waiting
from duanju_web.payouts.pages.words import in_words
from duanju_web.payouts.selectors.batches import due_to, payouts_to
from duanju_web.shared.actor import Actor

PAYOUTS_A_PAGE = 30


def own_payouts(request: HttpRequest) -> HttpResponse:
    """List the payouts to the acting organisation, and what is still due to it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assert actor.organisation is not None
    due = due_to(actor.organisation)
    currencies = sorted({code for _platform, code, _amount in due})
    missing, waiting = missing_and_waiting(
        actor.organisation, currencies=currencies, now=timezone.now()
    )
    found = Paginator(payouts_to(actor.organisation), PAYOUTS_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "payouts": [in_words(row) for row in page],
        "due": due,
        "missing": missing,
        "waiting": waiting,
    }
    return render(request, "payouts/own_payouts.html", context)
