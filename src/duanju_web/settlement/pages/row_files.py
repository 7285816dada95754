"""The rows behind a statement's line as CSV, sent while they are read: events, rows of reports."""

from datetime import UTC, datetime, timedelta, tzinfo

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _

from duanju.adapters.documents import Cell, rows_as_csv
from duanju.adapters.lake import CorrectedEvent, Event
from duanju.kernel import Money, Text
from duanju_web.deals.selectors import channel_in_words, in_reader_language, measure_in_words
from duanju_web.settlement.models import ReportLine, StatementRecord
from duanju_web.settlement.pages.statements import own_line
from duanju_web.settlement.pages.streaming import CSV, streamed
from duanju_web.settlement.selectors.drilling import (
    KINDS,
    MONEY,
    each_event,
    find_source,
    quantity_of,
)
from duanju_web.settlement.selectors.lake import zone_of
from duanju_web.settlement.selectors.reading import LineInWords
from duanju_web.settlement.selectors.reported import lines_behind
from duanju_web.shared.permissions import acting_as

ROWS_AT_ONCE = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@acting_as()
def events_csv(request: HttpRequest, statement_id: int, number: int) -> StreamingHttpResponse:
    """Give all events behind a line; of a correction, those that came too late."""
    record, asked = own_line(request, statement_id, number)
    if asked.line.measure not in KINDS:
        raise Http404
    source = find_source(record, asked.line)
    zone = zone_of(record.close.platform)
    is_money = source.measure == MONEY
    head = [
        _("Event"),
        _("Time"),
        _("Viewer"),
        _("Title"),
        _("Episode"),
        _("Channel"),
        _("Amount") if is_money else _("Milliseconds"),
        _("Currency") if is_money else "",
        _("Corrects"),
        _("Reason"),
    ]
    titles = _titles(record)
    rows = (_event(own, asked, titles, zone) for own in each_event(source))
    return streamed(rows_as_csv(head, rows), CSV, _name("events", record, number))


@acting_as()
def reported_csv(request: HttpRequest, statement_id: int, number: int) -> StreamingHttpResponse:
    """Give all rows of reports about a line's titles, each as it stands in its file."""
    record, asked = own_line(request, statement_id, number)
    if not asked.line.measure:
        raise Http404
    head = [
        _("File"),
        _("Digest"),
        _("Row"),
        _("Measure"),
        _("Title"),
        _("First day"),
        _("Day after"),
        _("Channel"),
        _("Territory"),
        _("Amount"),
        _("Currency"),
        _("As it stands"),
    ]
    titles = _titles(record)
    found = lines_behind(record, asked.line).defer("report__mapping", "report__totals", "problems")
    rows = (_reported(own, titles) for own in found.iterator(chunk_size=ROWS_AT_ONCE))
    return streamed(rows_as_csv(head, rows), CSV, _name("reports", record, number))


def _event(event: Event, asked: LineInWords, titles: dict[int, str], zone: tzinfo) -> list[Cell]:
    at = _EPOCH + timedelta(microseconds=event.occurred_at_us)
    quantity = quantity_of(event, asked.line.measure)
    is_money = asked.line.measure == MONEY
    return [
        event.id,
        at.astimezone(zone).isoformat(timespec="milliseconds"),
        f"{event.viewer_id & (1 << 64) - 1:016x}",
        titles.get(event.title_id, str(event.title_id)),
        event.episode_number,
        channel_in_words(event.channel),
        Money(quantity, event.currency).as_decimal() if is_money else quantity,
        event.currency,
        event.corrects if isinstance(event, CorrectedEvent) else "",
        event.reason if isinstance(event, CorrectedEvent) else "",
    ]


def _reported(line: ReportLine, titles: dict[int, str]) -> list[Cell]:
    assert line.amount_minor is not None, "a counted row has an amount"
    return [
        line.report.file_name,
        line.report.sha256,
        line.number,
        measure_in_words(line.measure),
        titles.get(line.title_id or 0, str(line.title_id)),
        str(line.starts_on),
        str(line.ends_on),
        channel_in_words(line.channel) if line.channel else "",
        line.territory,
        Money(line.amount_minor, line.currency).as_decimal(),
        line.currency,
        " · ".join(map(str, line.cells)),
    ]


def _titles(record: StatementRecord) -> dict[int, str]:
    return {own.pk: in_reader_language(Text(own.name)) for own in record.deal.titles.all()}


def _name(what: str, record: StatementRecord, number: int) -> str:
    return f"{what}-{record.number}-{record.close.period}-{number}.csv"
