"""A platform's months: what waits, what a close would post, closing, what was posted."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju.kernel import Month, Problem, Text
from duanju_web.deals.selectors import contract_of, deals_begun, in_reader_language, party_names
from duanju_web.settlement.models import Close, CloseProposal
from duanju_web.settlement.pages.stage_words import CLOSERS, OUTLIERS, stages_in_words
from duanju_web.settlement.selectors import (
    currency_sums,
    find_close,
    ledger_of,
    months_of,
    next_month,
    statements_of,
)
from duanju_web.settlement.selectors.outlying import BesideBefore, compare_with_before
from duanju_web.settlement.selectors.reading import put_lines_in_words
from duanju_web.settlement.selectors.stages import find_rules
from duanju_web.settlement.services import (
    Decision,
    ask_to_close,
    decide_month,
    find_close_obstacles,
)
from duanju_web.settlement.services.closing import issued_statements
from duanju_web.shared.models import Organisation
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words

MONTHS_A_PAGE = 24
STATEMENTS_A_PAGE = 20
TRANSACTIONS_A_PAGE = 50
PREVIEWS_A_PAGE = 10
BESIDE_A_PAGE = 20


@acting_as("platform", "studio")
def months(request: HttpRequest) -> HttpResponse:
    """Show a platform its months with what waits in the next; lead a studio to its statements."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    if platform.kind == "studio":
        return redirect("statements")
    now = timezone.now()
    page = Paginator(months_of(platform=platform, now=now), MONTHS_A_PAGE).get_page(
        request.GET.get("page")
    )
    following = next_month(platform=platform, now=now)
    waiting = decide_month(platform=platform, month=following) if following else None
    context = {
        "page": page,
        "next": following,
        "waiting": _totals(waiting) if waiting else {},
        "problem_count": len(waiting.settlement.problems) if waiting else 0,
        "may_close": may_act(request.actor, kinds=("platform",), roles=CLOSERS),  # type: ignore[attr-defined]
        "closes_in_stages": find_rules(platform) is not None,
        "may_report": may_act(request.actor, kinds=("platform",), roles=("accountant",)),  # type: ignore[attr-defined]
    }
    return render(request, "settlement/months.html", context)


@acting_as("platform")
def month(request: HttpRequest, period: str) -> HttpResponse:
    """Show a closed month's statements, or what closing the next one would post."""
    return show_month(request, month_of(period))


