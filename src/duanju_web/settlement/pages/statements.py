"""Statements, and what stands behind each of their lines."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duanju.adapters.lake import CorrectedEvent, InvalidCursor
from duanju.adapters.prose import may_read
from duanju.deals import Contract
from duanju.settlement import Statement
from duanju_web.deals.selectors import (
    channel_in_words,
    money_in_words,
    number_in_words,
    thresholds_of,
)
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.pages.charting import daily_chart
from duanju_web.settlement.pages.flow_words import flows_in_words
from duanju_web.settlement.pages.report_words import reports_in_words
from duanju_web.settlement.selectors import find_statement, statements_of
from duanju_web.settlement.selectors.comparing import find_before, find_corrected
from duanju_web.settlement.selectors.drilling import (
    KINDS,
    MONEY,
    Portion,
    by_day,
    by_episode,
    find_events,
    find_source,
    total_of,
)
from duanju_web.settlement.selectors.reading import (
    LineInWords,
    Wording,
    contract_of_record,
    part_of_line,
    policies_of,
    quantity_in_words,
    sum_up,
)
from duanju_web.settlement.selectors.reported import find_reported, sum_of_measure
from duanju_web.settlement.selectors.stages import provisional_of
from duanju_web.settlement.services.signing import files_of, public_key_of
from duanju_web.shared.permissions import acting_as, may_act

CORRECTIONS = {
    "reversal": gettext_lazy("Refunded"),
    "mark": gettext_lazy("Taken back as fraud"),
    "unmark": gettext_lazy("Counts again"),
}
STATEMENTS_A_PAGE = 20
LINES_A_PAGE = 50


@acting_as()
def statements(request: HttpRequest) -> HttpResponse:
    """List the statements that the organisation issued or received."""
    found = statements_of(request.actor.organisation)  # type: ignore[attr-defined]
    page = Paginator(found, STATEMENTS_A_PAGE).get_page(request.GET.get("page"))
    shown = provisional_of(request.actor.organisation)  # type: ignore[attr-defined]
    context = {
        "page": page,
        "provisional": Paginator(shown, STATEMENTS_A_PAGE).get_page(request.GET.get("provisional")),
    }
    return render(request, "settlement/statements.html", context)


@acting_as()
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Show a statement: parties, total, how the money flows, its lines."""
    record = own_statement(request, statement_id)
    issued, wording = open_statement(record)
    clause_id = request.GET.get("clause", "")
    numbered = [
        (number, own)
        for number, own in enumerate(issued.lines, start=1)
        if clause_id in {"", own.key.clause_id}
    ]
    page = Paginator(numbered, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "record": record,
        "sums": sum_up(issued.lines),
        "flows": flows_in_words(record, issued, wording),
        "lines": [wording.line(*own) for own in page],
        "page": page,
        "only_clause": wording.clause(clause_id).title if clause_id and numbered else "",
        "line_count": len(issued.lines),
        "previous": find_before(record),
        "corrections": sum(1 for own in issued.lines if own.corrects),
        "may_replay": may_replay(request, record, wording.contract),
        "files": files_of(record),
        "key_id": public_key_of(record.close.platform).id,
    }
    return render(request, "settlement/statement.html", context)


@acting_as()
def line(request: HttpRequest, statement_id: int, number: int) -> HttpResponse:
    """Open a line: its proof, its deductions, its days, its episodes."""
    record, asked = own_line(request, statement_id, number)
    corrected = find_corrected(record, [asked.line]) if asked.corrects else {}
    context = {
        "record": record,
        "line": asked,
        "corrected": next(iter(corrected.values()), None),
    } | _behind(record, asked)
    part = getattr(request, "htmx", False)
    template = "settlement/line_part.html" if part else "settlement/line.html"
    return render(request, template, context)


def _behind(record: StatementRecord, asked: LineInWords) -> dict[str, Any]:
    """Return the days and episodes behind a line, and the reports; of a fee, nothing."""
    reported = find_reported(record, asked.line)
    told = {"reports": reports_in_words(reported, asked.currency)}
    if asked.line.measure not in KINDS:
        return told
    source = find_source(record, asked.line)
    days, episodes = by_day(source), by_episode(source)
    others = sum_of_measure(reported, asked.line.measure)
    return told | {
        "is_watched": True,
        "days": _in_words(_changed(days, asked), asked),
        "episodes": _in_words(_changed(episodes, asked), asked),
        "sum": quantity_in_words(total_of(days), asked.line),
        "adds_up": total_of(days) == total_of(episodes) == asked.line.quantity - others,
        "is_reported": bool(others),
        "is_part": source.is_part,
        "chart": daily_chart(days, asked, _thresholds(record, asked)),
    }


