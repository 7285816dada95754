"""Tables of exchange rates: the list, one table, bringing one with a look before, and the pin."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju.adapters.documents import RateReading, plain_number
from duanju.kernel import Problem
from duanju.settlement import ExchangeRate
from duanju_web.settlement.models import RateTable
from duanju_web.settlement.pages.rates_forms import RatesFileForm
from duanju_web.settlement.selectors.rates import (
    days_of,
    find_rate_table,
    rate_tables_of,
    rates_file,
    rates_of,
)
from duanju_web.settlement.services.rates import (
    KeptFile,
    import_rates,
    keep_rates_file,
    read_kept_rates,
)
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import ProblemInWords, put_in_words

TABLES_A_PAGE = 20
DAYS_A_PAGE = 31
RATES_SHOWN = 60
"""Of a file that is only looked at: the newest."""

ACCOUNTANTS = ("accountant",)
_SALT = "settlement.rates"
_LOOKED_AT_SECONDS_MAX = 24 * 60 * 60


@acting_as("platform")
def rates(request: HttpRequest) -> HttpResponse:
    """List the tables of rates."""
    return _show_all(request)


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Show what a file says, and what is wrong with each of its rows; nothing of it counts."""
    form = RatesFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_all(request, form=form)
    said = form.cleaned_data
    platform = request.actor.organisation  # type: ignore[attr-defined]
    kept = keep_rates_file(
        platform=platform, chunks=said["file"].chunks(), file_name=said["file"].name
    )
    if isinstance(kept, Problem):
        return _show_all(request, form=form, problems=(kept,))
    reading = read_kept_rates(platform, kept)
    return _show_reading(request, kept, said["source"], reading)


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Keep the file that was looked at."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    kept, source = _looked_at(request)
    made = import_rates(
        actor=request.actor,  # type: ignore[attr-defined]
        kept=kept,
        source=source,
        now=timezone.now(),
    )
    if isinstance(made, RateTable):
        messages.success(request, _("The table is kept; now it can be pinned to a month."))
        return redirect("rate_table", made.pk)
    return _show_reading(request, kept, source, read_kept_rates(platform, kept))


@acting_as("platform")
def table(request: HttpRequest, table_id: int) -> HttpResponse:
    """Show a table, day by day."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    own = find_rate_table(platform, table_id)
    if own is None:
        raise Http404
    page = Paginator(days_of(own), DAYS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "table": own,
        "page": page,
        "days": [(row.day, _in_words(rates_of(row))) for row in page],
        "pins": own.pins.select_related("pinned_by").order_by("-pk")[:TABLES_A_PAGE],
    }
    return render(request, "settlement/rate_table.html", context)


def _show_all(
    request: HttpRequest,
    *,
    form: RatesFileForm | None = None,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    platform = request.actor.organisation  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "page": Paginator(rate_tables_of(platform), TABLES_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "form": form or RatesFileForm(),
        "may_bring": may_act(request.actor, kinds=("platform",), roles=ACCOUNTANTS),  # type: ignore[attr-defined]
        "problems": [put_in_words(own) for own in problems],
    }
    return render(request, "settlement/rates.html", context, status=422 if form else 200)


def _show_reading(
    request: HttpRequest, kept: KeptFile, source: str, reading: RateReading
) -> HttpResponse:
    newest = list(reversed(reading.rates))[:RATES_SHOWN]
    token = signing.dumps({"file": asdict(kept), "source": source}, salt=_SALT)
    context = {
        "file": kept,
        "source": source,
        "token": token,
        "rate_count": len(reading.rates),
        "first_day": reading.rates[0].day if reading.rates else None,
        "last_day": reading.rates[-1].day if reading.rates else None,
        "rates": _in_words(newest),
        "problems": _said(reading.problems),
    }
    status = 422 if reading.problems else 200
    return render(request, "settlement/rates_reading.html", context, status=status)


def _looked_at(request: HttpRequest) -> tuple[KeptFile, str]:
    """Return the file that a page of this platform showed.

    Raises:
        Http404: None did, or long ago, or the file is gone.
    """
    try:
        told = signing.loads(
            request.POST.get("token", ""), salt=_SALT, max_age=_LOOKED_AT_SECONDS_MAX
        )
    except signing.BadSignature:
        raise Http404 from None
    kept = KeptFile(**told["file"])
    platform = request.actor.organisation  # type: ignore[attr-defined]
    if not rates_file(platform, kept.sha256).is_file():
        raise Http404
    return kept, told["source"]


def _in_words(found: Sequence[ExchangeRate]) -> list[dict[str, Any]]:
    return [
        {"day": own.day, "base": own.base, "quote": own.quote, "rate": plain_number(own.rate)}
        for own in found
    ]


def _said(problems: Sequence[Problem]) -> list[ProblemInWords]:
    return [put_in_words(own) for own in problems]
