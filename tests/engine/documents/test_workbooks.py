"""A statement as XLSX says what the statement says, to the last fen, and nothing in it computes."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from duanju.adapters.documents import (
    StatementFiles,
    workbooks,
    write_statement_csv,
    write_statement_workbook,
)
from duanju.adapters.documents.statements import COLUMNS
from duanju.kernel import CURRENCIES, Money, Party, ProofStep, Text
from duanju.settlement import ClaimKey, DeductionLine, Statement, StatementLine
from tests.support.bundles import FACTS, LINK, NIGHT_FLIGHT, a_bundle
from tests.support.terms import OCTOBER, SEPTEMBER, unlocked

BUNDLE = a_bundle(facts=(*FACTS, unlocked(5_003, OCTOBER, channel="wechat_ios")))
(STATEMENT,) = BUNDLE.statements
LANGUAGES = ("en", "zh-Hans")
PROOF = ProofStep("x", "x", {}, Fraction(1), "minor", "CNY", ())


def written(statement: Statement = STATEMENT, language: str = "en", **more: Any) -> BytesIO:
    """Write a statement as a workbook."""
    stream = BytesIO()
    write_statement_workbook(statement, stream=stream, language=language, **more)
    stream.seek(0)
    return stream


def sheets(stream: BytesIO) -> list[list[list[Any]]]:
    """Return what stands in each sheet, row by row; numbers as the decimals that are shown."""
    return [
        [[_read(own) for own in row] for row in sheet.iter_rows()]
        for sheet in load_workbook(stream).worksheets
    ]


def _read(cell: Any) -> Any:
    if cell.value is None:
        return ""
    assert cell.data_type in {"s", "n"}
    if cell.data_type == "s":
        return cell.value
    places = len(cell.number_format.partition(".")[2])
    return f"{Decimal(repr(cell.value)):.{places}f}"


def rows_under(rows: list[list[Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table by their headings."""
    for row in rows[1:]:
        yield dict(zip(rows[0], row, strict=True))


