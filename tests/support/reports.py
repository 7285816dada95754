"""Mappings and files of reports, as sources really write them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from duanju.adapters.reports import (
    AmountColumn,
    DayForm,
    Named,
    ReportMapping,
    Totals,
    When,
)

HEADER = "日期,短剧ID,渠道,预估收入(元)"
ADVERTS = AmountColumn(
    column="预估收入(元)",
    measure=Named(fixed="advert_income"),
    currency=Named(fixed="CNY"),
    thousands_mark=",",
)
NETWORK = ReportMapping(
    source="pangle",
    name="Pangle, daily",
    title=Named(column="短剧ID", words={"A1": "101", "A2": "102"}),
    amounts=(ADVERTS,),
    when=When("日期", (DayForm.ISO_DAY,)),
    channel=Named(column="渠道"),
    totals=Totals("日期", ("合计",), ("小计",)),
)
"""An advertising network's daily report, with a total at its end."""

ROWS = (
    "2026-09-01,A1,android,100.10",
    '2026-09-01,A2,android,"1,200.05"',
    "2026-09-02,A1,ios,0.01",
    "2026-09-02,A1,android,-3.16",
)
"""1,297.00 CNY."""

TOTAL = '合计,,,"1,297.00"'


def an_amount(**changes: Any) -> ReportMapping:
    """Return the network's mapping with another column of amounts."""
    return replace(NETWORK, amounts=(replace(ADVERTS, **changes),))


def a_csv(
    folder: Path,
    rows: Iterable[str] = (*ROWS, TOTAL),
    *,
    header: str = HEADER,
    name: str = "pangle.csv",
    encoding: str = "utf-8",
) -> Path:
    """Write a report as CSV."""
    path = folder / name
    path.write_bytes("".join(f"{own}\r\n" for own in (header, *rows)).encode(encoding))
    return path


def an_xlsx(folder: Path, rows: Iterable[Sequence[object]], *, name: str = "pangle.xlsx") -> Path:
    """Write a report as a spreadsheet of typed cells."""
    path = folder / name
    book = Workbook()
    assert book.active is not None
    for own in rows:
        book.active.append(list(own))
    book.save(path)
    return path
