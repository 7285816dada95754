"""Reports of others: every row read exactly, every faulty row named, every total compared."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duanju.adapters.documents import explain_problem
from duanju.adapters.reports import (
    AmountUnit,
    DayForm,
    Delimiter,
    Encoding,
    Layout,
    Named,
    ReportReading,
    RowKind,
    Sign,
    Totals,
    When,
    read_report,
    stream_report,
)
from duanju.adapters.reports import reading as reading_module
from duanju.deals import Stretch
from duanju.kernel import Month, Problem, ProblemsFound
from tests.support.reports import HEADER, NETWORK, ROWS, TOTAL, a_csv, an_amount, an_xlsx

SEPTEMBER = Month(2026, 9)
FIRST = Stretch(date(2026, 9, 1), date(2026, 9, 2))


def amounts(reading: ReportReading) -> list[int]:
    """Return the amounts of a report in order."""
    return [own.amount_minor for own in reading.rows]


def told(problems: tuple[Problem, ...]) -> list[tuple[str, int | None, int | None]]:
    """Return what is wrong, and in which row and column."""
    return [(own.code, own.where.line, own.where.column) for own in problems]


def refused(path: Path, mapping=NETWORK, **more) -> tuple[Problem, ...]:
    """Return why a file cannot be read at all."""
    with pytest.raises(ProblemsFound) as found:
        read_report(path, mapping, **more)
    return found.value.problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_are_read_to_the_fen_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    path = a_csv(tmp_path, encoding=encoding)
    reading = read_report(path, NETWORK, period=SEPTEMBER)
    assert reading.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert amounts(reading) == [10_010, 120_005, 1, -316]
    first = reading.rows[0]
    assert (first.file_sha256, first.number, first.column) == (reading.sha256, 2, "预估收入(元)")
    assert (first.measure, first.title_id, first.stretch) == ("advert_income", "101", FIRST)
    assert (first.currency, first.channel, first.territory) == ("CNY", "android", "")
    assert not reading.problems
    (total,) = reading.totals
    assert (total.number, total.stated_minor, total.summed_minor) == (6, 129_700, 129_700)
    assert (total.difference_minor, reading.problems_of_totals) == (0, ())


def test_cells_of_a_spreadsheet_are_read_as_they_are_typed(tmp_path: Path) -> None:
    header = HEADER.split(",")
    rows = [header, [date(2026, 9, 1), "A1", "ios", 19.99], ["2026-09-02", "A2", "ios", 1234]]
    rows += [["合计", None, None, 1253.99]]
    mapping = replace(
        NETWORK,
        amounts=(replace(NETWORK.amounts[0], decimal_mark=",", thousands_mark="."),),
    )
    reading = read_report(an_xlsx(tmp_path, rows), mapping)
    assert amounts(reading) == [1_999, 123_400]
    assert reading.rows[0].stretch == FIRST
    assert reading.totals[0].difference_minor == 0


def test_finer_number_in_a_spreadsheet_is_refused_and_not_rounded(tmp_path: Path) -> None:
    rows = [HEADER.split(","), ["2026-09-01", "A1", "ios", 0.30000004]]
    reading = read_report(an_xlsx(tmp_path, rows), NETWORK)
    assert told(reading.problems) == [("reports.part-of-a-minor-unit", 2, 4)]
    assert reading.problems[0].params["value"] == "0.30000004"
    assert (reading.rows, reading.rows_with_problems) == ((), 1)


@pytest.mark.parametrize(
    ("text", "changes", "minor"),
    [
        ("1.234,56", {"decimal_mark": ",", "thousands_mark": "."}, 123_456),
        ("1234.5", {}, 123_450),
        ("(12.00)", {}, -1_200),
        ("−12.00", {}, -1_200),
        ("-¥12.00", {"symbol": "¥"}, -1_200),
        ("¥-12.00", {"symbol": "¥"}, -1_200),
        ("12.00 元", {"symbol": "元"}, 1_200),
        ("+12", {}, 1_200),
        ("-12.00", {"sign": Sign.NEGATED}, 1_200),
        ("1250", {"unit": AmountUnit.MINOR}, 1_250),
        ("1250", {"currency": Named(fixed="JPY")}, 1_250),
        ("1.250", {"currency": Named(fixed="KWD")}, 1_250),
        ("1 250.00", {"thousands_mark": " "}, 125_000),
        ("9007199254740993.01", {}, 900_719_925_474_099_301),
    ],
)
def test_amount_is_exact_in_its_form(tmp_path: Path, text, changes, minor) -> None:
    path = a_csv(tmp_path, [f'2026-09-01,A1,web,"{text}"'])
    reading = read_report(path, an_amount(**changes))
    assert (amounts(reading), reading.problems) == ([minor], ())


@pytest.mark.parametrize(
    ("text", "changes", "code"),
    [
        ("1,23", {}, "reports.not-an-amount"),
        ("12,34,567", {}, "reports.not-an-amount"),
        ("1e3", {}, "reports.not-an-amount"),
        ("12%", {}, "reports.not-an-amount"),
        ("--1", {}, "reports.not-an-amount"),
        ("(-1)", {}, "reports.not-an-amount"),
        ("¥12", {}, "reports.not-an-amount"),
        ("١٢", {}, "reports.not-an-amount"),
        ("1.", {}, "reports.not-an-amount"),
        (".5", {}, "reports.not-an-amount"),
        ("0.005", {}, "reports.part-of-a-minor-unit"),
        ("0.5", {"unit": AmountUnit.MINOR}, "reports.part-of-a-minor-unit"),
        ("92233720368547758.08", {}, "reports.amount-too-large"),
        ("9" * 40, {}, "reports.amount-too-large"),
    ],
)
def test_amount_in_another_form_is_refused(tmp_path: Path, text, changes, code) -> None:
    path = a_csv(tmp_path, [f'2026-09-01,A1,web,"{text}"'])
    reading = read_report(path, an_amount(**changes))
    assert told(reading.problems) == [(code, 2, 4)]
    assert not reading.rows


def test_all_faulty_rows_are_named_at_once_and_the_others_are_read(tmp_path: Path) -> None:
    rows = (
        *ROWS,
        "2026-09-03,B9,web,1.00",
        "2026-09-31,A1,web,abc",
        "2026-10-01,A1,web,1.00",
        ",,,",
        "2026-09-03,A1,web,",
        "总计,,,5.00",
    )
    reading = read_report(a_csv(tmp_path, rows), NETWORK, period=SEPTEMBER)
    assert amounts(reading) == [10_010, 120_005, 1, -316]
    assert told(reading.problems) == [
        ("reports.unknown-word", 6, 2),
        ("reports.not-a-day", 7, 1),
        ("reports.not-an-amount", 7, 4),
        ("reports.other-month", 8, 1),
        ("documents.empty-cell", 10, 4),
        ("reports.unmarked-total", 11, 1),
    ]
    assert reading.rows_with_problems == 5
    for problem in reading.problems:
        for language in ("en", "zh-Hans"):
            said = explain_problem(problem, language=language)
            assert said.sentence
            assert said.hint
            assert "<" not in said.sentence + said.hint


def test_difference_to_the_reports_own_total_is_told_exactly(tmp_path: Path) -> None:
    reading = read_report(a_csv(tmp_path, (*ROWS, '合计,,,"1,300.00"')), NETWORK)
    (problem,) = reading.problems_of_totals
    assert problem.code == "reports.total-disagrees"
    assert (problem.where.line, problem.where.column) == (6, 4)
    assert problem.params == {
        "column": "预估收入(元)",
        "currency": "CNY",
        "stated": "130000",
        "summed": "129700",
        "difference": "300",
    }


def test_partial_totals_are_passed_over_and_a_second_total_is_named(tmp_path: Path) -> None:
    rows = (*ROWS[:2], "小计,,,1300.15", *ROWS[2:], TOTAL, TOTAL)
    reading = read_report(a_csv(tmp_path, rows), NETWORK)
    assert (amounts(reading), reading.subtotals) == ([10_010, 120_005, 1, -316], 1)
    assert told(reading.problems_of_totals) == [("reports.second-total", 8, 4)]


def test_total_of_one_of_several_currencies_must_name_it(tmp_path: Path) -> None:
    mapping = an_amount(currency=Named(column="币种"))
    header = HEADER + ",币种"
    rows = ("2026-09-01,A1,web,1.00,CNY", "2026-09-01,A1,web,2,JPY", "合计,,,3.00,")
    path = a_csv(tmp_path, rows, header=header)
    reading = read_report(path, mapping)
    assert told(reading.problems_of_totals) == [("reports.total-of-what", 4, 5)]
    named = (*rows[:2], "合计,,,1.00,CNY", "合计,,,2,JPY")
    agreed = read_report(a_csv(tmp_path, named, header=header), mapping)
    assert [(own.currency, own.stated_minor, own.summed_minor) for own in agreed.totals] == [
        ("CNY", 100, 100),
        ("JPY", 2, 2),
    ]
    assert not agreed.problems_of_totals


def test_whole_beside_its_parts_is_refused(tmp_path: Path) -> None:
    mapping = replace(NETWORK, when=When("日期", (DayForm.ISO_DAY, DayForm.ISO_MONTH)))
    rows = ("2026-09-01,A1,web,1.00", "2026-09-01,A1,,1.00", "2026-09,A1,web,31.00")
    reading = read_report(a_csv(tmp_path, rows), mapping)
    assert amounts(reading) == [100]
    assert told(reading.problems) == [
        ("reports.total-beside-parts", 3, 3),
        ("reports.total-beside-parts", 4, 1),
    ]
    assert [own.params["word"] for own in reading.problems] == ["channel", "day"]


def test_reference_names_one_row(tmp_path: Path) -> None:
    mapping = replace(NETWORK, reference="单号")
    rows = ("2026-09-01,A1,web,1,x", "2026-09-01,A1,web,1,x", "2026-09-01,A1,web,1,")
    reading = read_report(a_csv(tmp_path, rows, header=HEADER + ",单号"), mapping)
    assert told(reading.problems) == [
        ("reports.repeated-reference", 3, 5),
        ("documents.empty-cell", 4, 5),
    ]
    assert amounts(reading) == [100]


def test_one_row_can_tell_several_amounts(tmp_path: Path) -> None:
    second = replace(NETWORK.amounts[0], column="消耗", measure=Named(fixed="traffic_cost"))
    mapping = replace(NETWORK, amounts=(*NETWORK.amounts, second))
    path = a_csv(
        tmp_path,
        ["2026-09-01,A1,web,1.00,0.80", "2026-09-02,A1,web,,0.20", "合计,,,1.00,1.00"],
        header=HEADER + ",消耗",
    )
    reading = read_report(path, mapping)
    assert [(own.number, own.measure, own.amount_minor) for own in reading.rows] == [
        (2, "advert_income", 100),
        (2, "traffic_cost", 80),
        (3, "traffic_cost", 20),
    ]
    assert not reading.problems + reading.problems_of_totals


def test_measure_comes_from_a_table_of_words(tmp_path: Path) -> None:
    words = {"激励视频": "advert_income", "CPS": "performance_advert_income"}
    mapping = replace(
        an_amount(measure=Named(column="类型", words=words)), channel=Named(fixed="douyin")
    )
    rows = ("2026-09-01,A1,,1.00,激励视频", "2026-09-01,A1,,2.00,CPS", "2026-09-01,A1,,3,其他")
    reading = read_report(a_csv(tmp_path, rows, header=HEADER + ",类型"), mapping)
    assert [(own.measure, own.channel) for own in reading.rows] == [
        ("advert_income", "douyin"),
        ("performance_advert_income", "douyin"),
    ]
    assert told(reading.problems) == [("reports.unknown-word", 4, 5)]


def test_header_stands_below_and_a_translation_is_skipped(tmp_path: Path) -> None:
    lines = ("Report,Pangle", "", HEADER, "Date,Drama,Channel,CNY", ROWS[0])
    mapping = replace(NETWORK, layout=Layout(header_row=3, rows_to_skip=1))
    reading = read_report(a_csv(tmp_path, lines[1:], header=lines[0]), mapping)
    assert [(own.number, own.amount_minor) for own in reading.rows] == [(5, 10_010)]


def test_other_delimiters_and_encodings_are_said(tmp_path: Path) -> None:
    tabs = replace(NETWORK, layout=Layout(delimiter=Delimiter.TAB))
    path = a_csv(
        tmp_path, [ROWS[0].replace(",", "\t")], header=HEADER.replace(",", "\t"), name="a.tsv"
    )
    assert amounts(read_report(path, tabs)) == [10_010]
    gb = a_csv(tmp_path, encoding="gb18030")
    forced = replace(NETWORK, layout=Layout(encoding=Encoding.UTF_8))
    assert [own.code for own in refused(gb, forced)] == ["reports.other-encoding"]


def test_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    def codes(path: Path, mapping=NETWORK, **more) -> list[str]:
        return [own.code for own in refused(path, mapping, **more)]

    assert codes(tmp_path / "none.csv") == ["documents.no-file"]
    assert codes(a_csv(tmp_path, name="report.pdf")) == ["reports.unknown-file"]
    assert codes(a_csv(tmp_path, header="a,b")) == ["reports.missing-column"] * 4
    assert codes(a_csv(tmp_path, header=HEADER + ",渠道")) == ["reports.repeated-column"]
    assert codes(a_csv(tmp_path, ['2026,"'])) == ["documents.not-csv"]
    assert codes(a_csv(tmp_path, name="report.xlsx")) == ["documents.not-xlsx"]
    far = replace(NETWORK, layout=Layout(header_row=99))
    assert codes(a_csv(tmp_path), far) == ["reports.no-header"]
    monthly = replace(NETWORK, when=When(), totals=Totals())
    assert codes(a_csv(tmp_path), monthly) == ["reports.no-month"]
    sheet = an_xlsx(tmp_path, [HEADER.split(",")])
    other = replace(NETWORK, layout=Layout(sheet="May"))
    assert codes(sheet, other) == ["reports.no-such-sheet"]


def test_report_without_days_is_of_its_month(tmp_path: Path) -> None:
    mapping = replace(NETWORK, when=When(), totals=Totals("短剧ID", ("合计",)))
    reading = read_report(
        a_csv(tmp_path, [",A1,web,5.00", ",合计,,5.00"]), mapping, period=SEPTEMBER
    )
    assert [own.stretch for own in reading.rows] == [Stretch.of_month(SEPTEMBER)]
    assert not reading.problems + reading.problems_of_totals


def test_titles_are_those_that_are_known(tmp_path: Path) -> None:
    reading = read_report(a_csv(tmp_path), NETWORK, titles={"101": "7"})
    assert [own.title_id for own in reading.rows] == ["7", "7", "7"]
    assert told(reading.problems) == [("reports.unknown-title", 3, 2)]
    (disagrees,) = reading.problems_of_totals
    assert disagrees.params["difference"] == "120005"


def test_problems_are_bounded_and_the_rest_is_counted(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(reading_module, "PROBLEMS_MAX", 3)
    rows = [f"2026-09-01,X{number},web,1.00" for number in range(10)]
    reading = read_report(a_csv(tmp_path, rows), NETWORK)
    assert [own.code for own in reading.problems] == [
        *["reports.unknown-word"] * 3,
        "reports.more-problems",
    ]
    assert (reading.problems[-1].params["number"], reading.rows_with_problems) == (7, 10)


def test_every_row_of_the_file_is_streamed_once_with_its_cells(tmp_path: Path) -> None:
    stream = stream_report(a_csv(tmp_path, (*ROWS, "x,A1,web,1", TOTAL)), NETWORK)
    rows = list(stream)
    assert [(own.number, own.kind) for own in rows] == [
        *[(number, RowKind.COUNTED) for number in (2, 3, 4, 5)],
        (6, RowKind.PROBLEM),
        (7, RowKind.TOTAL),
    ]
    assert rows[1].cells == ("2026-09-01", "A2", "android", "1,200.05")


def test_territory_is_a_code(tmp_path: Path) -> None:
    mapping = replace(NETWORK, territory=Named(column="国家", words={"美国": "US", "日本": "jp"}))
    rows = ("2026-09-01,A1,web,1,美国", "2026-09-01,A2,web,1,日本")
    reading = read_report(a_csv(tmp_path, rows, header=HEADER + ",国家"), mapping)
    assert [own.territory for own in reading.rows] == ["US"]
    assert told(reading.problems) == [("reports.not-a-territory", 3, 5)]
