"""Facts as CSV, XLSX and Parquet: one table, one set of facts, every bad row named."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from duanju.adapters.documents import explain_problem, facts_template, read_facts, spreadsheets
from duanju.adapters.documents import tables as tables_of_documents
from duanju.deals import Fact, Stretch, Unit
from duanju.kernel import Month, Problem, ProblemsFound

COLUMNS = (
    *("month", "day", "title_id", "measure", "quantity", "unit", "currency", "channel"),
    *("territory", "medium", "window", "item", "over_seconds", "fraud"),
)
SEPTEMBER = Stretch.of_month(Month(2026, 9))
FIRST = Stretch(date(2026, 9, 1), date(2026, 9, 2))


def row(**cells: object) -> dict[str, object]:
    """Return a row of a month's effective hours, but for what is given."""
    usual = {"month": "2026-09", "title_id": "101", "measure": "effective_minutes"}
    return usual | {"quantity": "1.5", "unit": "hours"} | cells


def a_day(**cells: object) -> dict[str, object]:
    """Return a row of a day's plays, but for what is given."""
    usual = {"day": "2026-09-01", "title_id": "101", "measure": "plays", "quantity": "7"}
    return usual | {"unit": "count"} | cells


ROWS = (
    row(),
    row(measure="unlock_income", quantity="12.34", unit="major", currency="CNY", channel="web"),
    row(measure="unlock_income", quantity="500", unit="minor", currency="JPY", channel="web"),
    a_day(over_seconds="30", territory="CN", medium="vertical", window="premiere"),
    a_day(over_seconds="30", fraud="yes", quantity="2"),
    a_day(measure="milestone", quantity="1", item="delivered", title_id=""),
    row(measure="member_pool", title_id="", quantity="9", unit="minor", currency="CNY"),
)
FACTS = (
    Fact("effective_minutes", "101", SEPTEMBER, 5_400_000, Unit.MILLISECOND),
    Fact("unlock_income", "101", SEPTEMBER, 1_234, Unit.MINOR, "CNY", "web"),
    Fact("unlock_income", "101", SEPTEMBER, 500, Unit.MINOR, "JPY", "web"),
    Fact(
        *("plays", "101", FIRST, 7, Unit.COUNT, "", "", "CN", "vertical", "premiere"),
        over_seconds=30,
    ),
    Fact("plays", "101", FIRST, 2, Unit.COUNT, over_seconds=30, is_fraud=True),
    Fact("milestone", "", FIRST, 1, Unit.COUNT, item="delivered"),
    Fact("member_pool", "", SEPTEMBER, 9, Unit.MINOR, "CNY"),
)
Rows = Sequence[dict[str, object]]


