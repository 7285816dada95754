"""What banks say of payouts: ISO 20022's pain.002, or a table in CSV."""

import csv
import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from duanju.kernel import Problem, ProblemsFound, Where
from duanju.settlement import PayoutReport, PayoutState

STATUS_COLUMNS = ("payout", "status", "reason")
"""Of the table; the last may be missing."""

FILE_BYTES_MAX = 16 * 1024 * 1024
REPORTS_MAX = 100_000
PROBLEMS_MAX = 100
CELL_CHARACTERS_MAX = 500

_STATES = {
    **dict.fromkeys(
        ("ACTC", "ACCP", "ACSP", "ACWC", "ACFC", "RCVD", "PDNG", "PRES", "PATC"),
        PayoutState.ACCEPTED,
    ),
    **dict.fromkeys(("ACSC", "ACCC"), PayoutState.SETTLED),
    "RJCT": PayoutState.REJECTED,
    "CANC": PayoutState.REJECTED,
}
"""ISO 20022's external status codes of payments."""

_WORDS = {
    "accepted": PayoutState.ACCEPTED,
    "settled": PayoutState.SETTLED,
    "rejected": PayoutState.REJECTED,
}
_IN_PARTS = "PART"
"""Some payments of a group are accepted: each speaks for itself."""

_NOT_PROVIDED = "NOTPROVIDED"
_GROUP, _PAYMENT, _SINGLE = "OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts", "TxInfAndSts"
_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.002."


def read_payout_reports(content: bytes, *, file: str) -> tuple[PayoutReport, ...]:
    """Read what a bank says, from pain.002 of any version or from CSV.

    A table has the columns `STATUS_COLUMNS`; its status is `accepted`, `settled`, `rejected`, or
    a code of ISO 20022. Of XML, a document type, and so every entity of its own, is refused.

    Args:
        content: The whole file.
        file: Its name, for problems.

    Returns:
        In the order of the file; statuses of a whole batch have no payout.

    Raises:
        ProblemsFound: All that is wrong with it, each with its line where there is one.
    """
    if len(content) > FILE_BYTES_MAX:
        params: dict[str, str | int] = {"file": file, "max": FILE_BYTES_MAX // 1024**2}
        raise ProblemsFound((Problem("settlement.status-too-large", Where(file), params),))
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        entries = _entries_of_xml(text, file)
    else:
        entries = _entries_of_csv(content, file)
    reports: list[PayoutReport] = []
    problems: list[Problem] = []
    for own in entries:
        if isinstance(own, Problem):
            problems.append(own)
        else:
            reports.append(own)
        if len(problems) >= PROBLEMS_MAX:
            break
        if len(reports) > REPORTS_MAX:
            many = Problem("settlement.status-too-many", Where(file), {"max": REPORTS_MAX})
            problems.append(many)
            break
    if not reports and not problems:
        problems.append(Problem("settlement.status-empty", Where(file), {"file": file}))
    if problems:
        raise ProblemsFound(tuple(problems))
    return tuple(reports)


def _entries_of_xml(content: bytes, file: str) -> Iterator[PayoutReport | Problem]:
    """Yield a report for each status of the group, of a payment, and of a single transaction."""
    number = 0
    batch_id, found = "", False
    try:
        for event, element in iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True):
            space, _brace, name = element.tag.removeprefix("{").rpartition("}")
            if not found:
                if name != "Document" or not space.startswith(_NAMESPACE):
                    yield Problem("settlement.status-not-pain", Where(file), {"file": file})
                    return
                found = True
            if event == "start":
                continue
            if name == "OrgnlMsgId":
                batch_id = _text(element)
            if name not in (_GROUP, _PAYMENT, _SINGLE):
                continue
            number += 1
            yield from _reports_of(element, name, batch_id, number, file)
            if name != _GROUP:
                element.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        yield Problem("settlement.status-not-xml", Where(file), {"file": file})


def _reports_of(
    element: Element, name: str, batch_id: str, number: int, file: str
) -> Iterator[PayoutReport | Problem]:
    status = {_GROUP: "GrpSts", _PAYMENT: "PmtInfSts", _SINGLE: "TxSts"}[name]
    said = _text(_child(element, status))
    if name == _PAYMENT:
        own_id = _text(_child(element, "OrgnlPmtInfId"))
        batch_id = batch_id if own_id in ("", _NOT_PROVIDED) else own_id
    if name != _SINGLE and said in ("", _IN_PARTS):
        return
    state = _STATES.get(said)
    if state is None:
        yield Problem("settlement.status-unknown", Where(file, number), {"status": said[:40]})
        return
    payout_id = _text(_child(element, "OrgnlEndToEndId")) if name == _SINGLE else ""
    if name == _SINGLE and not payout_id:
        yield Problem("settlement.status-without-payout", Where(file, number))
        return
    yield PayoutReport(state, payout_id, batch_id, _reason_of(element), number)


def _reason_of(element: Element) -> str:
    """Return the codes and words of an entry's own reasons, in their order."""
    parts = [
        _text(own)
        for info in element
        if _local(info) == "StsRsnInf"
        for own in info.iter()
        if _local(own) in ("Cd", "Prtry", "AddtlInf")
    ]
    return " ".join(own for own in parts if own)[:CELL_CHARACTERS_MAX]


def _child(element: Element, name: str) -> Element | None:
    return next((own for own in element if _local(own) == name), None)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()[:CELL_CHARACTERS_MAX]


def _entries_of_csv(content: bytes, file: str) -> Iterator[PayoutReport | Problem]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Problem("settlement.status-not-utf8", Where(file), {"file": file})
        return
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [own.strip() for own in next(reader, [])]
        if tuple(header[:2]) != STATUS_COLUMNS[:2]:
            params: dict[str, str | int] = {"columns": ", ".join(STATUS_COLUMNS)}
            yield Problem("settlement.status-not-a-table", Where(file, 1), params)
            return
        for row in reader:
            if any(own.strip() for own in row):
                yield _report_of_row(row, reader.line_num, file)
    except csv.Error:
        yield Problem("settlement.status-bad-row", Where(file, reader.line_num))


def _report_of_row(row: list[str], line: int, file: str) -> PayoutReport | Problem:
    payout_id, status, reason = ([own.strip()[:CELL_CHARACTERS_MAX] for own in row] + [""] * 3)[:3]
    if not payout_id:
        return Problem("settlement.status-without-payout", Where(file, line))
    state = _WORDS.get(status.lower()) or _STATES.get(status.upper())
    if state is None:
        return Problem("settlement.status-unknown", Where(file, line), {"status": status[:40]})
    return PayoutReport(state, payout_id, "", reason, line)
