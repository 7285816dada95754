"""Coefficients, their product, and what becomes of it in mid-term."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import Chosen, Parameter, ParameterKind, Reading, Reset, StepDownReading
from duanju.kernel import Text
from tests.support.rates import (
    INCOME,
    MINUTES,
    SEARCH,
    a_coefficient,
    a_fact,
    a_rate,
    bands_of,
    earned_by,
    minutes,
    reached,
    settled_month_by_month,
)
from tests.support.terms import DECEMBER, NOVEMBER, OCTOBER, OTHER_TITLE, terms_of

NAMED = Text({"en": "Named"})
BY_SEARCH = a_coefficient(
    "search", "1", counted=SEARCH, bands=bands_of((1_000_000, "1.1"), (1_500_000, "1.2"))
)
EXCLUSIVE = a_coefficient("rights", "2", steps_down_to="1")


def earned(clause, *facts, **told):
    """Return yuan by New Year."""
    terms = terms_of(clause, **told)
    settled_month_by_month(terms, facts, DECEMBER)
    return earned_by(terms, facts)["rate"]


def test_product_multiplies_what_the_tiers_come_to() -> None:
    clause = a_rate(
        (0, "1"), (100, "2"), coefficients=(a_coefficient("a", "1.5"), a_coefficient("b", "1.2"))
    )
    # 100 + 50 x 2 = 200, times 1.8
    assert earned(clause, minutes(150)) == 360


def test_product_is_capped() -> None:
    factors = (a_coefficient("a", "4"), a_coefficient("b", "3"))
    assert earned(a_rate(coefficients=factors, cap="8"), minutes(10)) == 80
    assert earned(a_rate(coefficients=factors[:1], cap="8"), minutes(10)) == 40


def test_largest_product_of_the_published_coefficients_is_2_88() -> None:
    options = {"sole": NAMED, "guaranteed": NAMED, "shared": NAMED}
    rights = Parameter("rights", ParameterKind.CHOICE, NAMED, options)
    by_rights = {"sole": Fraction("2.4"), "guaranteed": Fraction(2), "shared": Fraction(1)}
    clause = a_rate(coefficients=(a_coefficient("rights", Chosen("rights", by_rights)), BY_SEARCH))
    facts = [minutes(100), a_fact("search_index", 1_500_001)]
    given = {"parameters": (rights,)}
    assert earned(clause, *facts, chosen={"rights": "sole"}, **given) == 288
    assert earned(clause, *facts, chosen={"rights": "guaranteed"}, **given) == 240
    assert earned(clause, *facts, chosen={"rights": "shared"}, **given) == 120


@pytest.mark.parametrize(
    ("index", "yuan"),
    [
        (0, 100),
        (1_000_000, 100),
        (1_000_001, 110),
        (1_500_000, 110),
        (1_500_001, 120),
    ],
)
def test_band_begins_above_its_threshold(index: int, yuan: int) -> None:
    facts = [minutes(100), a_fact("search_index", index)]
    assert earned(a_rate(coefficients=(BY_SEARCH,)), *facts) == yuan


def test_inclusive_band_begins_at_its_threshold() -> None:
    bands = bands_of((1_000_000, "1.1"), inclusive=True)
    factor = a_coefficient("search", "1", counted=SEARCH, bands=bands)
    facts = [minutes(100), a_fact("search_index", 1_000_000)]
    assert earned(a_rate(coefficients=(factor,)), *facts) == 110


def test_band_holds_from_the_month_that_reaches_it_and_leaves_earlier_months() -> None:
    facts = [minutes(100), minutes(100, OCTOBER), minutes(100, NOVEMBER)]
    index = [
        a_fact("search_index", 10),
        a_fact("search_index", 2_000_000, OCTOBER),
        a_fact("search_index", 5, NOVEMBER),
    ]
    # the highest level so far holds: 100 x 1 + 100 x 1.2 + 100 x 1.2
    assert earned(a_rate(coefficients=(BY_SEARCH,)), *facts, *index) == 340


def test_another_titles_index_is_no_title_of_this_one() -> None:
    facts = [minutes(100), a_fact("search_index", 2_000_000, title_id=OTHER_TITLE)]
    terms = terms_of(a_rate(coefficients=(BY_SEARCH,)), titles=("101", OTHER_TITLE))
    assert earned_by(terms, facts)["rate"] == 100


def test_band_can_count_what_the_rate_counts() -> None:
    own = a_coefficient("volume", "1", counted=MINUTES, bands=bands_of((150, "2")))
    # October brings the sum to 200, above 150
    assert earned(a_rate(coefficients=(own,)), minutes(100), minutes(100, OCTOBER)) == 300


FACTS = [
    minutes(100),
    minutes(60, OCTOBER),
    reached("exclusivity_ended", date(2026, 11, 1)),
    minutes(100, NOVEMBER),
]


def test_step_down_pays_each_months_part_of_each_tier_at_its_own_coefficient() -> None:
    clause = a_rate((0, "1"), (150, "3"), coefficients=(EXCLUSIVE,))
    # 100 x 1 x 2; then 50 x 1 x 2 + 10 x 3 x 2; then, at 1, 100 x 3
    assert earned(clause, *FACTS) == 200 + 160 + 300


def test_step_down_from_the_start_computes_all_anew() -> None:
    back = a_coefficient("rights", "2", steps_down_to="1", reading=StepDownReading.FROM_THE_START)
    clause = a_rate((0, "1"), (150, "3"), coefficients=(back,))
    # 150 x 1 + 110 x 3, all at 1
    assert earned(clause, *FACTS) == 150 + 330
    terms = terms_of(clause)
    assert earned_by(terms, FACTS, as_of=date(2026, 11, 1))["rate"] == 360


def test_step_down_with_the_whole_amount_reading_weighs_quantities() -> None:
    clause = a_rate((0, "1"), (150, "3"), coefficients=(EXCLUSIVE,), reading=Reading.WHOLE_AMOUNT)
    # all 260 at 3: 160 of them at 2, and 100 at 1
    assert earned(clause, *FACTS) == 160 * 3 * 2 + 100 * 3


def test_step_down_cuts_a_month_where_facts_are_daily() -> None:
    facts = [
        minutes(10, date(2026, 9, 14)),
        minutes(10, date(2026, 9, 15)),
        reached("exclusivity_ended", date(2026, 9, 15)),
    ]
    assert earned(a_rate(coefficients=(EXCLUSIVE,)), *facts) == 30


def test_stretch_that_began_before_the_step_down_is_paid_at_the_old_coefficient() -> None:
    facts = [minutes(10), reached("exclusivity_ended", date(2026, 9, 15)), minutes(10, OCTOBER)]
    assert earned(a_rate(coefficients=(EXCLUSIVE,)), *facts) == 30


def test_monthly_reset_and_coefficients_go_together() -> None:
    clause = a_rate((0, "1"), (50, "2"), coefficients=(EXCLUSIVE,), reset=Reset.MONTH)
    # September (50 + 100) x 2, October (50 + 20) x 2, November 50 + 100
    assert earned(clause, *FACTS) == 300 + 140 + 150


def test_refund_goes_back_from_the_tiers_that_it_had_reached() -> None:
    income = a_rate((0, "1"), (100, "2"), coefficients=(EXCLUSIVE,), counted=INCOME)
    facts = [a_fact("unlock_income", 15_000), a_fact("unlock_income", -7_000, OCTOBER)]
    # 100 + 50 x 2, then 70 back: 50 x 2 and 20 x 1, all at 2
    assert earned(income, *facts) == 2 * (200 - 120)
