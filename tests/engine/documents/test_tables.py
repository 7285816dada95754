"""Facts and ledgers as CSV: read row by row, refused row by row."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duanju.adapters.documents import read_facts, read_ledger, write_ledger
from duanju.deals import Stretch
from duanju.kernel import Month, ProblemsFound
from duanju.settlement import ClaimKey, Posting, Transaction
from tests.support.terms import OCTOBER, unlocked, watched

HEADER = "month,title_id,measure,quantity,unit,currency,channel,starts_on,ends_on\n"


def facts_file(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """Write a facts file."""
    path = folder / "facts.csv"
    path.write_text("\ufeff" + header + "\n".join(rows) + "\n", "utf-8")
    return path


def problems_of(path: Path) -> list[tuple[str, int | None]]:
    """Return code and row of each problem of a facts file."""
    with pytest.raises(ProblemsFound) as refused:
        read_facts(path)
    return [(own.code, own.where.line) for own in refused.value.problems]


def test_rows_become_facts(tmp_path: Path) -> None:
    path = facts_file(
        tmp_path,
        "2026-09,101,effective_minutes,90000,ms,,,,",
        "2026-10,101,effective_minutes,1.5,minutes,,,,",
        "",
        "2026-09,101,unlock_income,-5,minor,CNY,web,2026-09-01,2026-09-11",
    )
    part = Stretch(date(2026, 9, 1), date(2026, 9, 11))
    assert read_facts(path) == (
        replace(watched(1), quantity=90_000),
        replace(watched(1, OCTOBER), quantity=90_000),
        unlocked(-5, part),
    )


def test_every_row_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = facts_file(
        tmp_path,
        "2026-13,101,effective_minutes,1,ms,,,,",
        "2026-09,101,heat,1,count,,,,",
        "2026-09,101,effective_minutes,1.5,ms,,,,",
        "2026-09,101,effective_minutes,1,weeks,,,,",
        "2026-09,101,effective_minutes,0.00001,minutes,,,,",
        "2026-09,101,unlock_income,1,minor,RMB,,,",
        "2026-09,101,effective_minutes,1,ms,CNY,,,",
        "2026-09,,effective_minutes,1,ms,,,,",
        "2026-09,101,effective_minutes,1,ms,,,2026-09-11,2026-10-11",
        "2026-09,101,effective_minutes,1,ms,,,September,",
    )
    assert problems_of(path) == [
        ("documents.not-a-month", 2),
        ("documents.unknown-measure", 3),
        ("documents.not-an-integer", 4),
        ("documents.unknown-unit", 5),
        ("documents.not-whole-units", 6),
        ("documents.unknown-currency", 7),
        ("documents.unknown-currency", 8),
        ("documents.empty-cell", 9),
        ("documents.not-within-the-month", 10),
        ("documents.not-a-day", 11),
    ]


def test_same_row_twice_is_one_fact_and_another_number_is_a_problem(tmp_path: Path) -> None:
    row = "2026-09,101,effective_minutes,60000,ms,,,,"
    assert len(set(read_facts(facts_file(tmp_path, row, row)))) == 1
    other = row.replace("60000", "60001")
    assert [code for code, _ in problems_of(facts_file(tmp_path, row, other))] == [
        "deals.contradicting-facts"
    ]


def test_missing_and_unknown_columns_are_named(tmp_path: Path) -> None:
    path = facts_file(tmp_path, header="month,title_id,measure,quantity,colour\n")
    assert problems_of(path) == [
        ("documents.missing-column", 1),
        ("documents.unknown-column", 1),
    ]


def test_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_bytes("剧目".encode("gb18030"))
    assert problems_of(path) == [("documents.not-utf8", None)]
    assert problems_of(tmp_path / "none.csv") == [("documents.no-file", None)]


SEPTEMBER = Month(2026, 9)
LEGS = (Posting("expense:platform:aurora", -5, "CNY"), Posting("payable:studio:蓝溪", 5, "CNY"))
TRANSACTIONS = (
    Transaction("a" * 64, SEPTEMBER, SEPTEMBER, ClaimKey("d, 1", "hours", "101", "CNY"), LEGS),
    Transaction("b" * 64, Month(2026, 10), SEPTEMBER, ClaimKey("d", "hours", "", "CNY"), LEGS),
)


def test_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    stream = io.StringIO()
    write_ledger(TRANSACTIONS, stream=stream)
    (tmp_path / "ledger.csv").write_text(stream.getvalue(), "utf-8")
    assert read_ledger(tmp_path / "ledger.csv") == TRANSACTIONS


def test_ledger_of_which_a_row_is_lost_is_refused(tmp_path: Path) -> None:
    stream = io.StringIO()
    write_ledger(TRANSACTIONS, stream=stream)
    rows = stream.getvalue().splitlines()
    (tmp_path / "ledger.csv").write_text("\n".join(rows[:-1]), "utf-8")
    with pytest.raises(ProblemsFound) as refused:
        read_ledger(tmp_path / "ledger.csv")
    assert [own.code for own in refused.value.problems] == ["documents.unbalanced-transaction"]