def show_month(
    request: HttpRequest, asked: Month, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    """Render a month, with what kept it from being closed."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    close = find_close(platform=platform, month=asked)
    if close is not None:
        return _show_closed(request, close, problems)
    now = timezone.now()
    own = next((own for own in months_of(platform=platform, now=now) if own.month == asked), None)
    if own is None:
        raise Http404
    obstacles = find_close_obstacles(
        platform=platform, month=asked, now=now, may_be_early=settings.MONTHS_CLOSE_EARLY
    )
    decision = decide_month(platform=platform, month=asked) if own.is_next else None
    context: dict[str, Any] = {
        "month": asked,
        "is_running": not own.is_over,
        "obstacles": [put_in_words(problem) for problem in obstacles],
        "problems": [put_in_words(own) for own in _of_no_deal(problems)],
        "may_close": not obstacles and may_act(request.actor, kinds=("platform",), roles=CLOSERS),  # type: ignore[attr-defined]
        **stages_in_words(platform, asked, actor=request.actor, now=now),  # type: ignore[attr-defined]
        **(_previewed(request, decision, now) if decision else {}),
    }
    return render(request, "settlement/preview.html", context, status=409 if problems else 200)


@acting_as("platform", roles=("accountant",))
@require_POST
def close(request: HttpRequest, period: str) -> HttpResponse:
    """Close a month, or ask a colleague to approve it."""
    asked = month_of(period)
    closed = ask_to_close(
        platform=request.actor.organisation,  # type: ignore[attr-defined]
        month=asked,
        actor=request.actor,  # type: ignore[attr-defined]
        now=timezone.now(),
        without_blocked=request.POST.get("without_blocked") == "yes",
        may_be_early=settings.MONTHS_CLOSE_EARLY,
    )
    if isinstance(closed, Close):
        messages.success(request, _("%(month)s is closed.") % {"month": asked})
        return redirect("settlement_month", period)
    if isinstance(closed, CloseProposal):
        messages.success(request, _("A colleague is asked to approve it."))
        return redirect("settlement_month", period)
    return show_month(request, asked, closed)


@acting_as("platform")
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the platform's transactions with their postings, and that they sum to zero."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    asked = month_of(request.GET["month"]) if request.GET.get("month") else None
    page = Paginator(ledger_of(platform, month=asked), TRANSACTIONS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "month": asked,
        "months": [
            own.month for own in months_of(platform=platform, now=timezone.now()) if own.close
        ],
        "sums": currency_sums(platform, month=asked),
        "parties": party_names(platform),
    }
    return render(request, "settlement/ledger.html", context)


def _show_closed(
    request: HttpRequest, found: Close, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    statements = statements_of(found.platform).filter(close=found).order_by("pk")
    page = Paginator(statements, STATEMENTS_A_PAGE).get_page(request.GET.get("page"))
    totals: dict[str, int] = {}
    for own in statements.values_list("totals", flat=True):
        for total in own:
            code = total["currency"]
            totals[code] = totals.get(code, 0) + total["amount_minor"]
    context = {
        "close": found,
        "month": Month.parse(found.period),
        "page": page,
        "totals": totals,
        "sums": currency_sums(found.platform, month=Month.parse(found.period)),
        "problems": [put_in_words(own) for own in problems],
        **stages_in_words(
            found.platform,
            Month.parse(found.period),
            actor=request.actor,  # type: ignore[attr-defined]
            now=timezone.now(),
        ),
    }
    status = 409 if problems else 200
    return render(request, "settlement/closed_month.html", context, status=status)


def _previewed(request: HttpRequest, decision: Decision, now: Any) -> dict[str, Any]:
    """Return what a close would post, by studio and title, a page of it."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    deals = {deal.number: deal for deal in deals_begun(platform=platform, before=now)}
    page = Paginator(decision.settlement.statements, PREVIEWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    shown = []
    for statement in page:
        deal = deals[statement.deal_id]
        lines = put_lines_in_words(statement, contract=contract_of(deal), titles=deal.titles.all())
        shown.append({"deal": deal, "lines": lines, "totals": statement.totals})
    return {
        "statements": shown,
        "page": page,
        "totals": _totals(decision),
        "blocked": _blocked(decision, deals),
        "transaction_count": len(decision.settlement.transactions),
        **_beside(request, decision, deals),
    }


def _beside(request: HttpRequest, decision: Decision, deals: dict[str, Any]) -> dict[str, Any]:
    """Return what a close would bring beside the months before, a page of it, outliers first."""
    platform = request.actor.organisation  # type: ignore[attr-defined]
    rows = compare_with_before(
        platform, month=decision.month, statements=issued_statements(decision)
    )
    page = Paginator(rows, BESIDE_A_PAGE).get_page(request.GET.get("beside"))
    slugs = {own.party_slug for own in page}
    parties = Organisation.objects.filter(slug__in=slugs).values_list("slug", "name")
    names = {slug: in_reader_language(Text(name)) for slug, name in parties}
    return {
        "beside": [_beside_row(own, names, deals) for own in page],
        "beside_page": page,
        "outlier_count": sum(1 for own in rows if own.outlier),
        "previous_month": decision.month.previous(),
    }


def _beside_row(own: BesideBefore, names: Any, deals: dict[str, Any]) -> dict[str, Any]:
    words, tone = OUTLIERS[own.outlier] if own.outlier else ("", "")
    return {
        "own": own,
        "party": names.get(own.party_slug, own.party_slug),
        "deal": deals.get(own.deal_number),
        "words": words,
        "tone": tone,
    }


def _of_no_deal(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems that are not shown with their deals."""
    return tuple(own for own in problems if "deal" not in own.params)


def _blocked(decision: Decision, deals: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the deals with problems, each with its problems in words."""
    by_deal: dict[str, list[Any]] = {}
    for problem in decision.settlement.problems:
        number = str(problem.params.get("deal", ""))
        named = _name_title(problem, deals.get(number))
        by_deal.setdefault(number, []).append(put_in_words(named))
    return [{"deal": deals.get(own), "problems": words} for own, words in by_deal.items()]


def _name_title(problem: Problem, deal: Any) -> Problem:
    """Return a problem that names a title as people know it."""
    names = {str(own.pk): own.name for own in deal.titles.all()} if deal else {}
    name = names.get(str(problem.params.get("title", "")))
    if name is None:
        return problem
    return replace(problem, params={**problem.params, "title": in_reader_language(Text(name))})


def _totals(decision: Decision) -> dict[str, int]:
    totals: dict[str, int] = {}
    for statement in decision.settlement.statements:
        for money in statement.totals:
            totals[money.currency] = totals.get(money.currency, 0) + money.amount_minor
    return totals


def month_of(period: str) -> Month:
    """Read a month of an address; another text is no page."""
    try:
        return Month.parse(period)
    except ValueError:
        raise Http404 from None
