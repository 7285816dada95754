"""Statements and ledgers as files."""

import io
from tempfile import TemporaryFile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language

from duanju.adapters.documents import (
    ledger_as_beancount,
    ledger_as_csv,
    transfers_as_csv,
    write_statement_csv,
    write_statement_workbook,
)
from duanju.kernel import Month, Text
from duanju.workflows import SnapshotLink
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.pages.paper import print_statement
from duanju_web.settlement.pages.statements import (
    may_replay,
    open_statement,
    own_statement,
)
from duanju_web.settlement.pages.streaming import CSV, streamed
from duanju_web.settlement.selectors.bundles import bundle_as_bytes
from duanju_web.settlement.selectors.exporting import stream_transactions, stream_transfers
from duanju_web.settlement.selectors.lake import zone_of
from duanju_web.settlement.selectors.reading import contract_of_record
from duanju_web.settlement.services.signing import files_of, public_key_of, signature_as_bytes
from duanju_web.shared.models import Organisation
from duanju_web.shared.permissions import acting_as

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEM = "application/x-pem-file"


@acting_as()
def csv(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Give a statement's lines as a table for spreadsheets, in the reader's language."""
    record = own_statement(request, statement_id)
    issued = statement_of(record)
    stream = io.StringIO(newline="")
    write_statement_csv(
        issued,
        stream=stream,
        language=_language(),
        contract=contract_of_record(record),
        titles={str(title.pk): Text(title.name) for title in record.deal.titles.all()},
    )
    return _file(stream.getvalue().encode(), CSV, record, "csv")


@acting_as()
def xlsx(request: HttpRequest, statement_id: int) -> FileResponse:
    """Give a statement as a workbook, in the reader's language."""
    record = own_statement(request, statement_id)
    issued = statement_of(record)
    close = record.close
    stream = TemporaryFile()  # noqa: SIM115 - the answer closes it when it has been sent
    write_statement_workbook(
        issued,
        stream=stream,
        language=_language(),
        contract=contract_of_record(record),
        titles={str(title.pk): Text(title.name) for title in record.deal.titles.all()},
        number=record.number,
        snapshot=SnapshotLink(Month.parse(close.period), close.digest, close.previous_digest),
        files=files_of(record),
    )
    stream.seek(0)
    answer = FileResponse(stream, content_type=XLSX)
    answer["Content-Disposition"] = _attachment(record, "xlsx")
    return answer


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
    return _file(print_statement(record, *open_statement(record)), "application/pdf", record, "pdf")


@acting_as()
def signature(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Give the platform's signature over the bundle, to those who may have the bundle."""
    record = own_statement(request, statement_id)
    if not may_replay(request, record):
        raise Http404
    return _file(signature_as_bytes(record), "application/json", record, "signature.json")


@acting_as()
def public_key(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Give the public key with which the platform's signatures are verified."""
    record = own_statement(request, statement_id)
    answer = HttpResponse(public_key_of(record.close.platform).pem, content_type=PEM)
    answer["Content-Disposition"] = f'attachment; filename="{files_of(record).public_key}"'
    return answer


@acting_as("platform")
def ledger_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the ledger, or a month of it, as the table that `duanju settle` reads as posted."""
    month = _asked_month(request)
    platform = request.actor.organisation  # type: ignore[attr-defined]
    rows = ledger_as_csv(stream_transactions(platform, since=month, until=month))
    return streamed(rows, CSV, _file_name("ledger", platform, month, "csv"))


@acting_as("platform")
def transfers_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give what moved after settlement, or in a month of it, as a table."""
    month = _asked_month(request)
    platform = request.actor.organisation  # type: ignore[attr-defined]
    rows = transfers_as_csv(stream_transfers(platform, since=month, until=month))
    name = _file_name("transfers", platform, month, "csv")
    return streamed(rows, CSV, name)


@acting_as("platform")
def ledger_beancount(request: HttpRequest) -> StreamingHttpResponse:
    """Give the ledger as Beancount from its beginning, to the end of a month if one is asked."""
    month = _asked_month(request)
    platform = request.actor.organisation  # type: ignore[attr-defined]
    lines = ledger_as_beancount(
        stream_transactions(platform, until=month),
        transfers=stream_transfers(platform, until=month),
        zone=zone_of(platform),
    )
    name = _file_name("ledger", platform, month, "beancount")
    return streamed(lines, "text/plain; charset=utf-8", name)


def _asked_month(request: HttpRequest) -> Month | None:
    asked = request.GET.get("month")
    try:
        return Month.parse(asked) if asked else None
    except ValueError:
        raise Http404 from None


def _file_name(what: str, platform: Organisation, month: Month | None, ending: str) -> str:
    return f"{what}-{platform.slug}{f'-{month}' if month else ''}.{ending}"


def _language() -> str:
    return "zh-Hans" if get_language() == "zh-hans" else "en"


def _file(content: bytes, content_type: str, record: StatementRecord, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = _attachment(record, ending)
    return answer


def _attachment(record: StatementRecord, ending: str) -> str:
    return f'attachment; filename="{record.number}-{record.close.period}.{ending}"'
