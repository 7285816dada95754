"""What banks say: pain.002 and tables, read with care."""

import pytest

from duanju.adapters.payments import read_payout_reports, status_files
from duanju.kernel import ProblemsFound
from duanju.settlement import PayoutReport, PayoutState
from tests.support.payouts import a_pain_002

ACCEPTED, SETTLED, REJECTED = PayoutState.ACCEPTED, PayoutState.SETTLED, PayoutState.REJECTED


def refused(content: bytes) -> list[tuple[str, int | None]]:
    with pytest.raises(ProblemsFound) as found:
        read_payout_reports(content, file="bank")
    return [(own.code.removeprefix("settlement."), own.where.line) for own in found.value.problems]


def test_pain_002_is_read_with_its_reasons() -> None:
    content = a_pain_002(("P1", "ACSC"), ("P2", "RJCT"), ("P3", "PDNG"), group="PART")
    assert read_payout_reports(content, file="bank.xml") == (
        PayoutReport(SETTLED, "P1", "B1", "", 2),
        PayoutReport(REJECTED, "P2", "B1", "AC04 Closed account", 3),
        PayoutReport(ACCEPTED, "P3", "B1", "", 4),
    )


def test_a_status_of_the_group_speaks_of_the_batch() -> None:
    content = a_pain_002(group="RJCT")
    assert read_payout_reports(content, file="b") == (PayoutReport(REJECTED, "", "B1", "", 1),)
    with_space = b"\xef\xbb\xbf\n" + a_pain_002(group="ACCP").replace(b"<?xml", b"<?xml", 1)
    assert read_payout_reports(with_space, file="b")[0].state is ACCEPTED


def test_a_table_takes_words_and_codes() -> None:
    table = "\ufeffpayout,status,reason\r\nP1,settled\r\n\r\nP2,rjct,账户已销户\r\nP3,Accepted,\r\n"
    assert read_payout_reports(table.encode(), file="b.csv") == (
        PayoutReport(SETTLED, "P1", "", "", 2),
        PayoutReport(REJECTED, "P2", "", "账户已销户", 4),
        PayoutReport(ACCEPTED, "P3", "", "", 5),
    )


@pytest.mark.parametrize(
    "inside",
    [
        '<!DOCTYPE Document [<!ENTITY a "b">]>',
        '<!DOCTYPE Document [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Document SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE D [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
    ],
)
def test_a_document_type_and_entities_are_refused(inside: str) -> None:
    content = a_pain_002(("P1", "ACSC")).replace(b"<Document", inside.encode() + b"<Document", 1)
    assert refused(content) == [("status-not-xml", None)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<Document", [("status-not-xml", None)]),
        (b'<?xml version="1.0" encoding="ghost"?><a/>', [("status-not-xml", None)]),
        (b"<Document/>", [("status-not-pain", None)]),
        (a_pain_002().replace(b"pain.002", b"camt.053"), [("status-not-pain", None)]),
        (a_pain_002(), [("status-empty", None)]),
        (a_pain_002(("P1", "HUH"), ("", "ACSC")), [("status-unknown", 2)]),
        (b"", [("status-not-a-table", 1)]),
        (b"payout,status\n", [("status-empty", None)]),
        (b"id,status\nP1,settled\n", [("status-not-a-table", 1)]),
        (
            b"payout,status\nP1,gone\n,settled\nP2,settled\n",
            [("status-unknown", 2), ("status-without-payout", 3)],
        ),
        ("payout,status\nP1,已".encode("gb18030"), [("status-not-utf8", None)]),
    ],
)
def test_what_cannot_be_read_says_where(content: bytes, expected) -> None:
    assert refused(content)[: len(expected)] == expected


def test_sizes_are_bounded(monkeypatch) -> None:
    assert refused(b"x" * (16 * 1024**2 + 1)) == [("status-too-large", None)]
    monkeypatch.setattr(status_files, "REPORTS_MAX", 3)
    table = b"payout,status\n" + b"P1,settled\n" * 4
    assert refused(table) == [("status-too-many", None)]
    assert len(refused(b"payout,status\n" + b"P1,huh\n" * 500)) == 100
