"""Statements as XLSX workbooks: summary, lines, deductions, and how to compute it all again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from duanju.adapters.documents.statements import (
    COLUMNS,
    NUMBERS,
    clause_title,
    line_cells,
    named_deductions,
)
from duanju.adapters.documents.tables import FORMULA_STARTS
from duanju.deals import Contract
from duanju.kernel import Money, Text, currency
from duanju.settlement import Statement
from duanju.workflows import SnapshotLink

ROWS_A_SHEET_MAX = 1_048_576
"""What a sheet holds; further rows stand on a further sheet."""

EXACT_DIGITS_MAX = 15
"""Spreadsheets keep no more digits of a number; longer ones are written as text."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML can hold; each is shown as one that could not be read."""

_LINE_COLUMNS = tuple(column for column in COLUMNS if column != "deductions_listed")

_WORDS: Mapping[str, Mapping[str, str]] = {
    "summary": {"en": "Summary", "zh-Hans": "汇总"},
    "lines": {"en": "Lines", "zh-Hans": "明细"},
    "taken": {"en": "Deductions", "zh-Hans": "扣除"},
    "replay": {"en": "How to replay", "zh-Hans": "如何重算"},
    "statement": {"en": "Statement", "zh-Hans": "结算单"},
    "payer": {"en": "Payer", "zh-Hans": "付款方"},
    "digest": {"en": "Digest of the statement", "zh-Hans": "结算单摘要"},
    "snapshot": {"en": "Digest of the closed month", "zh-Hans": "结账快照摘要"},
    "previous": {"en": "Digest of the month before", "zh-Hans": "上月快照摘要"},
    "line_count": {"en": "Lines", "zh-Hans": "行数"},
    "corrections": {"en": "of them corrections", "zh-Hans": "其中更正"},
    "line": {"en": "Line", "zh-Hans": "行号"},
    "deduction": {"en": "Deduction", "zh-Hans": "扣除项"},
    "receiver": {"en": "Receiver", "zh-Hans": "收取方"},
}

_HOW: Mapping[str, Sequence[str]] = {
    "en": (
        "Every amount here follows from the terms, the facts and what was posted before. You can "
        "compute it again, on your own machine, without a network or an account.",
        "1. Take the bundle of this statement, {bundle}: on its page, press JSON.",
        "2. Compute it again:",
        "duanju replay {bundle}",
        "It says that the bundle is equal, or which line differs and what it comes to.",
        "3. Verify whose it is, with the signature from the same page and the public key as the "
        "payer made it known:",
        "duanju verify {bundle} --signature {signature} --public-key {key}",
        "The digest of this statement, on the first sheet, stands in the bundle as well.",
    ),
    "zh-Hans": (
        "这里的每个金额都由条款、事实数据和此前入账得出。无需联网，无需账号，您可以在自己的电脑上重算。",
        "1. 取得本结算单的结算包 {bundle}：在结算单页面点击“JSON”。",
        "2. 重算：",
        "duanju replay {bundle}",
        "结果为“一致”，或指出哪一行不同、应为多少。",
        "3. 用同一页面上的签名，以及付款方公布的公钥，验证出自何人：",
        "duanju verify {bundle} --signature {signature} --public-key {key}",
        "首张工作表上的结算单摘要，在结算包中也能找到。",
    ),
}


@dataclass(frozen=True, slots=True)
class StatementFiles:
    """What the files that belong to a statement are called.

    Attributes:
        bundle: All that it rests on.
        signature: The detached signature.
        public_key: Of whoever signed.
    """

    bundle: str = "statement.bundle.json"
    signature: str = "statement.signature.json"
    public_key: str = "payer.public.pem"


def write_statement_workbook(
    statement: Statement,
    *,
    stream: BinaryIO,
    language: str,
    contract: Contract | None = None,
    titles: Mapping[str, Text] | None = None,
    number: str = "",
    snapshot: SnapshotLink | None = None,
    files: StatementFiles = StatementFiles(),
) -> None:
    """Write a statement as an XLSX workbook, row by row, so that its length costs no memory.

    Amounts are exact decimals with all digits of the currency's minor unit, as numbers where a
    spreadsheet keeps every digit, else as text. Nothing is a formula, and no text can become one.

    Args:
        statement: What to write.
        stream: Binary.
        language: `en` or `zh-Hans`.
        contract: The deal, for the names of clauses and deductions.
        titles: Title id to name.
        number: The statement's name on paper; the deal's id where it has none.
        snapshot: The link of its closed month.
        files: The names under which its bundle, signature and key are had.
    """
    book = Workbook(write_only=True)
    words = _Words(language)
    named = {"statement": number or statement.deal_id, "period": str(statement.period)}
    _write_summary(book, statement, named, snapshot, words)
    _write_lines(book, statement, contract, titles or {}, words)
    _write_deductions(book, statement, contract, words)
    sheet = _Sheets(book, words("replay"), widths=(110,))
    for line in words.how(files):
        sheet.add([_text(line)])
    book.save(stream)


