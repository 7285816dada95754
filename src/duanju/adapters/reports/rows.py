"""One row of a report, and the amounts that it tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from duanju.adapters.reports.amounts import BadAmount, minor_of_text
from duanju.adapters.reports.days import DayForm, stretch_of_text
from duanju.adapters.reports.mapping import (
    MEASURES_OF_REPORTS,
    AmountColumn,
    Named,
    Others,
    ReportMapping,
)
from duanju.adapters.reports.sources import SourceCell, SourceRow
from duanju.deals import MEASURES, Stretch
from duanju.kernel import CURRENCIES, Month, Problem, Where

TOTAL_WORDS = frozenset(
    {"合计", "总计", "小计", "汇总", "总和", "total", "totals", "grand total", "subtotal", "sum"}
)
"""What a row must not be called that is counted as a part."""

SHOWN_CHARACTERS = 80
"""How much of a cell a problem shows."""

_EMPTY = SourceCell("")


class RowKind(StrEnum):
    """What a row of the file is."""

    COUNTED = "counted"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One amount of one row of a report, with its address.

    Attributes:
        file_sha256: Of the file, in hexadecimal digits.
        number: The row of the file, counted from 1.
        column: The header of the amount's column; a row may tell several amounts.
        measure: What the money is.
        title_id: Our id of the title.
        stretch: The day or the month.
        amount_minor: Exact, in minor units of `currency`.
        currency: ISO 4217 code.
        channel: May be empty.
        territory: May be empty.
        item: For measures that need one, else empty.
        reference: What the source calls the row; may be empty.
    """

    file_sha256: str
    number: int
    column: str
    measure: str
    title_id: str
    stretch: Stretch
    amount_minor: int
    currency: str
    channel: str = ""
    territory: str = ""
    item: str = ""
    reference: str = ""

    @property
    def subject(self) -> tuple[object, ...]:
        """What it is about, apart from how much."""
        return (
            *(self.reference, self.measure, self.title_id, self.stretch),
            *(self.currency, self.channel, self.territory, self.item),
        )


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the file as it was read; nothing is left out.

    Attributes:
        number: The row of the file, counted from 1.
        kind: What it is.
        cells: Its texts, as they stand.
        amounts: What it tells; only counted rows tell anything.
        problems: Why it is not counted; only rows with problems have any.
        source: The row itself, by which totals are read at the end.
    """

    number: int
    kind: RowKind
    cells: tuple[str, ...]
    amounts: tuple[ReportRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: SourceRow | None = None


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one file by its mapping, one after the other.

    Attributes:
        mapping: Of the source.
        file: Its name.
        sha256: Of the file.
        columns: Header text to number, from 0.
        period: The month that the report is about; `None` where its rows alone tell.
        titles: What a title may be called, to our id; `None` where every id is believed.
    """

    mapping: ReportMapping
    file: str
    sha256: str
    columns: Mapping[str, int]
    period: Month | None
    titles: Mapping[str, str] | None
    _references: dict[str, int] = field(default_factory=dict)

    def read(self, row: SourceRow) -> ReadRow:
        """Return a row as what it is."""
        kind = self._kind(row)
        if kind is not None:
            return ReadRow(row.number, kind, row.texts, source=row)
        problems: list[Problem] = []
        amounts = self._amounts(row, problems)
        if problems:
            return ReadRow(row.number, RowKind.PROBLEM, row.texts, problems=tuple(problems))
        return ReadRow(row.number, RowKind.COUNTED, row.texts, amounts)

    def cell(self, row: SourceRow, column: str) -> SourceCell:
        """Return the cell of a column; an empty one where the row is too short."""
        number = self.columns[column]
        return row.cells[number] if number < len(row.cells) else _EMPTY

    def problem(self, row: SourceRow, column: str, code: str, **params: str | int) -> Problem:
        """Return a problem at a cell of a row, or at the row."""
        number = self.columns.get(column)
        where = Where(self.file, row.number, None if number is None else number + 1)
        value = self.cell(row, column).text[:SHOWN_CHARACTERS] if number is not None else ""
        return Problem(code, where, {"column": column, "value": value, **params})

    def _kind(self, row: SourceRow) -> RowKind | None:
        totals = self.mapping.totals
        if not totals.column:
            return None
        word = self.cell(row, totals.column).text
        if word in totals.words:
            return RowKind.TOTAL
        return RowKind.SUBTOTAL if word in totals.subtotal_words else None

    def _amounts(self, row: SourceRow, problems: list[Problem]) -> tuple[ReportRow, ...]:
        unreadable = self._unreadable(row)
        if unreadable:
            problems.extend(unreadable)
            return ()
        if (whole := self._column_that_says_total(row)) is not None:
            problems.append(self.problem(row, whole, "reports.unmarked-total"))
            return ()
        title_id = self._title(row, problems)
        stretch = self._stretch(row, problems)
        channel = self._word(row, self.mapping.channel, problems)
        territory = self._territory(row, problems)
        item = self._word(row, self.mapping.item, problems)
        reference = self._reference(row, problems)
        found = []
        for column in self.mapping.amounts:
            if not self.cell(row, column.column).text:
                continue
            told = self._amount(row, column, item, problems)
            if told is not None and stretch is not None:
                measure, amount_minor, currency = told
                own_item = item if MEASURES[measure].needs_item else ""
                found.append(
                    ReportRow(
                        *(self.sha256, row.number, column.column, measure, title_id, stretch),
                        *(amount_minor, currency, channel, territory, own_item, reference),
                    )
                )
        names = [own.column for own in self.mapping.amounts]
        if not any(self.cell(row, name).text for name in names):
            problems.append(self.problem(row, names[0], "documents.empty-cell"))
        return tuple(found)

    def _unreadable(self, row: SourceRow) -> list[Problem]:
        return [
            self.problem(row, column, self.cell(row, column).problem)
            for column in self.mapping.columns
            if self.cell(row, column).problem
        ]

    def _column_that_says_total(self, row: SourceRow) -> str | None:
        named = (self.mapping.title.column, self.mapping.when.column, self.mapping.totals.column)
        for column in dict.fromkeys(name for name in named if name):
            if self.cell(row, column).text.strip(":： ").lower() in TOTAL_WORDS:
                return column
        return None

    def _title(self, row: SourceRow, problems: list[Problem]) -> str:
        named = self.mapping.title
        if named.column and not self.cell(row, named.column).text:
            problems.append(self.problem(row, named.column, "documents.empty-cell"))
            return ""
        word = self._word(row, named, problems)
        if not word or self.titles is None:
            return word
        known = self.titles.get(word)
        if known is None:
            shown = word[:SHOWN_CHARACTERS]
            code = "reports.unknown-title"
            problems.append(self.problem(row, named.column, code, title=shown))
            return ""
        return known

    def _stretch(self, row: SourceRow, problems: list[Problem]) -> Stretch | None:
        when = self.mapping.when
        if not when.column:
            assert self.period is not None, "a report without a column of days has a month"
            return Stretch.of_month(self.period)
        cell = self.cell(row, when.column)
        forms = (DayForm.ISO_DAY,) if cell.is_day else when.forms
        stretch = stretch_of_text(cell.text, forms)
        if stretch is None:
            known = ", ".join(when.forms)
            problems.append(self.problem(row, when.column, "reports.not-a-day", forms=known))
        elif cell.is_day and stretch.starts_on.day == 1 and _are_months(when.forms):
            # Spreadsheets turn 2026-09 into the first day of that month, by themselves.
            stretch = Stretch.of_month(stretch.month)
        if stretch is not None and self.period not in (None, stretch.month):
            month = str(self.period)
            problems.append(self.problem(row, when.column, "reports.other-month", month=month))
            return None
        return stretch

    def _word(self, row: SourceRow, named: Named, problems: list[Problem]) -> str:
        if not named.column:
            return named.fixed
        text = self.cell(row, named.column).text
        if not named.words or not text:
            return text
        if text not in named.words and named.others is Others.REFUSE:
            problems.append(self.problem(row, named.column, "reports.unknown-word"))
        return named.words.get(text, text)

    def _territory(self, row: SourceRow, problems: list[Problem]) -> str:
        word = self._word(row, self.mapping.territory, problems)
        is_code = len(word) == 2 and word.isascii() and word.isalpha() and word.isupper()
        if word and not is_code and not problems:
            column = self.mapping.territory.column
            problems.append(self.problem(row, column, "reports.not-a-territory"))
        return word

    def _reference(self, row: SourceRow, problems: list[Problem]) -> str:
        if not self.mapping.reference:
            return ""
        text = self.cell(row, self.mapping.reference).text
        if not text:
            problems.append(self.problem(row, self.mapping.reference, "documents.empty-cell"))
            return ""
        first = self._references.setdefault(text, row.number)
        if first != row.number:
            code = "reports.repeated-reference"
            problems.append(self.problem(row, self.mapping.reference, code, first=first))
        return text

    def _amount(
        self, row: SourceRow, column: AmountColumn, item: str, problems: list[Problem]
    ) -> tuple[str, int, str] | None:
        known = len(problems)
        measure = self._word(row, column.measure, problems)
        currency = self._word(row, column.currency, problems)
        if len(problems) > known:
            return None
        if measure not in MEASURES_OF_REPORTS:
            code, known_words = "reports.unknown-measure", ", ".join(sorted(MEASURES_OF_REPORTS))
            where = column.measure.column
            problems.append(self.problem(row, where, code, known=known_words))
        elif MEASURES[measure].needs_item and not item:
            needs = MEASURES[measure].needs_item
            where, code = self.mapping.item.column, "documents.missing-item"
            problems.append(self.problem(row, where, code, measure=measure, needs=needs))
        if currency not in CURRENCIES:
            problems.append(self.problem(row, column.currency.column, "reports.unknown-currency"))
        if len(problems) > known:
            return None
        cell = self.cell(row, column.column)
        try:
            minor = minor_of_text(cell.text, column, currency, is_typed=cell.is_number)
        except BadAmount as bad:
            problems.append(self.problem(row, column.column, bad.problem_code, **bad.params))
            return None
        return measure, minor, currency


def _are_months(forms: Sequence[DayForm]) -> bool:
    return all(form.value.endswith("_month") for form in forms)
