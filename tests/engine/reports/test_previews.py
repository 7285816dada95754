"""A preview shows the first rows as mapped, and guesses a mapping from the header's words."""

from datetime import date
from pathlib import Path

import pytest

from duanju.adapters.reports import (
    AmountUnit,
    DayForm,
    RowKind,
    Sign,
    check_mapping,
    preview_report,
    read_report,
)
from duanju.adapters.reports.days import EXAMPLES, stretch_of_text
from duanju.deals import Stretch
from duanju.kernel import Month
from tests.support.reports import NETWORK, ROWS, a_csv, an_xlsx


def test_chinese_report_is_guessed_and_read(tmp_path: Path) -> None:
    rows = [own.replace("A1", "101").replace("A2", "102") for own in ROWS]
    path = a_csv(tmp_path, [*rows, '合计,,,"1,297.00"'], encoding="gb18030")
    preview = preview_report(path, source="pangle")
    mapping = preview.mapping
    assert preview.is_guess
    assert (mapping.title.column, mapping.when.column) == ("短剧ID", "日期")
    assert mapping.when.forms == (DayForm.ISO_DAY,)
    (amount,) = mapping.amounts
    assert (amount.column, amount.measure.fixed) == ("预估收入(元)", "advert_income")
    assert (amount.currency.fixed, amount.thousands_mark) == ("CNY", ",")
    assert mapping.channel.column == "渠道"
    assert (mapping.totals.column, mapping.totals.words) == ("日期", ("合计",))
    assert not preview.problems
    reading = read_report(path, mapping)
    assert sum(own.amount_minor for own in reading.rows) == 129_700
    assert not reading.problems + reading.problems_of_totals


def test_english_report_below_a_heading_is_guessed(tmp_path: Path) -> None:
    lines = (
        "",
        "Order ID,Date,Title ID,Country,Currency,Proceeds",
        "o-1,09/01/2026,101,US,USD,$4.99",
        "o-2,09/30/2026,101,DE,EUR,$19.99",
    )
    preview = preview_report(a_csv(tmp_path, lines, header="App store"), source="store")
    mapping = preview.mapping
    assert mapping.layout.header_row == 3
    assert (mapping.title.column, mapping.reference) == ("Title ID", "Order ID")
    assert mapping.when.forms == (DayForm.AMERICAN_DAY,)
    assert (mapping.territory.column, mapping.amounts[0].currency.column) == ("Country", "Currency")
    assert (mapping.amounts[0].measure.fixed, mapping.amounts[0].symbol) == ("unlock_income", "$")
    assert [own.amounts[0].amount_minor for own in preview.rows] == [499, 1_999]
    assert preview.columns == ("Order ID", "Date", "Title ID", "Country", "Currency", "Proceeds")


def test_costs_that_are_written_negative_count_up(tmp_path: Path) -> None:
    sheet = [["日期", "短剧ID", "消耗(分)"], [date(2026, 9, 1), "101", -1250]]
    preview = preview_report(an_xlsx(tmp_path, sheet), source="traffic")
    (amount,) = preview.mapping.amounts
    assert (amount.measure.fixed, amount.unit) == ("traffic_cost", AmountUnit.MINOR)
    assert amount.sign is Sign.NEGATED
    assert [own.amounts[0].amount_minor for own in preview.rows] == [1_250]


def test_guess_that_says_too_little_is_told(tmp_path: Path) -> None:
    preview = preview_report(a_csv(tmp_path, ["1,2"], header="foo,bar"), source="x")
    assert preview.problems == check_mapping(preview.mapping)
    assert {own.code for own in preview.problems} >= {"reports.no-amounts"}
    assert (preview.rows, preview.first_rows[1]) == ((), (2, ("1", "2")))


def test_preview_by_a_mapping_shows_rows_with_their_problems(tmp_path: Path) -> None:
    path = a_csv(tmp_path, [ROWS[0], "2026-09-02,B7,web,1"])
    preview = preview_report(path, NETWORK, period=Month(2026, 9))
    assert [own.kind for own in preview.rows] == [RowKind.COUNTED, RowKind.PROBLEM]
    assert not preview.is_guess
    wrong = preview_report(a_csv(tmp_path, header="a,b,c,d"), NETWORK)
    assert [own.code for own in wrong.problems] == ["reports.missing-column"] * 4
    assert wrong.first_rows[0] == (1, ("a", "b", "c", "d"))


@pytest.mark.parametrize("form", DayForm)
def test_each_form_of_a_day_reads_its_example(form: DayForm) -> None:
    day = Stretch(date(2026, 9, 1), date(2026, 9, 2))
    expected = Stretch.of_month(Month(2026, 9)) if form.endswith("_month") else day
    assert stretch_of_text(EXAMPLES[form], (form,)) == expected


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "", "9999-12-31", "0000-01-01"])
def test_day_that_does_not_exist_is_none(text: str) -> None:
    assert stretch_of_text(text, tuple(DayForm)) is None


def test_one_spoilt_row_does_not_hide_what_the_others_are(tmp_path: Path) -> None:
    lines = (
        "2026-09-01,101,web,400.02",
        "2026-09-02,101,web,600.03",
        "2026-09-03,101,web,about 33",
    )
    path = a_csv(tmp_path, lines, header="日期,短剧ID,渠道,预估收入(元)")
    preview = preview_report(path, source="pangle")
    (amount,) = preview.mapping.amounts
    assert (amount.column, amount.measure.fixed) == ("预估收入(元)", "advert_income")
    reading = read_report(path, preview.mapping)
    assert sum(own.amount_minor for own in reading.rows) == 100_005
    assert len(reading.problems) == 1


def test_a_column_mostly_of_words_is_no_column_of_amounts(tmp_path: Path) -> None:
    lines = ("2026-09-01,101,a", "2026-09-02,101,1")
    path = a_csv(tmp_path, lines, header="日期,短剧ID,预估收入(元)")
    assert preview_report(path, source="pangle").mapping.amounts == ()
