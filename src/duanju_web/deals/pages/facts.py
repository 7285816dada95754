"""What happened and no event tells: recorded by hand or from a table, and read by both sides."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duanju.adapters.documents import facts_template, read_facts
from duanju.deals import (
    MEASURES,
    Fact,
    Stretch,
    Unit,
    in_term_units,
)
from duanju.kernel import CURRENCIES, Problem, ProblemsFound
from duanju_web.deals.mapping.facts import fact_of
from duanju_web.deals.mapping.vocabulary import named
from duanju_web.deals.models import Deal, ReportedFact
from duanju_web.deals.pages.fact_forms import FactForm, FactsFileForm, figure_in_words
from duanju_web.deals.selectors import (
    deals_of,
    facts_recorded,
    money_in_words,
    number_in_words,
)
from duanju_web.deals.services import find_fact_problems, record_facts
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import ProblemInWords, put_in_words
from duanju_web.shared.templatetags.duanju import localized

RECORDERS = ("accountant", "producer")
FACTS_A_PAGE = 30
PREVIEW_ROWS = 50
FILE_BYTES_MAX = 4 * 1024 * 1024
SALT = "duanju.deals.facts"
DEPOSIT_LIFETIME = timedelta(hours=2)


@acting_as("platform", "studio")
def facts(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Show what was recorded about a deal, and record more."""
    deal = _own_deal(request, deal_id)
    may_record = _may_record(request, deal)
    form = FactForm(request.POST or None, deal=deal)
    problems: Iterable[Problem] = ()
    if request.method == "POST":
        if not may_record:
            raise Http404
        if form.is_valid():
            done = record_facts(
                actor=request.actor,  # type: ignore[attr-defined]
                deal_id=deal.pk,
                facts=(form.fact(),),
                now=timezone.now(),
                note=form.cleaned_data["note"],
                may_replace=form.cleaned_data["may_replace"],
            )
            if isinstance(done, int):
                messages.success(request, _("Recorded.") if done else _("It was recorded before."))
                return redirect("deal_facts", deal.pk)
            problems = done
    return _show(request, deal, form, problems=_said(problems))


