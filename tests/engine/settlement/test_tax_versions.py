"""Versions are added and never changed; which one holds is a matter of days."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from duanju.settlement import TaxBracket, TaxRule, check_tax_rules, effective_versions
from duanju.settlement import rules_in_force as in_force
from tests.support.taxes import AUTHOR, GENERAL

NEXT_YEAR = date(2027, 1, 1)
SECOND = replace(
    AUTHOR,
    version=2,
    starts_on=NEXT_YEAR,
    brackets=(TaxBracket(Fraction(0), Fraction("0.25")),),
)
CORRECTED = replace(AUTHOR, version=3, source="State Taxation Administration, corrected")


def test_a_version_holds_until_the_next_one_begins() -> None:
    known = [SECOND, AUTHOR, GENERAL]
    assert in_force(known, day=date(2026, 12, 31)) == (AUTHOR, GENERAL)
    assert in_force(known, day=NEXT_YEAR) == (SECOND, GENERAL)
    assert in_force(known, day=date(2018, 12, 31)) == ()


def test_it_is_as_it_was_written() -> None:
    (found,) = in_force([AUTHOR, SECOND], day=date(2026, 12, 31))
    assert found.digest == AUTHOR.digest


def test_of_two_that_begin_on_one_day_the_higher_number_holds() -> None:
    assert in_force([AUTHOR, SECOND, CORRECTED], day=date(2026, 1, 1)) == (CORRECTED,)
    assert in_force([AUTHOR, SECOND, CORRECTED], day=NEXT_YEAR) == (SECOND,)


def test_what_ended_does_not_come_back_to_what_was_before() -> None:
    short = replace(SECOND, ends_on=date(2028, 1, 1))
    assert in_force([AUTHOR, short], day=date(2028, 1, 1)) == ()


def test_versions_of_one_rule_do_not_clash() -> None:
    assert check_tax_rules([AUTHOR, SECOND, CORRECTED]) == ()
    other = replace(SECOND, id="cn-author-2")
    (problem,) = check_tax_rules([AUTHOR, SECOND, other])
    assert problem.code == "settlement.tax-clash"


def test_a_version_that_is_written_twice_is_refused() -> None:
    again = replace(AUTHOR, counted=Fraction(1))
    (problem,) = check_tax_rules([AUTHOR, again])
    assert (problem.code, problem.where.path) == ("settlement.tax-clash", "cn-author@1")


DAYS = st.dates(date(2020, 1, 1), date(2022, 12, 31))


@st.composite
def versions(draw: st.DrawFn) -> list[TaxRule]:
    found = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        starts_on = draw(DAYS)
        ends_on = draw(st.none() | DAYS)
        if ends_on is not None and ends_on <= starts_on:
            ends_on = None
        found.append(replace(AUTHOR, version=number, starts_on=starts_on, ends_on=ends_on))
    return draw(st.permutations(found))


@given(versions(), DAYS)
def test_both_ways_of_asking_agree(known: list[TaxRule], day: date) -> None:
    held = [own.version for own in in_force(known, day=day)]
    windows = [own.version for own in effective_versions(known) if own.holds_on(day)]
    assert held == windows
    assert len(held) <= 1