@acting_as()
def events(request: HttpRequest, statement_id: int, number: int) -> HttpResponse:
    """List the events behind a line, of one day or one episode if asked."""
    record, asked = own_line(request, statement_id, number)
    if asked.line.measure not in KINDS:
        raise Http404
    day = _day(request.GET.get("day", ""))
    episode = request.GET.get("episode", "")
    episode_number = int(episode) if episode.isdecimal() else None
    source = find_source(record, asked.line)
    try:
        page = find_events(
            source,
            day=day,
            episode_number=episode_number,
            after=request.GET.get("after") or None,
        )
    except InvalidCursor:
        raise Http404 from None
    context = {
        "record": record,
        "line": asked,
        "day": day,
        "episode": episode if episode.isdecimal() else "",
        "events": [_event(event, asked, source.period.start.tzinfo) for event in page.events],
        "after": page.after,
        "sum": quantity_in_words(
            sum(
                own.difference
                for own in by_episode(source, day=day)
                if episode_number in {None, own.episode_number}
            ),
            asked.line,
        ),
        "zone": record.close.platform.time_zone,
    }
    context["may_take_back"] = may_act(request.actor, kinds=("platform",), roles=("accountant",))  # type: ignore[attr-defined]
    return render(request, "settlement/events.html", context)


def own_statement(request: HttpRequest, statement_id: int) -> StatementRecord:
    """Return a statement of the acting organisation; for others it does not exist."""
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    record = find_statement(organisation=organisation, statement_id=statement_id)
    if record is None:
        raise Http404
    return record


def may_replay(
    request: HttpRequest, record: StatementRecord, contract: Contract | None = None
) -> bool:
    """Say whether the reader may have the bundle, which holds every clause of the deal.

    The platform computed the statement, and knows them all.

    Args:
        request: Of whom.
        record: Which statement.
        contract: Its deal, if it is at hand.
    """
    if request.actor.organisation.pk == record.deal.platform_id:  # type: ignore[attr-defined]
        return True
    return all(
        may_read(policy, clause.id, record.role)
        for policy in policies_of(contract or contract_of_record(record))
        for clause in policy.clauses
    )


def open_statement(record: StatementRecord) -> tuple[Statement, Wording]:
    """Return what a record keeps, and the words of its deal."""
    return statement_of(record), Wording.of(contract_of_record(record), record.deal.titles.all())


def own_line(
    request: HttpRequest, statement_id: int, number: int
) -> tuple[StatementRecord, LineInWords]:
    """Return a line of a statement of the acting organisation, or raise `Http404`."""
    record = own_statement(request, statement_id)
    issued, wording = open_statement(record)
    if not 1 <= number <= len(issued.lines):
        raise Http404
    return record, wording.line(number, issued.lines[number - 1])


def _thresholds(record: StatementRecord, asked: LineInWords) -> tuple[Fraction, ...]:
    return thresholds_of(part_of_line(asked.line, contract_of_record(record)).terms.policy)


def _changed(portions: tuple[Portion, ...], asked: LineInWords) -> tuple[Portion, ...]:
    """Return what a correction adds to; of any other line everything."""
    if not asked.corrects:
        return portions
    return tuple(own for own in portions if own.difference)


def _in_words(portions: tuple[Portion, ...], asked: LineInWords) -> list[dict[str, Any]]:
    return [
        {
            "day": own.day,
            "episode_number": own.episode_number,
            "quantity": quantity_in_words(own.quantity, asked.line),
            "cumulative": quantity_in_words(own.cumulative, asked.line),
            "earlier": quantity_in_words(own.earlier, asked.line),
            "difference": quantity_in_words(own.difference, asked.line),
        }
        for own in portions
    ]


def _event(event: Any, asked: LineInWords, zone: Any) -> dict[str, Any]:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=event.occurred_at_us)
    is_money = asked.line.measure == MONEY
    return {
        "id": event.id,
        "at": at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
        "viewer": f"{event.viewer_id & (1 << 64) - 1:016x}",
        "episode_number": event.episode_number,
        "channel": channel_in_words(event.channel),
        "quantity": money_in_words(event.amount_minor, event.currency)
        if is_money
        else _("%(seconds)s s") % {"seconds": number_in_words(Fraction(event.effective_ms, 1000))},
        "coins": event.coins,
        "correction": CORRECTIONS[event.correction] if isinstance(event, CorrectedEvent) else "",
        "reason": event.reason if isinstance(event, CorrectedEvent) else "",
        "month": at.astimezone(zone).strftime("%Y-%m"),
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None
