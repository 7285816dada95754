"""A report's own totals beside the sums of its rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from duanju.adapters.reports.amounts import BadAmount, minor_of_text
from duanju.adapters.reports.mapping import AmountColumn
from duanju.adapters.reports.rows import ReadRow, RowReader
from duanju.adapters.reports.sources import SourceRow
from duanju.kernel import CURRENCIES, Problem


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What a report says that a column comes to, and what its rows come to, in minor units.

    Attributes:
        number: The row of the total; 0 where the report tells none.
        column: The header of the amounts.
        currency: ISO 4217 code.
        stated_minor: What the report says; `None` where it says nothing.
        summed_minor: What the rows without problems add up to.
    """

    number: int
    column: str
    currency: str
    stated_minor: int | None
    summed_minor: int

    @property
    def difference_minor(self) -> int:
        """How much more the report says than its rows; 0 where it says nothing."""
        return 0 if self.stated_minor is None else self.stated_minor - self.summed_minor


def reconcile(
    reader: RowReader, *, sums: dict[tuple[str, str], int], totals: Iterable[ReadRow]
) -> tuple[tuple[Reconciliation, ...], tuple[Problem, ...]]:
    """Return each sum beside what the report says of it, and what is wrong with its totals.

    A total in which no currency stands is of the only one that its column has.

    Args:
        reader: That read the rows.
        sums: Column and currency to the sum of the rows.
        totals: The rows that are totals.
    """
    stated: dict[tuple[str, str], tuple[int, int]] = {}
    problems: list[Problem] = []
    currencies = defaultdict(list)
    for name, currency in sums:
        currencies[name].append(currency)
    for total in totals:
        row = total.source
        assert row is not None, "a total keeps its row"
        for column in reader.mapping.amounts:
            if reader.cell(row, column.column).text:
                told = _stated(reader, row, column, currencies[column.column])
                if isinstance(told, Problem):
                    problems.append(told)
                elif (place := (column.column, told[0])) in stated:
                    first = stated[place][0]
                    code = "reports.second-total"
                    problems.append(reader.problem(row, column.column, code, first=first))
                else:
                    stated[place] = row.number, told[1]
    found = []
    for name, currency in sorted({*sums, *stated}):
        number, amount = stated.get((name, currency), (0, None))
        summed = sums.get((name, currency), 0)
        found.append(Reconciliation(number, name, currency, amount, summed))
    return tuple(found), tuple(problems)


def _stated(
    reader: RowReader, row: SourceRow, column: AmountColumn, currencies: list[str]
) -> tuple[str, int] | Problem:
    """Return the currency and the amount of a total, or why it cannot be compared."""
    named = column.currency
    text = reader.cell(row, named.column).text if named.column else named.fixed
    currency = named.words.get(text, text) if named.column else text
    if currency not in CURRENCIES:
        if len(currencies) != 1:
            return reader.problem(row, named.column or column.column, "reports.total-of-what")
        currency = currencies[0]
    cell = reader.cell(row, column.column)
    if cell.problem:
        return reader.problem(row, column.column, cell.problem)
    try:
        return currency, minor_of_text(cell.text, column, currency, is_typed=cell.is_number)
    except BadAmount as bad:
        return reader.problem(row, column.column, bad.problem_code, **bad.params)
