"""The table in the explanation of settlement is what the engine computes."""

import re
from pathlib import Path

from duanju.deals import Fact, Reading
from duanju.kernel import Money, Month
from duanju.settlement import Transaction
from duanju.workflows import settle_facts
from tests.support.terms import OCTOBER, a_contract, a_tiered_rate, terms_of, watched

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "settlement.md"
LATE_MINUTES = 250_000


def table() -> dict[str, list[str]]:
    """Return the cells of the five rows and of the sums, by their first cell."""
    rows = re.findall(r"^\| (20\d\d-\d\d|together) \|(.+)\|$", PAGE.read_text("utf-8"), re.M)
    return {first: [cell.strip() for cell in rest.split("|")] for first, rest in rows}


MINUTES = {
    Month.parse(month): int(cells[0].replace(",", ""))
    for month, cells in table().items()
    if month != "together"
}


def known_at(period: Month, *, is_late: bool) -> list[Fact]:
    """Return the facts known when a period is settled."""
    known = {month: minutes for month, minutes in MINUTES.items() if month <= period}
    if is_late and period == OCTOBER:
        known[OCTOBER] -= LATE_MINUTES
    return [watched(minutes, month) for month, minutes in known.items()]


def column(reading: Reading, *, is_late: bool = False) -> list[str]:
    """Return what each month's statement says, and the sum, as the page writes them."""
    contracts = [a_contract(terms_of(a_tiered_rate(reading=reading)))]
    ledger: list[Transaction] = []
    cells = []
    total_minor = 0
    for period in MINUTES:
        facts = known_at(period, is_late=is_late)
        settlement = settle_facts(contracts=contracts, facts=facts, posted=ledger, period=period)
        ledger += settlement.transactions
        lines = settlement.statements[0].lines
        total_minor += sum(line.amount_minor for line in lines)
        cells.append(
            " + ".join(
                money(line.amount_minor) + (f" for {line.corrects}" if line.corrects else "")
                for line in lines
            )
        )
    return [*cells, money(total_minor)]


def money(amount_minor: int) -> str:
    """Write an amount as the page does."""
    return f"{Money(amount_minor, 'CNY').as_decimal():,}"


def test_table_has_five_rows_and_their_sum() -> None:
    assert len(MINUTES) == 5
    assert table()["together"][0] == f"{sum(MINUTES.values()):,}"


def test_table_shows_what_each_reading_pays_month_by_month() -> None:
    assert [cells[1] for cells in table().values()] == column(Reading.MARGINAL)
    assert [cells[2] for cells in table().values()] == column(Reading.WHOLE_AMOUNT)


def test_table_shows_where_a_late_event_appears() -> None:
    assert [cells[3] for cells in table().values()] == column(Reading.MARGINAL, is_late=True)
