"""The wallet: balance, book, packs, and the viewer's own limits."""

import secrets

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from duanju.kernel import Problem
from duanju_web.shared.problems import put_in_words
from duanju_web.theater.models import PurchaseState, Wallet
from duanju_web.theater.payments import payment_provider
from duanju_web.theater.presenting import pack_card
from duanju_web.theater.selectors import (
    coin_packs,
    coins_spent_on,
    purchases_of,
    wallet_entries,
    wallet_of,
)
from duanju_web.theater.services import (
    KeyUsedOtherwise,
    NoSuchPack,
    buy_pack,
    change_wallet_rules,
)
from duanju_web.theater.viewing import find_viewer, require_viewer

ENTRIES_PAGE_SIZE = 20
RECEIPTS_SHOWN = 10
CAP_COINS_MAX = 1_000_000


class RulesForm(forms.Form):
    """What the viewer allows."""

    daily_cap_coins = forms.IntegerField(
        label=gettext_lazy("At most this many coins a day"),
        help_text=gettext_lazy("Leave it empty for no limit. A day begins at 00:00 UTC."),
        min_value=0,
        max_value=CAP_COINS_MAX,
        required=False,
    )
    auto_unlock = forms.BooleanField(
        label=gettext_lazy("Unlock the next episode without asking"),
        help_text=gettext_lazy("Only when an episode ends and the next one is locked."),
        required=False,
    )


class PurchaseForm(forms.Form):
    """Which pack, under which key."""

    pack = forms.IntegerField(min_value=1)
    key = forms.CharField(min_length=8, max_length=64)


@require_safe
def wallet(request: HttpRequest) -> HttpResponse:
    """Show the viewer's coins and where they went."""
    return _show(request, rules=None)


@require_POST
def buy(request: HttpRequest) -> HttpResponse:
    """Buy a pack; sent twice it is bought once."""
    form = PurchaseForm(request.POST)
    provider = payment_provider()
    response = redirect("theater_wallet")
    if provider is None or not form.is_valid():
        return _told(request, response, "theater.no-payment-provider")
    try:
        bought = buy_pack(
            viewer=require_viewer(request, response),
            pack_id=form.cleaned_data["pack"],
            idempotency_key=form.cleaned_data["key"],
            provider=provider,
            now=timezone.now(),
        )
    except (NoSuchPack, KeyUsedOtherwise) as refused:
        return _told(request, response, refused.code)
    if bought.state == PurchaseState.FAILED:
        return _told(request, response, "theater.payment-failed")
    coins = bought.coins + bought.bonus_coins
    text = ngettext("%(coins)s coin added.", "%(coins)s coins added.", coins) % {"coins": coins}
    messages.success(request, text)
    return response


@require_POST
def rules(request: HttpRequest) -> HttpResponse:
    """Keep the viewer's limits."""
    form = RulesForm(request.POST)
    if not form.is_valid():
        return _show(request, rules=form)
    response = redirect("theater_wallet")
    change_wallet_rules(
        viewer=require_viewer(request, response),
        daily_cap_coins=form.cleaned_data["daily_cap_coins"],
        auto_unlock=form.cleaned_data["auto_unlock"],
    )
    messages.success(request, _("Your limits are kept."))
    return response


def _show(request: HttpRequest, *, rules: RulesForm | None) -> HttpResponse:
    viewer = find_viewer(request)
    own = wallet_of(viewer)
    provider = payment_provider()
    entries = wallet_entries(own) if own else Wallet.objects.none()
    return render(
        request,
        "theater/wallet.html",
        {
            "wallet": own,
            "entries": Paginator(entries, ENTRIES_PAGE_SIZE).get_page(request.GET.get("page")),
            "receipts": purchases_of(own)[:RECEIPTS_SHOWN] if own else [],
            "packs": [pack_card(pack) for pack in coin_packs()] if provider else [],
            "purchase_key": secrets.token_urlsafe(18),
            "rules": rules or RulesForm(initial=_rules_of(own)),
            "spent_today": coins_spent_on(viewer=viewer, day=timezone.now()) if viewer else 0,
            "sandbox": provider is not None and not provider.real_money,
        },
        status=400 if rules else 200,
    )


def _rules_of(own: Wallet | None) -> dict[str, object]:
    if own is None:
        return {}
    return {"daily_cap_coins": own.daily_cap_coins, "auto_unlock": own.auto_unlock}


def _told(request: HttpRequest, response: HttpResponse, code: str) -> HttpResponse:
    words = put_in_words(Problem(code=code))
    messages.error(request, f"{words.sentence} {words.hint}")
    return response