def test_sheets_have_names_in_both_languages() -> None:
    names = [load_workbook(written(language=own)).sheetnames for own in LANGUAGES]
    assert names == [
        ["Summary", "Lines", "Deductions", "How to replay"],
        ["汇总", "明细", "扣除", "如何重算"],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_total_is_that_of_the_statement(language: str) -> None:
    summary, lines, deductions, _ = sheets(written(language=language, contract=BUNDLE.contract))
    headings = {column: COLUMNS[column][language] for column in COLUMNS}
    begin = next(place for place, row in enumerate(summary) if row[0] == headings["currency"])
    totals = [row[:2] for row in summary[begin + 1 :]]
    assert totals == [[own.currency, str(own.as_decimal())] for own in STATEMENT.totals]
    for total in STATEMENT.totals:
        own_lines = [own for own in STATEMENT.lines if own.key.currency == total.currency]
        code = total.currency
        rows = [own for own in rows_under(lines) if own[headings["currency"]] == code]
        assert sum(Decimal(own[headings["amount"]]) for own in rows) == total.as_decimal()
        gross = Money(sum(own.gross_minor or 0 for own in own_lines), code).as_decimal()
        assert sum(Decimal(own[headings["gross"]] or "0") for own in rows) == gross
        taken_minor = sum(own.amount_minor for line in own_lines for own in line.deductions)
        taken = Money(taken_minor, code).as_decimal()
        assert sum(Decimal(own[headings["deductions"]] or "0") for own in rows) == taken
        listed = [own for own in rows_under(deductions) if own[headings["currency"]] == code]
        assert sum(Decimal(own[headings["amount"]]) for own in listed) == taken
        assert taken_minor > 0
        assert summary[begin + 1][2:] == [
            *(str(gross), str(taken), str(len(own_lines))),
            str(sum(1 for own in own_lines if own.corrects)),
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_say_what_the_csv_says(language: str) -> None:
    given = {"language": language, "contract": BUNDLE.contract, "titles": {"101": NIGHT_FLIGHT}}
    stream = StringIO()
    write_statement_csv(STATEMENT, stream=stream, **given)
    table = [own.split(",") for own in stream.getvalue().lstrip("\ufeff").split("\r\n") if own]
    place = table[0].index(COLUMNS["deductions_listed"][language])
    expected = [[str(number), *row] for number, row in enumerate(table)]
    expected[0][0] = {"en": "Line", "zh-Hans": "行号"}[language]
    _, lines, _, _ = sheets(written(**given))
    assert lines == [[*row[: place + 1], *row[place + 2 :]] for row in expected]
    assert NIGHT_FLIGHT.in_language(language) in lines[1]


def test_summary_names_what_the_statement_is_and_its_place_in_the_chain() -> None:
    summary = sheets(written(number="S000007", snapshot=LINK))[0]
    named = {row[0]: row[1] for row in summary[:9]}
    assert named == {
        "Statement": "S000007",
        "Period": "2026-10",
        "Deal": "deal-1",
        "Payer": "platform:aurora",
        "Payee": "studio:lanxi",
        "Digest of the statement": STATEMENT.digest,
        "Digest of the closed month": LINK.digest,
        "Digest of the month before": LINK.previous_digest,
        "": "",
    }


def test_how_to_replay_names_the_files() -> None:
    files = StatementFiles("b.bundle.json", "s.signature.json", "k.public.pem")
    for language in LANGUAGES:
        said = [row[0] for row in sheets(written(language=language, files=files))[3]]
        assert "duanju replay b.bundle.json" in said
        assert (
            "duanju verify b.bundle.json --signature s.signature.json --public-key k.public.pem"
        ) in said


def a_statement(
    amount_minor: int = 1, code: str = "CNY", *, name: str = "fee", title_id: str = "101"
) -> Statement:
    """Return a statement of one line with one deduction."""
    line = StatementLine(
        key=ClaimKey("deal-1", "clause", title_id, code),
        concerns_period=SEPTEMBER,
        corrects=SEPTEMBER,
        measure="plays",
        quantity=7,
        cumulative_quantity=7,
        gross_minor=None,
        deductions=(DeductionLine(name, Party("channel", name), amount_minor),),
        previous_cumulative_minor=0,
        cumulative_minor=amount_minor,
        posted_before_minor=0,
        amount_minor=amount_minor,
        proof=PROOF,
    )
    total = Money(amount_minor, code)
    payer, payee = Party("platform", "aurora"), Party("studio", name)
    return Statement(OCTOBER, "deal-1", payer, payee, (line,), (total,), "d" * 64)


@settings(max_examples=30)
@given(
    minor=st.integers(-(10**18), 10**18) | st.integers(-1_000, 1_000),
    code=st.sampled_from(sorted(CURRENCIES)),
)
def test_any_amount_is_there_exactly(minor: int, code: str) -> None:
    stream = written(a_statement(minor, code))
    exact = str(Money(minor, code).as_decimal())
    summary, lines, deductions, _ = sheets(stream)
    assert [summary[-1][1], summary[-1][3]] == [exact, exact]
    assert lines[1][-2] == deductions[1][-2] == exact
    with zipfile.ZipFile(stream) as archive:
        cells = re.findall(rb"<v>([^<]*)</v>", archive.read("xl/worksheets/sheet3.xml"))
    if len(Decimal(exact).as_tuple().digits) <= 15:
        assert cells == [b"1", exact.encode()]
    else:
        assert cells == [b"1"]


@pytest.mark.parametrize(
    "hostile", ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C'!A0"]
)
def test_no_text_becomes_a_formula(hostile: str) -> None:
    statement = a_statement(name=hostile, title_id=hostile)
    stream = written(statement, titles={hostile: Text({"en": hostile})}, number=hostile)
    book = load_workbook(stream)
    found = [
        own
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for own in row
        if own.value is not None and hostile.strip() in str(own.value)
    ]
    assert len(found) == 8
    assert {own.data_type for own in found} == {"s"}
    assert sum(own.quotePrefix for own in found) == 5
    stream.seek(0)
    with zipfile.ZipFile(stream) as archive:
        assert not [own for own in archive.namelist() if b"<f>" in archive.read(own)]
        assert not any("vba" in own or "externalLink" in own for own in archive.namelist())


def test_csv_lists_no_deduction_that_begins_like_a_formula() -> None:
    stream = StringIO()
    write_statement_csv(a_statement(name="=1+1"), stream=stream, language="en")
    assert "'=1+1 =1+1 0.01" in stream.getvalue()


@settings(max_examples=30)
@given(name=st.text(min_size=1, max_size=40))
def test_any_text_stays_what_it_is_where_xml_can_hold_it(name: str) -> None:
    _, _, deductions, _ = sheets(written(a_statement(name=name)))
    shown = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", name)
    assert deductions[1][4].replace("\r\n", "\n").replace("\r", "\n") == shown.replace(
        "\r\n", "\n"
    ).replace("\r", "\n")


def test_lines_beyond_a_sheet_stand_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "ROWS_A_SHEET_MAX", 20)
    (line,) = a_statement().lines
    many = replace(a_statement(), lines=(line,) * 45)
    book = load_workbook(written(many))
    assert book.sheetnames[1:4] == ["Lines", "Lines 2", "Lines 3"]
    numbers = [
        row[0].value for name in book.sheetnames[1:4] for row in book[name].iter_rows(min_row=2)
    ]
    assert numbers == list(range(1, 46))