class _Words:
    """The workbook's own words in a language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, word: str) -> str:
        """Return a word: a heading of the CSV, or one of the workbook alone."""
        known = _WORDS.get(word) or COLUMNS[word]
        return known.get(self.language, known["en"])

    def how(self, files: StatementFiles) -> Iterable[str]:
        """Return the lines that say how to replay."""
        names = {"bundle": files.bundle, "signature": files.signature, "key": files.public_key}
        return [own.format(**names) for own in _HOW.get(self.language, _HOW["en"])]


class _Sheets:
    """A table that goes on, on a further sheet with the same headings, where one is full."""

    def __init__(
        self, book: Workbook, name: str, *, widths: Sequence[int], headings: Sequence[str] = ()
    ) -> None:
        self._book, self._name, self._widths, self._headings = book, name, widths, headings
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        name = self._name if self._number == 1 else f"{self._name} {self._number}"
        self._sheet: Any = self._book.create_sheet(name)
        for column, width in enumerate(self._widths, start=1):
            self._sheet.column_dimensions[get_column_letter(column)].width = width
        self._rows = 0
        if self._headings:
            self._sheet.freeze_panes = "A2"
            self.add([_heading(own) for own in self._headings])

    def add(self, cells: Sequence["_Cell"]) -> None:
        """Add a row."""
        if self._rows == ROWS_A_SHEET_MAX:
            self._begin()
        self._rows += 1
        self._sheet.append([own.on(self._sheet) for own in cells])


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in a cell: a text, or the digits of a number with how many of them are shown."""

    content: str
    number_format: str = ""
    is_heading: bool = False

    def on(self, sheet: Any) -> Any:
        """Return the cell of a sheet; numbers by their digits, for the writer rounds to 16."""
        cell: Any = WriteOnlyCell(sheet)
        if self.number_format:
            cell.value = 0
            cell._value = self.content
            cell.number_format = self.number_format
            return cell
        cell.value = self.content
        cell.data_type = "s"
        if self.content.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
        if self.is_heading:
            cell.font, cell.fill = _BOLD, _SHADE
        cell.alignment = _WRAPPED
        return cell


_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="EEEEEE")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def _text(text: str) -> _Cell:
    return _Cell(_NO_XML.sub("\ufffd", text))


def _heading(text: str) -> _Cell:
    return _Cell(text, is_heading=True)


def _number(text: str, places: int | None = None) -> _Cell:
    """Return a cell of a number in digits; of one that spreadsheets would round, its text.

    Args:
        text: The number.
        places: How many decimal places are shown; as many as it has where that is not said.
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return _text(text)
    _sign, digits, exponent = number.as_tuple()
    if len(digits) > EXACT_DIGITS_MAX or not isinstance(exponent, int):
        return _text(text)
    shown = max(0, -exponent) if places is None else places
    return _Cell(f"{number:f}", "#,##0" + (f".{'0' * shown}" if shown else ""))


def _amount(amount_minor: int, code: str) -> _Cell:
    return _number(str(Money(amount_minor, code).as_decimal()), currency(code).minor_digits)


def _write_summary(
    book: Workbook,
    statement: Statement,
    named: Mapping[str, str],
    snapshot: SnapshotLink | None,
    words: _Words,
) -> None:
    sheet = _Sheets(book, words("summary"), widths=(30, 44, 20, 20, 20, 20))
    rows = [
        *((words(word), value) for word, value in named.items()),
        (words("deal"), statement.deal_id),
        (words("payer"), str(statement.payer)),
        (words("payee"), str(statement.payee)),
        (words("digest"), statement.digest),
    ]
    if snapshot is not None:
        rows += [
            (words("snapshot"), snapshot.digest),
            (words("previous"), snapshot.previous_digest),
        ]
    for label, value in rows:
        sheet.add([_heading(label), _text(value)])
    sheet.add([])
    columns = ("currency", "amount", "gross", "deductions", "line_count", "corrections")
    sheet.add([_heading(words(column)) for column in columns])
    for total in statement.totals:
        code = total.currency
        lines = [own for own in statement.lines if own.key.currency == code]
        taken = sum(own.amount_minor for line in lines for own in line.deductions)
        gross = sum(line.gross_minor or 0 for line in lines)
        amounts = [_amount(own, code) for own in (total.amount_minor, gross, taken)]
        counts = (len(lines), sum(1 for line in lines if line.corrects))
        sheet.add([_text(code), *amounts, *(_number(str(own)) for own in counts)])


def _write_lines(
    book: Workbook,
    statement: Statement,
    contract: Contract | None,
    titles: Mapping[str, Text],
    words: _Words,
) -> None:
    headings = [words("line"), *(words(column) for column in _LINE_COLUMNS)]
    sheet = _Sheets(book, words("lines"), widths=(6,) + (16,) * 18, headings=headings)
    for number, line in enumerate(statement.lines, start=1):
        places = currency(line.key.currency).minor_digits
        cells = line_cells(
            line, statement=statement, language=words.language, contract=contract, titles=titles
        )
        row = [_number(str(number))]
        for column in _LINE_COLUMNS:
            if column not in NUMBERS:
                row.append(_text(cells[column]))
            elif "quantity" in column:
                row.append(_number(cells[column]))
            else:
                row.append(_number(cells[column], places))
        sheet.add(row)


def _write_deductions(
    book: Workbook, statement: Statement, contract: Contract | None, words: _Words
) -> None:
    columns = (
        *("line", "concerns_period", "clause", "title_id"),
        *("deduction", "receiver", "amount", "currency"),
    )
    headings = [words(column) for column in columns]
    sheet = _Sheets(book, words("taken"), widths=(6,) + (20,) * 7, headings=headings)
    for number, line in enumerate(statement.lines, start=1):
        place = (
            *(str(line.concerns_period), clause_title(line, words.language, contract)),
            line.key.title_id,
        )
        for name, own in named_deductions(line, words.language, contract):
            code = line.key.currency
            texts = [_text(cell) for cell in (*place, name, str(own.receiver))]
            amount = _amount(own.amount_minor, code)
            sheet.add([_number(str(number)), *texts, amount, _text(code)])
