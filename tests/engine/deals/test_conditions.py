"""What conditions hold back or lose, and clauses that stand in the place of others."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import (
    Condition,
    Fact,
    FromDay,
    Given,
    Held,
    MeasureReached,
    MilestoneReached,
    MinimumGuarantee,
    Parameter,
    ParameterIs,
    ParameterKind,
    Recouped,
    check_terms,
    entitle,
)
from duanju.kernel import Text
from tests.support.rates import (
    INCOME,
    MINUTES,
    NEW_YEAR,
    a_bonus,
    a_fact,
    a_rate,
    earned_by,
    minutes,
    reached,
    settled_month_by_month,
)
from tests.support.terms import DECEMBER, NOVEMBER, OCTOBER, OTHER_TITLE, TITLE, terms_of

NAMED = Text({"en": "Named"})
FACTS = [minutes(1), minutes(10, OCTOBER), minutes(100, NOVEMBER), minutes(1000, DECEMBER)]
RELEASED, LOST = Held.RELEASED, Held.LOST


def earned(condition: Condition, *more: Fact, as_of: date = NEW_YEAR) -> Fraction:
    """Return yuan of a rate of one a minute under a condition."""
    terms = terms_of(a_rate(when=(condition,)))
    facts = [*FACTS, *more]
    settled_month_by_month(terms, facts, DECEMBER)
    return earned_by(terms, facts, as_of=as_of)["rate"]


def test_what_is_held_back_is_released_once_the_milestone_is_reached() -> None:
    condition = MilestoneReached(milestone="release")
    release = reached("release", date(2026, 11, 10))
    assert earned(condition) == 0
    assert earned(condition, release, as_of=date(2026, 11, 1)) == 0
    assert earned(condition, release) == 1111


@pytest.mark.parametrize(
    ("day", "yuan"),
    [
        (date(2026, 8, 1), 1111),
        (date(2026, 9, 1), 1111),
        (date(2026, 9, 2), 1110),
        (date(2026, 10, 31), 1100),
        (date(2026, 11, 1), 1100),
        (date(2026, 11, 2), 1000),
    ],
)
def test_what_came_before_is_lost_by_whole_months(day: date, yuan: int) -> None:
    assert earned(FromDay(day=day, held=LOST)) == yuan
    milestone = MilestoneReached(milestone="release", held=LOST)
    assert earned(milestone, reached("release", day)) == yuan


def test_condition_from_a_day_holds_once_that_day_is_counted() -> None:
    condition = FromDay(day=date(2026, 11, 1))
    assert earned(condition, as_of=date(2026, 11, 1)) == 0
    assert earned(condition, as_of=date(2026, 11, 2)) == 11


def test_milestone_that_is_taken_back_to_not_reached_holds_nothing() -> None:
    never = a_fact("milestone", 0, date(2026, 10, 1), item="release")
    assert earned(MilestoneReached(milestone="release"), never) == 0


def test_condition_on_a_measure_holds_from_its_least_on() -> None:
    least = MeasureReached(counted=MINUTES, at_least=Fraction(111))
    more = MeasureReached(counted=MINUTES, at_least=Fraction(112))
    assert earned(least, as_of=date(2026, 12, 1)) == 111
    assert earned(more, as_of=date(2026, 12, 1)) == 0
    lost = MeasureReached(counted=MINUTES, at_least=Fraction(11), held=LOST)
    # eleven are reached by the end of October
    assert earned(lost) == 1100


def test_condition_on_an_income_is_told_in_major_units() -> None:
    condition = MeasureReached(counted=INCOME, at_least=Fraction(10))
    assert earned(condition, a_fact("unlock_income", 999)) == 0
    assert earned(condition, a_fact("unlock_income", 1000)) == 1111


def test_conditions_hold_by_title() -> None:
    terms = terms_of(
        a_rate(when=(MilestoneReached(milestone="release"),)), titles=(TITLE, OTHER_TITLE)
    )
    facts = [minutes(1), minutes(10, title_id=OTHER_TITLE)]
    own = reached("release", date(2026, 10, 1), title_id=OTHER_TITLE)
    of_the_deal = reached("release", date(2026, 10, 1), title_id="")
    assert earned_by(terms, [*facts, own])["rate"] == 10
    assert earned_by(terms, [*facts, of_the_deal])["rate"] == 11


def test_all_conditions_must_hold() -> None:
    both = (MilestoneReached(milestone="release"), FromDay(day=date(2026, 11, 1), held=LOST))
    terms = terms_of(a_rate(when=both))
    assert earned_by(terms, FACTS)["rate"] == 0
    assert earned_by(terms, [*FACTS, reached("release", date(2026, 12, 24))])["rate"] == 1100


def test_clause_that_the_deal_did_not_choose_is_not_there() -> None:
    options = {"sole": NAMED, "shared": NAMED}
    rights = Parameter("rights", ParameterKind.CHOICE, NAMED, options)
    sole = a_rate(own_id="sole", when=(ParameterIs(parameter="rights", options=("sole",)),))
    other = ParameterIs(parameter="rights", options=("shared",))
    bonus = a_bonus((0, "1"), counted=(INCOME,), own_id="shared")
    other = (ParameterIs(parameter="rights", options=("shared",)),)
    shared = replace(bonus, when=other, payee="agent", currency=Given("currency"))
    parameters = (rights,)
    terms = terms_of(sole, shared, parameters=parameters, chosen={"rights": "sole"})
    assert check_terms(terms) == ()
    (own,) = entitle(terms=terms, facts=FACTS, as_of=NEW_YEAR)
    assert (own.clause_id, own.amount) == ("sole", 111_100)
    undecided = terms_of(sole, shared, parameters=parameters)
    assert [found.code for found in check_terms(undecided)] == ["deals.missing-parameter"]


def test_bonus_waits_until_a_guarantee_is_recouped() -> None:
    paid_back = MinimumGuarantee(
        id="guarantee",
        title=NAMED,
        explanation=NAMED,
        amount=Fraction(50),
        currency="CNY",
        treatment="recoupable",
        against=("rate",),
    )
    bonus = a_rate(own_id="bonus", when=(Recouped(clause="guarantee"),), counted=MINUTES)
    terms = terms_of(a_rate(), paid_back, bonus)
    settled_month_by_month(terms, FACTS, DECEMBER)
    assert earned_by(terms, FACTS, as_of=date(2026, 11, 1))["bonus"] == 0
    assert earned_by(terms, FACTS, as_of=date(2026, 12, 1))["bonus"] == 111


def test_clause_takes_back_what_it_replaces_once_it_earns() -> None:
    base = a_rate(own_id="base")
    better = a_rate((0, "0"), (100, "5"), own_id="better", replaces=("base",))
    terms = terms_of(base, better)
    settled_month_by_month(terms, FACTS, DECEMBER)
    assert earned_by(terms, FACTS, as_of=date(2026, 11, 1)) == {"base": 11, "better": 0}
    # at 111: 11 x 5, less the 111 of the clause that it replaces
    assert earned_by(terms, FACTS, as_of=date(2026, 12, 1)) == {"base": 111, "better": 55 - 111}
