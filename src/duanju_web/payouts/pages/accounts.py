"""Bank accounts of an organisation: shown, entered, and a change stopped."""

import secrets
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from duanju_web.payouts.models import BankAccount
from duanju_web.payouts.pages.forms import BankAccountForm
from duanju_web.payouts.pages.words import AccountInWords, account_in_words, put_at_fields
from duanju_web.payouts.selectors.accounts import (
    bank_accounts_of,
    find_bank_account,
    find_by_token,
    receiving_account,
    receiving_by_currency,
)
from duanju_web.payouts.services import enter_bank_account, stop_bank_account
from duanju_web.payouts.services.second_factor import has_second_factor
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.permissions import acting_as, may_act

ACCOUNTS_A_PAGE = 20
TOKEN_BYTES = 32
WHO_MAY_STOP = ("accountant",)


@acting_as()
def bank_accounts(request: HttpRequest) -> HttpResponse:
    """List what was ever entered, masked: what receives, what waits, what was."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assert actor.organisation is not None
    now = timezone.now()
    receiving = receiving_by_currency(actor.organisation, now=now)
    found = Paginator(bank_accounts_of(actor.organisation), ACCOUNTS_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "accounts": [
            account_in_words(own, standing=_standing(own, receiving, now)) for own in page
        ],
        "may_enter": may_act(actor, roles=("owner",)),
        "may_stop": may_act(actor, roles=WHO_MAY_STOP),
        "has_second_factor": has_second_factor(actor.user) if actor.user else False,
    }
    return render(request, "payouts/bank_accounts.html", context)


@sensitive_post_parameters()
@acting_as(roles=("owner",))
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a bank account."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assert actor.user is not None
    if not has_second_factor(actor.user):
        return render(request, "payouts/second_factor.html")
    form = BankAccountForm(request.POST or None, initial={"contact_email": actor.user.email})
    if request.method == "POST" and form.is_valid():
        token = secrets.token_urlsafe(TOKEN_BYTES)
        done = enter_bank_account(
            actor=actor,
            currency=form.cleaned_data["currency"],
            account=form.account(),
            contact_email=form.cleaned_data["contact_email"],
            code=form.cleaned_data["code"],
            token=token,
            link=request.build_absolute_uri(reverse("stop_bank_account_by_link", args=[token])),
            now=timezone.now(),
        )
        if isinstance(done, BankAccount):
            messages.success(request, _("The bank account is kept."))
            return redirect("bank_accounts")
        put_at_fields(form, done)
    refused = request.method == "POST"
    return render(
        request, "payouts/enter_account.html", {"form": form}, status=422 if refused else 200
    )


@acting_as(roles=WHO_MAY_STOP)
@require_POST
def stop(request: HttpRequest, account_id: int) -> HttpResponse:
    """Stop a change that waits."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assert actor.organisation is not None
    own = find_bank_account(actor.organisation, account_id)
    if own is None:
        raise Http404
    if isinstance(stop_bank_account(actor=actor, account=own, now=timezone.now()), tuple):
        messages.error(request, _("It is too late: the account receives already."))
    else:
        messages.success(request, _("The change is stopped; the account before goes on receiving."))
    return redirect("bank_accounts")


def stop_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever has the link from the mail see a change, and stop it."""
    own = find_by_token(token)
    if own is None:
        raise Http404
    now = timezone.now()
    too_late = False
    if request.method == "POST":
        actor = Actor(user=request.actor.user)  # type: ignore[attr-defined]
        too_late = isinstance(stop_bank_account(actor=actor, account=own, now=now), tuple)
        own = find_by_token(token) or own
    old = receiving_account(own.organisation, currency=own.currency, now=now)
    context = {
        "organisation": own.organisation,
        "new": account_in_words(own, standing=_standing_of(own, old, now)),
        "old": account_in_words(old, standing="receives") if old and old != own else None,
    }
    return render(request, "payouts/stop_account.html", context, status=422 if too_late else 200)


def _standing(own: BankAccount, receiving: dict[str, BankAccount], now: datetime) -> str:
    return _standing_of(own, receiving.get(own.currency), now)


def _standing_of(own: BankAccount, receiving: BankAccount | None, now: datetime) -> str:
    if hasattr(own, "stop"):
        return "stopped"
    if own.starts_at > now:
        return "waits"
    return "receives" if own == receiving else "past"


def missing_and_waiting(
    organisation: Organisation, *, currencies: list[str], now: datetime
) -> tuple[list[str], list[AccountInWords]]:
    """Return the currencies without an account, and the changes that wait."""
    receiving = receiving_by_currency(organisation, now=now)
    waiting = bank_accounts_of(organisation).filter(starts_at__gt=now, stop=None)
    missing = [code for code in currencies if code not in receiving]
    return missing, [account_in_words(own, standing="waits") for own in waiting]