@acting_as("platform", roles=RECORDERS)
@require_POST
def upload(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Read a table of facts and show what it would record, or what is wrong in which row."""
    deal = _own_deal(request, deal_id)
    form = FactForm(deal=deal)
    file_form = FactsFileForm(request.POST, request.FILES)
    if not file_form.is_valid():
        return _show(request, deal, form, file_form=file_form)
    file: UploadedFile = file_form.cleaned_data["file"]
    name = str(file.name)
    read = _read(file, deal)
    if isinstance(read, tuple):
        return _show(request, deal, form, file_form=file_form, problems=_said(read))
    found = find_fact_problems(deal=deal, facts=read)
    if found:
        return _show(request, deal, form, file_form=file_form, problems=_said(found))
    preview = {
        "name": name,
        "count": len(read),
        "rows": [_row(fact, deal) for fact in read[:PREVIEW_ROWS]],
        "deposit": signing.dumps(
            {"deal": deal.pk, "name": name, "facts": [_packed(own) for own in read]},
            salt=SALT,
            compress=True,
        ),
    }
    return _show(request, deal, form, preview=preview)


@acting_as("platform", roles=RECORDERS)
@require_POST
def confirm(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Record what a table said and somebody has looked through."""
    deal = _own_deal(request, deal_id)
    try:
        deposit = signing.loads(
            request.POST.get("deposit", ""), salt=SALT, max_age=DEPOSIT_LIFETIME
        )
    except signing.BadSignature:
        deposit = {}
    if deposit.get("deal") != deal.pk:
        messages.error(request, _("The table has to be chosen again."))
        return redirect("deal_facts", deal.pk)
    done = record_facts(
        actor=request.actor,  # type: ignore[attr-defined]
        deal_id=deal.pk,
        facts=[_unpacked(own) for own in deposit["facts"]],
        now=timezone.now(),
        source=str(deposit["name"])[:200],
        may_replace="may_replace" in request.POST,
    )
    if isinstance(done, int):
        said = ngettext("%(count)s fact is recorded.", "%(count)s facts are recorded.", done)
        messages.success(request, said % {"count": done})
        return redirect("deal_facts", deal.pk)
    form = FactForm(deal=deal)
    return _show(request, deal, form, problems=_said(done))


@acting_as("platform", roles=RECORDERS)
def template(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Hand out a table to fill in."""
    deal = _own_deal(request, deal_id)
    answer = HttpResponse(facts_template(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="facts-{deal.number}.csv"'
    return answer


def _show(
    request: HttpRequest,
    deal: Deal,
    form: FactForm,
    *,
    file_form: FactsFileForm | None = None,
    problems: list[ProblemInWords] | None = None,
    preview: dict[str, Any] | None = None,
) -> HttpResponse:
    page = Paginator(facts_recorded(deal), FACTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "deal": deal,
        "form": form,
        "file_form": file_form or FactsFileForm(),
        "problems": problems or [],
        "preview": preview,
        "page": page,
        "rows": [_recorded(own, deal) for own in page],
        "may_record": _may_record(request, deal),
    }
    return render(request, "deals/facts.html", context, status=422 if problems else 200)


def _read(file: UploadedFile, deal: Deal) -> list[Fact] | tuple[Problem, ...]:
    name = Path(str(file.name)).name
    if (file.size or 0) > FILE_BYTES_MAX:
        return (Problem("deals.file-too-large", params={"max": FILE_BYTES_MAX // 1024**2}),)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"facts{Path(name).suffix.lower()}"
        path.write_bytes(b"".join(file.chunks()))
        try:
            read = read_facts(path)
        except ProblemsFound as found:
            return tuple(
                replace(own, where=replace(own.where, file=name), params=_named_so(own, name))
                for own in found.problems
            )
    by_slug = {own.slug: str(own.pk) for own in deal.titles.all()}
    return [replace(own, title_id=by_slug.get(own.title_id, own.title_id)) for own in read]


def _named_so(problem: Problem, name: str) -> dict[str, Any]:
    return {**problem.params, "file": name} if "file" in problem.params else dict(problem.params)


def _packed(fact: Fact) -> list[Any]:
    return [
        fact.measure,
        fact.title_id,
        fact.stretch.starts_on.isoformat(),
        fact.stretch.ends_on.isoformat(),
        fact.quantity,
        fact.currency,
        fact.channel,
        fact.territory,
        fact.medium,
        fact.window,
        fact.item,
        fact.over_seconds,
        fact.is_fraud,
    ]


def _unpacked(packed: list[Any]) -> Fact:
    measure, title_id, starts_on, ends_on, quantity, *rest = packed
    stretch = Stretch(date.fromisoformat(starts_on), date.fromisoformat(ends_on))
    return Fact(measure, title_id, stretch, quantity, MEASURES[measure].unit, *rest)


def _recorded(row: ReportedFact, deal: Deal) -> dict[str, Any]:
    return {
        **_row(fact_of(row), deal),
        "number": row.pk,
        "note": row.note,
        "source": row.source,
        "by": row.recorded_by,
        "at": row.recorded_at,
        "replaced_by": getattr(row, "replaced_by", None),
        "replaces": row.replaces_id,
    }


def _row(fact: Fact, deal: Deal) -> dict[str, Any]:
    """Return a fact as people read it."""
    titles = {str(own.pk): localized(own.name) for own in deal.titles.all()}
    if fact.measure == "milestone":
        what = named("milestone", fact.item)
        amount = _("reached") if fact.quantity else _("not reached")
    else:
        what = figure_in_words(fact.measure, fact.item)
        amount = _amount(fact)
    days = (fact.stretch.ends_on - fact.stretch.starts_on).days
    return {
        "what": what,
        "is_fraud": fact.is_fraud,
        "title": titles.get(fact.title_id, fact.title_id),
        "day": fact.stretch.starts_on if days == 1 else None,
        "month": fact.stretch.month,
        "amount": amount,
        "channel": fact.channel,
    }


def _amount(fact: Fact) -> str:
    measure = MEASURES[fact.measure]
    if measure.unit is Unit.MINOR and fact.currency in CURRENCIES:
        return money_in_words(fact.quantity, fact.currency)
    if measure.unit is Unit.MILLISECOND:
        return _("%(minutes)s min") % {"minutes": _plain(fact)}
    return _plain(fact)


def _plain(fact: Fact) -> str:
    return number_in_words(in_term_units(fact.quantity, fact.measure))


def _said(problems: Iterable[Problem]) -> list[ProblemInWords]:
    return [put_in_words(own) for own in problems]


def _own_deal(request: HttpRequest, deal_id: int) -> Deal:
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    return get_object_or_404(deals_of(organisation), pk=deal_id)


def _may_record(request: HttpRequest, deal: Deal) -> bool:
    actor = request.actor  # type: ignore[attr-defined]
    is_own = actor.organisation.pk == deal.platform_id
    return is_own and may_act(actor, kinds=("platform",), roles=RECORDERS)
