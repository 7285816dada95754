"""A statement beside the month before, for both sides."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duanju.kernel import Month
from duanju.settlement import StatementLine
from duanju_web.deals.selectors import channel_in_words, number_in_words
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.pages.statements import open_statement, own_statement
from duanju_web.settlement.selectors.comparing import (
    LineChange,
    RateChange,
    Standing,
    compare_lines,
    compare_totals,
    find_before,
    find_corrected,
)
from duanju_web.settlement.selectors.reading import Wording, quantity_in_words
from duanju_web.shared.permissions import acting_as

ROWS_A_PAGE = 50
REASONS_MAX = 6
_OF_AN_INCOME = {"share", "deduction", "capped_deduction", "bonus_tier", "share_tier"}
"""Steps whose rates are parts of an income, and are read as percentages."""


@acting_as()
def comparison(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Show what each line brings beside the month before, and why; corrections apart."""
    record = own_statement(request, statement_id)
    issued, wording = open_statement(record)
    previous = find_before(record)
    before = statement_of(previous) if previous else None
    changes = compare_lines(issued, before)
    corrections = [own for own in enumerate(issued.lines, start=1) if own[1].corrects]
    page = Paginator([*changes, *corrections], ROWS_A_PAGE).get_page(request.GET.get("page"))
    corrected = find_corrected(record, [own[1] for own in page if not isinstance(own, LineChange)])
    context = {
        "record": record,
        "previous": previous,
        "previous_month": Month.parse(record.close.period).previous(),
        "totals": compare_totals(issued, before),
        "counts": {own.value: sum(1 for one in changes if one.standing is own) for own in Standing},
        "changes": [_change(own, wording) for own in page if isinstance(own, LineChange)],
        "corrections": [
            _correction(*own, wording) | {"place": corrected.get((own[1].key, own[1].corrects))}
            for own in page
            if not isinstance(own, LineChange)
        ],
        "page": page,
    }
    return render(request, "settlement/statement_comparison.html", context)


def _change(own: LineChange, wording: Wording) -> dict[str, Any]:
    return _named(own.line, wording) | {
        "standing": own.standing.value,
        "number": own.number,
        "now_minor": own.now_minor,
        "before_minor": own.before_minor,
        "difference_minor": own.difference_minor,
        "reasons": list(_reasons(own, wording))[:REASONS_MAX],
    }


def _correction(number: int, line: StatementLine, wording: Wording) -> dict[str, Any]:
    return _named(line, wording) | {
        "number": number,
        "month": line.corrects,
        "amount_minor": line.amount_minor,
    }


def _named(line: StatementLine, wording: Wording) -> dict[str, Any]:
    return {
        "clause": wording.clause(line.key.clause_id).title,
        "title": wording.titles.get(line.key.title_id, ""),
        "currency": line.key.currency,
    }


def _reasons(own: LineChange, wording: Wording) -> Iterator[str]:
    """Yield sentences that say why a line of two months brings something else."""
    if own.now is None or own.before is None:
        return
    if own.is_other_quantity:
        words = {
            "measure": wording.line(own.number, own.now).measure or _("Income"),
            "now": quantity_in_words(own.now.quantity, own.now),
            "before": quantity_in_words(own.before.quantity, own.before),
        }
        yield _("%(measure)s: %(now)s instead of %(before)s.") % words
    names = wording.clause(own.line.key.clause_id).names
    for change in own.rates:
        yield _rate(change, own, names)
    if own.difference_minor and not own.is_other_quantity and not own.rates:
        yield _("By what the clause looks back on, or by rounding; its proof says it.")


def _rate(change: RateChange, own: LineChange, names: Any) -> str:
    name = names.get(change.about.get("deduction", ""), "") or _("Rate")
    if "channel" in change.about:
        name = f"{name} · {channel_in_words(change.about['channel'])}"
    words = {
        "name": name,
        "now": _values(change.now, change, own),
        "before": _values(change.before, change, own),
        "threshold": "" if change.threshold is None else number_in_words(change.threshold),
    }
    if not change.before and change.threshold:
        return _("A tier is reached: beyond %(threshold)s, %(now)s.") % words
    if not change.before:
        return _("%(name)s: %(now)s, not in the month before.") % words
    if not change.now:
        return _("%(name)s: no longer %(before)s.") % words
    return _("%(name)s: %(now)s instead of %(before)s.") % words


def _values(values: tuple[Fraction, ...], change: RateChange, own: LineChange) -> str:
    return ", ".join(_value(value, change, own) for value in values)


def _value(value: Fraction, change: RateChange, own: LineChange) -> str:
    if change.step in _OF_AN_INCOME:
        return f"{number_in_words(value * 100)}%"
    if change.step == "tier":
        return f"{own.line.key.currency} {number_in_words(value)}"
    return number_in_words(value)
