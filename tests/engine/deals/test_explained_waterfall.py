"""The table in the explanation of waterfalls is what the engine computes."""

import re
from pathlib import Path

from duanju.deals import entitle_by_month
from duanju.kernel import Month
from tests.support.terms import unlocked
from tests.support.waterfalls import a_step, a_waterfall, terms_with

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "waterfalls.md"
COLUMNS = ("fee", "investor", "writer", "studio")
WATERFALL = a_waterfall(
    a_step("fee", "platform", takes="0.2", is_deduction=True),
    a_step("recoup", "investor", limit=500),
    a_step("profit", "writer", takes="0.3"),
)


def table() -> dict[str, list[int]]:
    """Return the numbers of the five rows and of the sums, by their first cell."""
    rows = re.findall(r"^\| (20\d\d-\d\d|together) \|(.+)\|$", PAGE.read_text("utf-8"), re.M)
    return {first: [int(cell.replace(",", "")) for cell in rest.split("|")] for first, rest in rows}


def test_table_has_five_rows_one_refund_and_their_sum() -> None:
    rows = table()
    together = rows.pop("together")
    assert len(rows) == 5
    assert [cells[0] < 0 for cells in rows.values()].count(True) == 1
    assert together == [sum(column) for column in zip(*rows.values(), strict=True)]
    assert all(cells[0] == sum(cells[1:]) for cells in rows.values())


def test_table_shows_what_each_month_brings() -> None:
    rows = {Month.parse(name): cells for name, cells in table().items() if name != "together"}
    facts = [unlocked(cells[0] * 100, month) for month, cells in rows.items()]
    before = dict.fromkeys(COLUMNS, 0)
    months = entitle_by_month(terms=terms_with(WATERFALL), facts=facts, months=list(rows))
    for month, earned in months.items():
        now = {own.name: own.amount / 100 for own in earned}
        assert [now[name] - before[name] for name in COLUMNS] == rows[month][1:], month
        before = now
