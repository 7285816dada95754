"""What rows add up to, and what a new version of a report says otherwise."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from duanju.adapters.reports import ReportRow, compare_reports, facts_of_rows, read_report
from duanju.deals import Fact, Stretch, Unit
from duanju.kernel import Month
from tests.support.reports import NETWORK, ROWS, TOTAL, a_csv

SEPTEMBER = Stretch.of_month(Month(2026, 9))


def a_day(number: int) -> Stretch:
    """Return a day of September."""
    return Stretch(date(2026, 9, number), date(2026, 9, number + 1))


def a_row(amount_minor: int = 100, **changes: object) -> ReportRow:
    """Return a row of adverts on the first of September, but for what is given."""
    row = ReportRow("0" * 64, 2, "x", "advert_income", "101", a_day(1), amount_minor, "CNY")
    return replace(row, **changes)  # type: ignore[arg-type]


def test_rows_add_up_to_facts_to_the_fen(tmp_path: Path) -> None:
    facts = facts_of_rows(read_report(a_csv(tmp_path), NETWORK).rows)
    assert facts == (
        Fact("advert_income", "101", a_day(1), 10_010, Unit.MINOR, "CNY", "android"),
        Fact("advert_income", "101", a_day(2), -316, Unit.MINOR, "CNY", "android"),
        Fact("advert_income", "101", a_day(2), 1, Unit.MINOR, "CNY", "ios"),
        Fact("advert_income", "102", a_day(1), 120_005, Unit.MINOR, "CNY", "android"),
    )


def test_rows_of_several_sources_about_the_same_are_one_fact() -> None:
    (fact,) = facts_of_rows([a_row(100), a_row(23, file_sha256="1" * 64)])
    assert fact.quantity == 123


def test_month_beside_days_becomes_one_month() -> None:
    rows = [a_row(1), a_row(2, stretch=a_day(2)), a_row(4, stretch=SEPTEMBER)]
    (fact,) = facts_of_rows(rows)
    assert (fact.stretch, fact.quantity) == (SEPTEMBER, 7)
    apart = [*rows, a_row(8, channel="web")]
    assert [(own.channel, own.quantity) for own in facts_of_rows(apart)] == [("", 7), ("web", 8)]


def test_sums_beyond_64_bits_are_exact() -> None:
    (fact,) = facts_of_rows([a_row(2**63 - 1)] * 3)
    assert fact.quantity == 3 * (2**63 - 1)


def test_new_version_is_told_row_by_row(tmp_path: Path) -> None:
    old = read_report(a_csv(tmp_path), NETWORK).rows
    rows = (ROWS[2], "2026-09-01,A1,android,100.11", ROWS[1], "2026-09-05,A2,ios,7.00")
    new = read_report(a_csv(tmp_path, rows, name="again.csv"), NETWORK).rows
    difference = compare_reports(old=old, new=new)
    assert [(own.stretch, own.amount_minor) for own in difference.added] == [(a_day(5), 700)]
    assert [(own.number, own.amount_minor) for own in difference.removed] == [(5, -316)]
    assert [(a.amount_minor, b.amount_minor, b.number) for a, b in difference.changed] == [
        (10_010, 10_011, 3)
    ]
    assert difference.minor_by_currency == {"CNY": 700 + 316 + 1}


def test_other_order_is_no_difference(tmp_path: Path) -> None:
    old = read_report(a_csv(tmp_path), NETWORK)
    new = read_report(a_csv(tmp_path, (*ROWS[::-1], TOTAL), name="again.csv"), NETWORK)
    assert old.sha256 != new.sha256
    assert compare_reports(old=old.rows, new=new.rows).is_empty


MANY = st.lists(
    st.builds(
        a_row,
        st.integers(-5, 5),
        title_id=st.sampled_from(["101", "102"]),
        stretch=st.sampled_from([a_day(1), a_day(2), SEPTEMBER]),
        channel=st.sampled_from(["", "web"]),
        number=st.integers(2, 50),
    ),
    max_size=12,
)


@given(MANY)
def test_facts_conserve_every_fen_in_any_order(rows: list[ReportRow]) -> None:
    facts = facts_of_rows(rows)
    assert sum(own.quantity for own in facts) == sum(own.amount_minor for own in rows)
    assert facts_of_rows(rows[::-1]) == facts
    assert len({(own.subject, own.stretch) for own in facts}) == len(facts)


@given(MANY, MANY)
def test_difference_accounts_for_every_row(old: list[ReportRow], new: list[ReportRow]) -> None:
    difference = compare_reports(old=old, new=new)
    moved = sum(own.amount_minor for own in new) - sum(own.amount_minor for own in old)
    assert sum(difference.minor_by_currency.values()) == moved
    assert len(new) - len(old) == len(difference.added) - len(difference.removed)
    assert compare_reports(old=new, new=new).is_empty
    back = compare_reports(old=new, new=old)
    assert sorted(back.minor_by_currency.values()) == sorted(
        -own for own in difference.minor_by_currency.values()
    )
