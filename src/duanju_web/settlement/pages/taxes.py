"""Rules of tax: the list with terms of payment beside, one version, a file, and a simple form."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duanju.adapters.documents import plain_number, remittance_rules_from_text
from duanju.kernel import Problem, ProblemsFound, Where
from duanju.settlement import TaxRule
from duanju_web.settlement.mapping.remitting import tax_rule_of
from duanju_web.settlement.models import TaxRuleVersion
from duanju_web.settlement.pages.taxes_forms import EFFECTS, KINDS, RulesFileForm, TaxRuleForm
from duanju_web.settlement.selectors.taxes import find_tax_version, tax_versions_of
from duanju_web.settlement.services.taxes import Entered, enter_rules
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words

ACCOUNTANTS = ("accountant",)
RULES_A_PAGE = 30
FILE_BYTES_MAX = 1024 * 1024
PROBLEMS_SHOWN = 100


@acting_as("platform")
def taxes(request: HttpRequest) -> HttpResponse:
    """List all versions of all rules."""
    return _show_all(request)


@acting_as("platform", roles=ACCOUNTANTS)
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Enter what a file says: rules of tax, and terms of payment."""
    form = RulesFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_all(request, form=form)
    file = form.cleaned_data["file"]
    if file.size > FILE_BYTES_MAX:
        params = {"max": FILE_BYTES_MAX // 1024**2}
        problem = Problem("settlement.rates-too-large", Where(file.name), params)
        return _show_all(request, form=form, problems=(problem,))
    content = file.read()
    try:
        read = remittance_rules_from_text(content.decode("utf-8-sig"), file=file.name)
    except UnicodeDecodeError:
        problem = Problem("documents.not-utf8", Where(file.name), {"file": file.name})
        return _show_all(request, form=form, problems=(problem,))
    except ProblemsFound as found:
        return _show_all(request, form=form, problems=found.problems)
    entered = enter_rules(
        actor=request.actor,  # type: ignore[attr-defined]
        rules=read.taxes,
        terms=list(read.terms.values()),
        now=timezone.now(),
        file_sha256=hashlib.sha256(content).hexdigest(),
    )
    if not isinstance(entered, Entered):
        return _show_all(request, form=form, problems=entered)
    _tell(request, entered)
    return redirect("taxes")


@acting_as("platform", roles=ACCOUNTANTS)
def enter(request: HttpRequest) -> HttpResponse:
    """Enter one version of a rule."""
    form = TaxRuleForm(request.POST or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        entered = enter_rules(
            actor=request.actor,  # type: ignore[attr-defined]
            rules=[form.rule_as_entered()],
            terms=(),
            now=timezone.now(),
        )
        if isinstance(entered, Entered):
            _tell(request, entered)
            return redirect("taxes")
        problems = entered
    context = {"form": form, "problems": [put_in_words(own) for own in problems]}
    status = 422 if request.method == "POST" else 200
    return render(request, "settlement/tax_form.html", context, status=status)


@acting_as("platform")
def version(request: HttpRequest, rule: str, version: int) -> HttpResponse:
    """Show a version of a rule, whole."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    row = find_tax_version(platform, rule, version)
    if row is None:
        raise Http404
    own = tax_rule_of(row)
    context = {
        "row": row,
        "words": _in_words(row),
        "brackets": [
            tuple(plain_number(part) for part in (one.above, one.rate * 100, one.less))
            for one in own.brackets
        ],
        "figures": _figures(own),
        "last_day": row.ends_on - timedelta(days=1) if row.ends_on else None,
    }
    return render(request, "settlement/tax_version.html", context)


def _show_all(
    request: HttpRequest,
    *,
    form: RulesFileForm | None = None,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    platform = request.actor.organisation  # type: ignore[attr-defined]
    page = Paginator(tax_versions_of(platform), RULES_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rules": [(own, _in_words(own)) for own in page],
        "form": form or RulesFileForm(),
        "may_enter": may_act(request.actor, kinds=("platform",), roles=ACCOUNTANTS),  # type: ignore[attr-defined]
        "problems": [put_in_words(own) for own in problems[:PROBLEMS_SHOWN]],
    }
    return render(request, "settlement/taxes.html", context, status=422 if form else 200)


def _in_words(row: TaxRuleVersion) -> dict[str, Any]:
    own = tax_rule_of(row)
    rates = [f"{plain_number(one.rate * 100)}%" for one in own.brackets]
    return {
        "kind": dict(KINDS)[row.kind],
        "effect": dict(EFFECTS)[row.effect],
        "rates": " – ".join(dict.fromkeys((rates[0], rates[-1]))),
    }


def _figures(own: TaxRule) -> list[tuple[str, str]]:
    """Return the figures that a rule has beside its rates."""
    found = []
    if own.allowance or own.allowance_share:
        found = [
            (_("Free of tax"), plain_number(own.allowance)),
            (_("while the payment is at most"), plain_number(own.allowance_up_to)),
            (_("above that, free of tax"), f"{plain_number(own.allowance_share * 100)}%"),
        ]
    if own.counted != 1:
        found.append((_("Part of the rest that counts"), f"{plain_number(own.counted * 100)}%"))
    return found


def _tell(request: HttpRequest, entered: Entered) -> None:
    number = entered.rules + entered.terms
    if number:
        told = ngettext("%(number)s entry is kept.", "%(number)s entries are kept.", number)
        messages.success(request, told % {"number": number})
    else:
        messages.info(request, _("All of it was known; nothing changes."))
