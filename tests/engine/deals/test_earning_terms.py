"""For how long a clause earns, and what lengthens it."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import Fact, Reset, Stretch, TermMeasured, TieredRate, check_facts, cuts_of
from duanju.kernel import Month
from tests.support.rates import (
    INCOME,
    MINUTES,
    a_coefficient,
    a_fact,
    a_rate,
    a_term,
    earned_by,
    minutes,
    settled_month_by_month,
)
from tests.support.terms import terms_of

YEARS_LATER = date(2031, 1, 1)
FIRST_YEAR, SECOND_YEAR, THIRD_YEAR, FOURTH_YEAR = (Month(2026 + own, 10) for own in range(4))


def earned(clause: TieredRate, *facts: Fact) -> Fraction:
    """Return yuan in the end; every month on the way says the same at once and month by month."""
    terms = terms_of(clause)
    settled_month_by_month(terms, facts, Month(2029, 12))
    return earned_by(terms, facts, as_of=YEARS_LATER)["rate"]


def test_facts_from_the_end_of_the_term_on_are_not_counted() -> None:
    clause = a_rate(term=a_term(12))
    last, first_after = date(2027, 8, 31), date(2027, 9, 1)
    assert earned(clause, minutes(5), minutes(10, last), minutes(20, first_after)) == 15


# One year; two years if the first brings more than 10, three if it brings more than 20.
LENGTHENED = a_term(12, (10, 24), (20, 36), counted=MINUTES)


@pytest.mark.parametrize(
    ("first", "months"),
    [(9, 12), (10, 12), (11, 24), (20, 24), (21, 36)],
)
def test_term_is_lengthened_by_the_result_of_the_first(first: int, months: int) -> None:
    facts = [
        minutes(first, FIRST_YEAR),
        minutes(100, SECOND_YEAR),
        minutes(1000, THIRD_YEAR),
        minutes(10_000, FOURTH_YEAR),
    ]
    counted = {12: first, 24: first + 100, 36: first + 1100}
    assert earned(a_rate(term=LENGTHENED), *facts) == counted[months]


def test_term_measured_while_it_runs_is_lengthened_again() -> None:
    running = a_term(12, (10, 24), (20, 36), counted=MINUTES, measured=TermMeasured.WHILE_RUNNING)
    facts = [
        minutes(11, FIRST_YEAR),
        minutes(10, SECOND_YEAR),
        minutes(100, THIRD_YEAR),
        minutes(1000, FOURTH_YEAR),
    ]
    # 11 lengthen it to two years, 21 to three; the fourth is not counted
    assert earned(a_rate(term=running), *facts) == 121
    assert earned(a_rate(term=LENGTHENED), *facts) == 21


def test_result_of_a_later_year_never_revives_a_term_that_ended() -> None:
    running = a_term(12, (10, 24), counted=MINUTES, measured=TermMeasured.WHILE_RUNNING)
    assert earned(a_rate(term=running), minutes(5, FIRST_YEAR), minutes(50, SECOND_YEAR)) == 5


def test_result_of_money_is_told_in_major_units() -> None:
    term = a_term(12, (10, 24), counted=INCOME)
    facts = [
        a_fact("unlock_income", 1_001, FIRST_YEAR),
        minutes(7, SECOND_YEAR),
    ]
    assert earned(a_rate(term=term), *facts) == 7
    assert earned(a_rate(term=term), a_fact("unlock_income", 1_000, FIRST_YEAR), facts[1]) == 0


def test_fact_over_the_end_of_a_term_is_a_problem() -> None:
    terms = terms_of(a_rate(term=a_term(6)), starts_on=date(2026, 8, 31))
    assert cuts_of(terms) == (date(2026, 8, 31), date(2027, 3, 1))
    mid = terms_of(a_rate(term=LENGTHENED), starts_on=date(2026, 9, 15))
    assert cuts_of(mid) == tuple(date(2026 + own, 9, 15) for own in range(4))
    over = minutes(1, Stretch(date(2027, 9, 1), date(2027, 10, 1)))
    (problem,) = check_facts(terms=mid, facts=[over])
    assert problem.code == "deals.fact-straddles-a-term"
    assert problem.params["day"] == "2027-09-15"


def test_years_of_the_deal_are_counted_from_its_first_day() -> None:
    clause = a_rate((0, "1"), (10, "2"), reset=Reset.YEAR)
    terms = terms_of(clause, starts_on=date(2026, 9, 15))
    facts = [
        minutes(10, date(2026, 9, 15)),
        minutes(10, date(2027, 9, 14)),
        minutes(10, date(2027, 9, 15)),
    ]
    # first year 10 + 10 x 2, second year 10
    settled_month_by_month(terms, facts, Month(2027, 12))
    assert earned_by(terms, facts, as_of=YEARS_LATER)["rate"] == 40
    assert date(2027, 9, 15) in cuts_of(terms)


def test_year_counts_anew_with_coefficients_too() -> None:
    factor = a_coefficient("a", "3")
    clause = a_rate((0, "1"), (10, "2"), reset=Reset.YEAR, coefficients=(factor,))
    facts = [minutes(20, FIRST_YEAR), minutes(5, SECOND_YEAR)]
    assert earned(clause, *facts) == 3 * (30 + 5)
