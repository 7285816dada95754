"""A statement as files."""

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from duanju.adapters.documents import write_statement_csv
from duanju.kernel import Text
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.pages.paper import print_statement
from duanju_web.settlement.pages.statements import (
    may_replay,
    own_statement,
    read_statement,
)
from duanju_web.settlement.selectors.bundles import bundle_as_bytes
from duanju_web.settlement.selectors.reading import contract_of_record
from duanju_web.shared.permissions import acting_as


@acting_as()
def csv(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Give a statement's lines as a table for spreadsheets, in the reader's language."""
    record = own_statement(request, statement_id)
    issued, _lines = read_statement(record)
    stream = io.StringIO(newline="")
    write_statement_csv(
        issued,
        stream=stream,
        language="zh-Hans" if get_language() == "zh-hans" else "en",
        contract=contract_of_record(record),
        titles={str(title.pk): Text(title.name) for title in record.deal.titles.all()},
    )
    return _file(stream.getvalue().encode(), "text/csv; charset=utf-8", record, "csv")


@acting_as()
def bundle(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Give all that a statement rests on, which `duanju replay` computes again anywhere.

    It holds the whole deal, so it does not exist for a party from whom a clause is kept.
    """
    record = own_statement(request, statement_id)
    if not may_replay(request, record):
        raise Http404
    return _file(bundle_as_bytes(record), "application/json", record, "bundle.json")


@acting_as()
def pdf(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Give a statement on paper, in the reader's language."""
    record = own_statement(request, statement_id)
    _issued, lines = read_statement(record)
    return _file(print_statement(record, lines), "application/pdf", record, "pdf")


def _file(content: bytes, content_type: str, record: StatementRecord, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = _attachment(record, ending)
    return answer


def _attachment(record: StatementRecord, ending: str) -> str:
    return f'attachment; filename="{record.number}-{record.close.period}.{ending}"'
