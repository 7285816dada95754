"""Which column of somebody's report holds what: a mapping, saved once and used each month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from duanju.adapters.reports.days import DayForm
from duanju.deals import MEASURES, Unit

MEASURES_OF_REPORTS = frozenset(
    own.name
    for own in MEASURES.values()
    if own.unit is Unit.MINOR and not own.is_platform_wide and not own.of
)
"""What a report can tell: money of a title."""

AMOUNTS_MAX = 12
"""Columns of amounts in one mapping."""

HEADER_ROW_MAX = 200
"""A header further down is refused, and so are more rows to skip."""


class Encoding(StrEnum):
    """How the bytes of a CSV file are text; `auto` is UTF-8 where it is that, else GB18030."""

    AUTO = "auto"
    UTF_8 = "utf-8"
    GB18030 = "gb18030"


class Delimiter(StrEnum):
    """What stands between the cells of a CSV file."""

    COMMA = "comma"
    SEMICOLON = "semicolon"
    TAB = "tab"


class AmountUnit(StrEnum):
    """Whether 12 means twelve yuan or twelve fen."""

    MAJOR = "major"
    MINOR = "minor"


class Sign(StrEnum):
    """Whether an amount counts as it is written, or a cost that is written negative counts up."""

    AS_WRITTEN = "as_written"
    NEGATED = "negated"


class Others(StrEnum):
    """What a word that the table does not hold is: a problem, or the word itself."""

    REFUSE = "refuse"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Named:
    """A word of each row: always the same, or a column's, as it stands or through a table.

    Attributes:
        fixed: The word of every row; then there is no column.
        column: The column that holds it, by the text of its header.
        words: What the source writes to what it means here; empty where it is taken as it stands.
        others: What a word is that `words` does not hold, where `words` holds any.
    """

    fixed: str = ""
    column: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    others: Others = Others.REFUSE

    @property
    def is_told(self) -> bool:
        """Whether it says anything."""
        return bool(self.fixed or self.column)


@dataclass(frozen=True, slots=True)
class When:
    """The day or the month of each row; without a column, all rows are of the report's month.

    Attributes:
        column: By the text of its header.
        forms: How it is written; the first that fits counts.
    """

    column: str = ""
    forms: tuple[DayForm, ...] = (DayForm.ISO_DAY, DayForm.ISO_MONTH)


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """A column of money.

    Attributes:
        column: By the text of its header.
        measure: What the money is, a name of `MEASURES_OF_REPORTS`.
        currency: ISO 4217 code.
        unit: Of what the number counts.
        decimal_mark: Between whole and decimals.
        thousands_mark: Between groups of three digits; empty for none. Both apply to texts, not
            to the typed numbers of a spreadsheet.
        symbol: What may stand before or after the number, as `¥`; empty for nothing.
        sign: Whether it is turned round.
    """

    column: str
    measure: Named
    currency: Named
    unit: AmountUnit = AmountUnit.MAJOR
    decimal_mark: str = "."
    thousands_mark: str = ""
    symbol: str = ""
    sign: Sign = Sign.AS_WRITTEN


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table stands in its file.

    Attributes:
        header_row: The row that names the columns, counted from 1; rows before it are passed over.
        rows_to_skip: Rows after the header that hold no data, as its translation.
        encoding: Of a CSV file.
        delimiter: Of a CSV file.
        sheet: Of a spreadsheet, by its name; the first where it is empty.
    """

    header_row: int = 1
    rows_to_skip: int = 0
    encoding: Encoding = Encoding.AUTO
    delimiter: Delimiter = Delimiter.COMMA
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How the report's own totals are told from their parts.

    Attributes:
        column: The column in which the word stands; empty where there are none.
        words: What stands in the row of a total, which is compared and never counted.
        subtotal_words: What stands in rows of partial totals, which are passed over.
    """

    column: str = ""
    words: tuple[str, ...] = ()
    subtotal_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportMapping:
    """How one source's reports are read.

    Attributes:
        source: Id of who reports, as `pangle`; reports of one source and month are versions.
        name: What people call the mapping.
        title: Our id of the title, or the source's id through `words`.
        amounts: The columns of money, each with its measure.
        when: The day or the month.
        channel: Where viewers paid or watched; may say nothing.
        territory: ISO 3166-1 code of where they did; may say nothing.
        item: The role or report, for measures that need one.
        reference: A column that names each row once, as an order number; may be empty.
        layout: Where the table stands.
        totals: How totals are recognised.
    """

    source: str
    name: str
    title: Named
    amounts: tuple[AmountColumn, ...]
    when: When = field(default_factory=When)
    channel: Named = field(default_factory=Named)
    territory: Named = field(default_factory=Named)
    item: Named = field(default_factory=Named)
    reference: str = ""
    layout: Layout = field(default_factory=Layout)
    totals: Totals = field(default_factory=Totals)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the mapping names, each once."""
        named = [self.title, self.channel, self.territory, self.item]
        named += [part for own in self.amounts for part in (own.measure, own.currency)]
        names = [own.column for own in named] + [own.column for own in self.amounts]
        names += [self.when.column, self.reference, self.totals.column]
        return tuple(dict.fromkeys(name for name in names if name))