def as_csv(folder: Path, rows: Rows) -> Path:
    """Write rows as CSV."""
    path = folder / "facts.csv"
    lines = [",".join(COLUMNS)]
    lines += [",".join(str(own.get(column, "")) for column in COLUMNS) for own in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def as_xlsx(folder: Path, rows: Rows) -> Path:
    """Write rows as a sheet named Facts, beside an empty one."""
    path = folder / "facts.xlsx"
    book = Workbook()
    assert book.active is not None
    book.active.title = "Empty"
    sheet = book.create_sheet("Facts")
    sheet.append(COLUMNS)
    for own in rows:
        sheet.append([own.get(column) for column in COLUMNS])
    book.save(path)
    return path


def as_parquet(folder: Path, rows: Rows, **types: str) -> Path:
    """Write rows as Parquet, each column as text but for those whose type is given."""
    path = folder / "facts [1].parquet"
    connection = duckdb.connect()
    columns = ", ".join(f'"{column}" {types.get(column, "VARCHAR")}' for column in COLUMNS)
    connection.execute(f"CREATE TABLE facts ({columns})")
    for own in rows:
        values = [own.get(column) for column in COLUMNS]
        connection.execute(f"INSERT INTO facts VALUES ({', '.join('?' * len(values))})", values)
    connection.execute(f"COPY facts TO '{path}' (FORMAT parquet)")
    connection.close()
    return path


def at_hour(hour: int, month: int = 9) -> datetime:
    """Return an hour of the first day of a month, as spreadsheets keep it: in no zone."""
    return datetime(2026, month, 1, hour, tzinfo=UTC).replace(tzinfo=None)


WRITERS = (as_csv, as_xlsx, as_parquet)


def problems_of(path: Path) -> Sequence[Problem]:
    """Return what is wrong with a file."""
    with pytest.raises(ProblemsFound) as refused:
        read_facts(path)
    return refused.value.problems


def codes_of(path: Path) -> list[str]:
    """Return the codes of what is wrong with a file."""
    return [own.code for own in problems_of(path)]


@pytest.mark.parametrize("write", WRITERS)
def test_same_rows_are_the_same_facts_whatever_the_file(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    assert read_facts(write(tmp_path, ROWS)) == FACTS


@pytest.mark.parametrize("write", WRITERS)
def test_every_bad_row_is_named_with_its_place(write: Callable[..., Path], tmp_path: Path) -> None:
    rows = (row(), row(quantity="x"), row(title_id="102"), row(title_id="103", unit="weeks"))
    path = write(tmp_path, rows)
    header = 0 if path.suffix == ".parquet" else 1
    sheet = "Facts" if path.suffix == ".xlsx" else ""
    assert [(own.code, own.where.line, own.where.column) for own in problems_of(path)] == [
        ("documents.not-a-quantity", 2 + header, COLUMNS.index("quantity") + 1),
        ("documents.unknown-unit", 4 + header, COLUMNS.index("unit") + 1),
    ]
    assert {(own.where.file, own.where.path) for own in problems_of(path)} == {(str(path), sheet)}


BAD_ROWS: tuple[tuple[str, dict[str, object]], ...] = (
    ("documents.no-month-and-no-day", row(month="")),
    ("documents.day-and-more", a_day(month="2026-10")),
    ("documents.not-a-day", a_day(day="2026-09-31")),
    ("documents.not-a-day", a_day(day="20260901")),
    ("documents.not-a-month", row(month="2026-09-02")),
    ("documents.missing-item", a_day(measure="milestone")),
    ("documents.title-of-the-platform", row(measure="all_effective_minutes")),
    ("documents.empty-cell", row(title_id="")),
    ("documents.unknown-unit", row(unit="major")),
    (
        "documents.not-whole-units",
        row(quantity="1.234", unit="major", currency="CNY") | {"measure": "tax"},
    ),
    ("documents.not-a-quantity", row(quantity="50%")),
    ("documents.not-an-integer", a_day(quantity="1.5")),
    ("documents.not-an-integer", a_day(quantity="9" * 31)),
    ("documents.not-seconds", a_day(over_seconds="-1")),
    ("documents.not-yes-or-no", a_day(fraud="perhaps")),
    ("documents.unknown-measure", row(measure="heat")),
    ("documents.unknown-currency", row(currency="CNY")),
    ("documents.long-cell", row(title_id="1" * 2_001)),
)


@pytest.mark.parametrize(("code", "bad"), BAD_ROWS)
def test_row_that_says_nothing_exact_is_refused(
    code: str, bad: dict[str, object], tmp_path: Path
) -> None:
    (problem,) = problems_of(as_csv(tmp_path, [bad]))
    assert problem.code == code
    for language in ("en", "zh-Hans"):
        assert "<" not in explain_problem(problem, language=language).sentence


@pytest.mark.parametrize("write", WRITERS)
def test_second_row_that_says_otherwise_is_named(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    path = write(tmp_path, (row(), row(), row(quantity="2")))
    (problem,) = problems_of(path)
    assert (problem.code, problem.where.line) == (
        "deals.contradicting-facts",
        3 if path.suffix == ".parquet" else 4,
    )


def test_typed_cells_of_a_sheet_are_read_exactly(tmp_path: Path) -> None:
    rows = (
        row(month=date(2026, 9, 1), title_id=101, quantity=0.1),
        row(month=at_hour(0, 10), title_id=101.0, quantity=41666.7),
        a_day(day=at_hour(0), quantity=7.0, over_seconds=30, fraud=True),
    )
    assert [
        (own.title_id, own.quantity, own.is_fraud) for own in read_facts(as_xlsx(tmp_path, rows))
    ] == [
        ("101", 360_000, False),
        ("101", 150_000_120_000, False),
        ("101", 7, True),
    ]


def test_typed_columns_of_parquet_are_read_exactly(tmp_path: Path) -> None:
    rows = (row(title_id=101, quantity=Decimal("0.10")), row(title_id=102, quantity=Decimal("2")))
    for kind in ("DECIMAL(10, 2)", "DOUBLE", "FLOAT"):
        path = as_parquet(tmp_path, rows, title_id="BIGINT", quantity=kind)
        assert [own.quantity for own in read_facts(path)] == [360_000, 7_200_000], kind
    path = as_parquet(tmp_path, [a_day(day=date(2026, 9, 1))], day="DATE", fraud="BOOLEAN")
    assert [own.stretch for own in read_facts(path)] == [FIRST]


@pytest.mark.parametrize("bad", [2.0**53, float("inf")])
def test_number_that_the_file_does_not_hold_exactly_is_refused(bad: float, tmp_path: Path) -> None:
    path = as_parquet(tmp_path, [row(quantity=bad)], quantity="DOUBLE")
    assert codes_of(path) == ["documents.not-exact"]


def test_time_and_error_in_a_cell_are_refused(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path, [a_day(day=at_hour(8)), a_day(channel="#N/A")])
    assert codes_of(path) == ["documents.not-exact", "documents.error-in-cell"]


def test_column_whose_values_have_no_text_is_refused(tmp_path: Path) -> None:
    path = as_parquet(tmp_path, [], item="VARCHAR[]", channel="BLOB")
    assert codes_of(path) == ["documents.column-type", "documents.column-type"]


@pytest.mark.parametrize("write", WRITERS)
def test_unknown_column_is_named_in_every_kind_of_file(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "COLUMNS", (*COLUMNS, "colour"))
    (problem,) = problems_of(write(tmp_path, [row()]))
    assert (problem.code, problem.params) == ("documents.unknown-column", {"column": "colour"})
    assert (problem.where.line, problem.where.column) == (1, len(COLUMNS))


def test_cell_without_column_and_column_named_twice_are_refused(tmp_path: Path) -> None:
    path = as_csv(tmp_path, [row()])
    path.write_text(path.read_text("utf-8").rstrip("\n") + ",more\n", "utf-8")
    assert codes_of(path) == ["documents.cell-without-column"]
    path.write_text("month,month,title_id,measure,quantity,unit\n", "utf-8")
    assert codes_of(path) == ["documents.repeated-column"]


def test_quotation_mark_that_never_closes_is_named(tmp_path: Path) -> None:
    path = as_csv(tmp_path, [row(title_id='"101')])
    assert codes_of(path) == ["documents.not-csv"]


def test_file_of_another_kind_is_refused_by_its_ending(tmp_path: Path) -> None:
    assert codes_of(tmp_path / "facts.txt") == ["documents.unknown-table"]


@pytest.mark.parametrize("name", ["facts.xlsx", "facts.parquet"])
def test_damaged_file_is_a_problem_and_not_a_crash(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert codes_of(path) == ["documents.no-file"]
    path.write_bytes(b"no such thing")
    assert codes_of(path) == [f"documents.not-{path.suffix[1:]}"]
    write = as_xlsx if path.suffix == ".xlsx" else as_parquet
    whole = write(tmp_path, ROWS).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert codes_of(path) == [f"documents.not-{path.suffix[1:]}"]


def test_archive_without_a_book_is_no_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types>")
    assert codes_of(path) == ["documents.not-xlsx"]


def test_spreadsheet_that_unpacks_to_too_much_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "facts.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 2**20)
    assert path.stat().st_size < 2**14
    monkeypatch.setattr(spreadsheets, "UNPACKED_BYTES_MAX", 2**21)
    monkeypatch.setattr(spreadsheets, "load_workbook", _never)
    assert codes_of(path) == ["documents.too-large"]
    monkeypatch.setattr(spreadsheets, "UNPACKED_BYTES_MAX", 2**30)
    monkeypatch.setattr(spreadsheets, "PARTS_MAX", 2)
    assert codes_of(path) == ["documents.too-large"]


def _never(*_: object, **__: object) -> None:
    raise AssertionError("the archive was opened")


@pytest.mark.parametrize("write", WRITERS)
def test_table_with_too_many_rows_is_refused(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, [row(title_id=str(number)) for number in range(8)])
    for module in ("tables", "spreadsheets", "parquet"):
        monkeypatch.setattr(f"duanju.adapters.documents.{module}.ROWS_MAX", 5)
    assert codes_of(path) == ["documents.too-many-rows"]


def test_template_is_a_table_of_facts_that_reads(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_text(facts_template(), "utf-8", newline="")
    assert {own.measure for own in read_facts(path)} == {
        *("effective_minutes", "unlock_income", "plays", "milestone"),
    }
    header = io.StringIO(facts_template()).readline().strip("\ufeff\r\n").split(",")
    assert set(COLUMNS) <= set(header)
    assert facts_template()[0] == tables_of_documents.BYTE_ORDER_MARK
