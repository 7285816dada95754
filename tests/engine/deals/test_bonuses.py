"""Tiered bonuses and bonus bands, below, at and above each threshold."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from duanju.deals import Counted, Fact, Reading, Reset, Scope
from duanju.deals.clauses import Clause
from duanju.kernel import Month
from tests.support.rates import (
    HEAT,
    INCOME,
    MINUTES,
    PLAYS,
    SEARCH,
    a_bonus,
    a_fact,
    a_rate,
    earned_by,
    minutes,
    settled_month_by_month,
    some_bands,
)
from tests.support.terms import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    OTHER_TITLE,
    SEPTEMBER,
    TITLE,
    a_revenue_share,
    terms_of,
)

ADVERTS = Counted(measure="advert_income")


def earned(*clauses: Clause, facts: list[Fact], **told: object) -> Fraction:
    """Return yuan of the last clause by New Year."""
    terms = terms_of(*clauses, **told)  # type: ignore[arg-type]
    settled_month_by_month(terms, facts, DECEMBER)
    return earned_by(terms, facts)[clauses[-1].id]


def income(yuan: int, month: Month = SEPTEMBER, **told: object) -> Fact:
    """Return unlock income in whole yuan."""
    return a_fact("unlock_income", yuan * 100, month, **told)


PURE_SHARE = a_bonus((0, "0"), (1_000_000, "0.15"), counted=(INCOME,))


@pytest.mark.parametrize(
    ("yuan", "bonus", "whole_amount"),
    [
        (999_999, 0, 0),
        (1_000_000, 0, 0),
        (1_000_100, 15, 150_015),
        (3_000_000, 300_000, 450_000),
    ],
)
def test_bonus_of_fifteen_percent_above_a_million(yuan: int, bonus: int, whole_amount: int) -> None:
    assert earned(PURE_SHARE, facts=[income(yuan)]) == bonus
    whole = a_bonus((0, "0"), (1_000_000, "0.15"), counted=(INCOME,), reading=Reading.WHOLE_AMOUNT)
    assert earned(whole, facts=[income(yuan)]) == whole_amount


def test_bonus_is_of_what_clauses_before_have_earned() -> None:
    bonus = a_bonus((0, "0.1"), (100, "0.2"), of=("rate",))
    # the rate earns 150: 100 x 10% + 50 x 20%
    assert earned(a_rate(), bonus, facts=[minutes(150)]) == 20


def test_bonus_is_of_one_partys_part_of_a_distribution() -> None:
    bonus = a_bonus((0, "0.1"), of=("unlocks",))
    # half of 200 after a fee of nothing
    assert earned(a_revenue_share(), bonus, facts=[income(200, channel="web")]) == 10


def test_incomes_are_added_up() -> None:
    bonus = a_bonus((0, "0"), (100, "0.5"), counted=(INCOME, ADVERTS))
    facts = [income(80), a_fact("advert_income", 4_000)]
    assert earned(bonus, facts=facts) == 10


@pytest.mark.parametrize(
    ("hours", "marginal", "whole_amount"),
    [(8, 0, 0), (10, 20, 100), (20, Fraction(60), 100), (40, 130, 200)],
)
def test_tiers_by_another_measure_divide_the_amount_as_they_divide_it(
    hours: int, marginal: int, whole_amount: int
) -> None:
    tiers = ((0, "0"), (8, "0.1"), (20, "0.2"))
    facts = [minutes(hours), income(1000)]
    # at 10, two of ten parts lie in the second tier: 1000 x 2/10 x 10%
    # at 40, twelve of forty lie in the second and twenty in the third
    divided = a_bonus(*tiers, counted=(INCOME,), by=MINUTES)
    assert earned(divided, facts=facts) == marginal
    whole = a_bonus(*tiers, counted=(INCOME,), by=MINUTES, reading=Reading.WHOLE_AMOUNT)
    assert earned(whole, facts=facts) == whole_amount


def test_amount_without_any_of_the_measure_is_paid_at_the_first_tier() -> None:
    bonus = a_bonus((0, "0.1"), (8, "0.5"), counted=(INCOME,), by=MINUTES)
    assert earned(bonus, facts=[income(100)]) == 10


def test_titles_count_together_in_a_pool() -> None:
    facts = [income(60), income(60, title_id=OTHER_TITLE)]
    tiers = ((0, "0"), (100, "1"))
    titles = (TITLE, OTHER_TITLE)
    alone = a_bonus(*tiers, counted=(INCOME,))
    together = a_bonus(*tiers, counted=(INCOME,), scope=Scope.POOL)
    assert earned(alone, facts=facts, titles=titles) == 0
    assert earned(together, facts=facts, titles=titles) == 20


def test_counting_begins_again_every_month() -> None:
    facts = [income(150), income(80, OCTOBER), income(120, NOVEMBER), minutes(1)]
    tiers = ((0, "0"), (100, "1"))
    monthly = a_bonus(*tiers, counted=(INCOME,), reset=Reset.MONTH)
    assert earned(monthly, facts=facts) == 50 + 20
    yearly = a_bonus(*tiers, counted=(INCOME,), reset=Reset.YEAR)
    assert earned(yearly, facts=facts) == 250


def test_bonus_of_clauses_begins_again_every_month() -> None:
    bonus = a_bonus((0, "0"), (100, "1"), of=("rate",), reset=Reset.MONTH)
    facts = [minutes(150), minutes(80, OCTOBER), minutes(120, NOVEMBER)]
    assert earned(a_rate(), bonus, facts=facts) == 70


def test_monthly_tiers_by_a_measure_count_both_by_month() -> None:
    bonus = a_bonus((0, "0"), (10, "1"), counted=(INCOME,), by=MINUTES, reset=Reset.MONTH)
    facts = [income(100), minutes(20), income(100, OCTOBER), minutes(10, OCTOBER)]
    assert earned(bonus, facts=facts) == 50


@pytest.mark.parametrize("of", [(), ("rate",)])
def test_monthly_tiers_by_a_level_read_each_months_own(of: tuple[str, ...]) -> None:
    counted = () if of else (INCOME,)
    bonus = a_bonus(
        (0, "0"),
        (80, "1"),
        of=of,
        counted=counted,
        by=SEARCH,
        reset=Reset.MONTH,
        reading=Reading.WHOLE_AMOUNT,
    )
    facts = [
        *(income(100, month) for month in (SEPTEMBER, OCTOBER)),
        *(minutes(100, month) for month in (SEPTEMBER, OCTOBER)),
        a_fact("search_index", 50),
        a_fact("search_index", 70, OCTOBER, channel="app"),
        a_fact("search_index", 90, OCTOBER),
    ]
    assert earned(a_rate(), bonus, facts=facts) == 100
    yearly = replace(bonus, reset=Reset.YEAR)
    assert earned(a_rate(), yearly, facts=facts) == 200


@pytest.mark.parametrize(
    ("plays", "highest", "each"),
    [(99, 0, 0), (100, 0, 0), (101, 10, 10), (200, 10, 10), (201, 50, 60)],
)
def test_highest_band_is_paid_or_each(plays: int, highest: int, each: int) -> None:
    bands = ((100, 10), (200, 50))
    facts = [a_fact("plays", plays)]
    assert earned(some_bands(*bands, counted=PLAYS), facts=facts) == highest
    assert earned(some_bands(*bands, counted=PLAYS, reading="each"), facts=facts) == each


def test_band_that_is_inclusive_is_reached_at_its_threshold() -> None:
    bands = some_bands((100, 10), counted=PLAYS, inclusive=True)
    assert earned(bands, facts=[a_fact("plays", 100)]) == 10


def test_bands_are_paid_once_a_title_or_once_a_month() -> None:
    facts = [a_fact("plays", 150), a_fact("plays", 150, OCTOBER), a_fact("plays", 50, NOVEMBER)]
    bands = ((100, 10), (300, 50))
    assert earned(some_bands(*bands, counted=PLAYS), facts=facts) == 50
    monthly = some_bands(*bands, counted=PLAYS, reset=Reset.MONTH)
    assert earned(monthly, facts=facts) == 20
    yearly = some_bands(*bands, counted=PLAYS, reset=Reset.YEAR)
    assert earned(yearly, facts=facts) == 50


def days_of_plays(first: date, *plays: int, title: str = TITLE) -> list[Fact]:
    """Return plays of days one after the other."""
    return [
        a_fact("plays", own, first + timedelta(number), title_id=title)
        for number, own in enumerate(plays)
    ]


@pytest.mark.parametrize(
    ("plays", "yuan"),
    [
        ((700,), 0),  # 700 / 7 is 100, and not above it
        ((707,), 10),
        ((101,) * 7, 10),
        ((400, 0, 0, 0, 0, 0, 0, 400), 0),  # never within seven days
        ((350, 0, 0, 0, 0, 0, 357), 10),
    ],
)
def test_heat_is_the_highest_average_of_seven_days(plays: tuple[int, ...], yuan: int) -> None:
    facts = days_of_plays(date(2026, 9, 10), *plays)
    assert earned(some_bands((100, 10)), facts=facts) == yuan


def test_heat_of_a_month_looks_back_into_the_month_before() -> None:
    monthly = some_bands((100, 10), reset=Reset.MONTH)
    facts = days_of_plays(date(2026, 9, 30), 1400)
    # the week up to 6 October still holds 30 September
    assert earned(monthly, facts=facts) == 20
    later = days_of_plays(date(2026, 9, 24), 1400)
    assert earned(monthly, facts=later) == 10


def test_level_of_several_titles_is_the_highest_of_theirs() -> None:
    facts = [
        *days_of_plays(date(2026, 9, 1), 600),
        *days_of_plays(date(2026, 9, 1), 600, title=OTHER_TITLE),
    ]
    pool = some_bands((100, 10), scope=Scope.POOL)
    titles = (TITLE, OTHER_TITLE)
    assert earned(pool, facts=facts, titles=titles) == 0
    hotter = [*facts, *days_of_plays(date(2026, 9, 2), 200)]
    assert earned(pool, facts=hotter, titles=titles) == 10


def test_levels_do_not_add_up() -> None:
    facts = [a_fact("search_index", 80), a_fact("search_index", 90, OCTOBER)]
    assert earned(some_bands((100, 10), counted=SEARCH), facts=facts) == 0
    assert earned(some_bands((85, 10), counted=SEARCH), facts=facts) == 10
    monthly = some_bands((75, 10), counted=SEARCH, reset=Reset.MONTH)
    assert earned(monthly, facts=facts) == 20


def test_highest_level_of_a_deal_year_stays_when_a_later_month_is_lower() -> None:
    facts = [a_fact("search_index", 90), a_fact("search_index", 10, OCTOBER)]
    assert earned(some_bands((50, 10), counted=SEARCH, reset=Reset.YEAR), facts=facts) == 10


def test_fraudulent_plays_cool_down() -> None:
    day = date(2026, 9, 10)
    facts = [a_fact("plays", 1400, day), a_fact("plays", 800, day, is_fraud=True)]
    assert earned(some_bands((100, 10)), facts=facts) == 0
    assert earned(some_bands((80, 10)), facts=facts) == 10
    assert earned(some_bands((100, 10), counted=HEAT), facts=facts[:1]) == 10
