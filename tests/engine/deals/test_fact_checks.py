"""Facts that the terms would silently count as nothing, or twice, are problems."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import (
    Award,
    Clause,
    Counted,
    Fact,
    Fraud,
    MilestoneReached,
    PoolShare,
    Scope,
    Stretch,
    check_facts,
    entitle,
)
from duanju.kernel import ProblemsFound
from tests.support.rates import (
    HEAT,
    INCOME,
    NAMED,
    NEW_YEAR,
    a_fact,
    a_rate,
    earned_by,
    minutes,
    reached,
    some_bands,
)
from tests.support.terms import OCTOBER, OTHER_TITLE, SEPTEMBER, TITLE, terms_of

LONG_PLAYS = Counted(measure="plays", over_seconds=Fraction(30))
BY_PLAYS = a_rate(counted=LONG_PLAYS)
BY_INCOME = a_rate(counted=INCOME)
HOT = some_bands((100, 10), counted=HEAT)
ON_RELEASE = a_rate(when=(MilestoneReached(milestone="release"),))
AWARDED = Award(
    id="award",
    title=NAMED,
    explanation=NAMED,
    receivers=("studio",),
    currency="CNY",
    scope=Scope.POOL,
)
POOLED = PoolShare(
    id="pool",
    title=NAMED,
    explanation=NAMED,
    pool=Counted(measure="member_pool"),
    own=Counted(measure="effective_minutes"),
    all=Counted(measure="all_effective_minutes"),
    currency="CNY",
)
SEPTEMBER_10 = date(2026, 9, 10)
OCTOBER_10 = date(2026, 10, 10)


@pytest.mark.parametrize(
    ("clause", "facts", "codes"),
    [
        (BY_PLAYS, [a_fact("plays", 5, over_seconds=30)], []),
        (
            BY_PLAYS,
            [a_fact("plays", 5, over_seconds=30), a_fact("plays", 9)],
            [],
        ),
        (BY_PLAYS, [a_fact("plays", 9)], ["deals.plays-over-other-seconds"]),
        (
            BY_PLAYS,
            [a_fact("plays", 5, over_seconds=30), a_fact("plays", 9, OCTOBER)],
            ["deals.plays-over-other-seconds"],
        ),
        (HOT, [a_fact("plays", 9, SEPTEMBER_10)], []),
        (HOT, [a_fact("plays", 9)], ["deals.heat-needs-days"]),
        (BY_INCOME, [a_fact("unlock_income", 1, currency="USD")], ["deals.other-currency"]),
        (BY_INCOME, [a_fact("unlock_income", 0, currency="USD")], []),
        (BY_INCOME, [a_fact("advert_income", 1, currency="USD")], []),
        (BY_INCOME, [a_fact("unlock_income", 1, title_id="")], ["deals.fact-without-title"]),
        (AWARDED, [a_fact("award", 1, item="studio")], []),
        (AWARDED, [a_fact("award", 1, item="director")], ["deals.fact-of-no-role"]),
        (AWARDED, [a_fact("award", 0, item="director")], []),
        (AWARDED, [a_fact("award", 1)], ["deals.fact-without-item"]),
        (AWARDED, [a_fact("award", 1, item="studio", currency="USD")], ["deals.other-currency"]),
        (ON_RELEASE, [reached("release", SEPTEMBER_10)], []),
        (ON_RELEASE, [reached("release", date(2025, 1, 1))], []),
        (ON_RELEASE, [reached("release", SEPTEMBER_10, title_id="")], []),
        (ON_RELEASE, [reached("", SEPTEMBER_10)], ["deals.fact-without-item"]),
        (
            ON_RELEASE,
            [a_fact("milestone", 1, SEPTEMBER, item="release")],
            ["deals.milestone-without-a-day"],
        ),
        (
            ON_RELEASE,
            [a_fact("milestone", 2, SEPTEMBER_10, item="release")],
            ["deals.milestone-not-yes-or-no"],
        ),
        (POOLED, [a_fact("member_pool", 1, title_id="")], []),
        (POOLED, [a_fact("member_pool", 1)], ["deals.fact-of-no-title"]),
        (
            POOLED,
            [a_fact("member_pool", 1, title_id=""), a_fact("member_pool", 2, title_id="")],
            ["deals.contradicting-facts"],
        ),
        (a_rate(), [minutes(5), minutes(5, is_fraud=True)], []),
        (a_rate(), [minutes(5), minutes(6, is_fraud=True)], ["deals.more-fraud-than-fact"]),
        (a_rate(), [minutes(5, is_fraud=True)], ["deals.more-fraud-than-fact"]),
        (a_rate(), [minutes(5, territory="CN"), minutes(5, territory="SG")], []),
        (
            a_rate(),
            [minutes(9), minutes(5, territory="CN")],
            ["deals.total-beside-its-parts"],
        ),
        (
            a_rate(),
            [minutes(9, territory="CN"), minutes(5, SEPTEMBER_10, territory="CN", channel="web")],
            ["deals.total-beside-its-parts"],
        ),
        (
            a_rate(),
            [minutes(9, channel="web"), minutes(5, territory="CN")],
            ["deals.total-beside-its-parts"],
        ),
        (a_rate(), [minutes(9), minutes(5, OCTOBER, territory="CN")], []),
        (a_rate(), [minutes(0), minutes(5, territory="CN")], []),
        (
            a_rate(counted=Counted(measure="effective_minutes", territories=("CN",))),
            [minutes(9), minutes(5, territory="CN")],
            [],
        ),
        (
            ON_RELEASE,
            [reached("release", SEPTEMBER_10), a_fact("milestone", 0, OCTOBER_10, item="release")],
            ["deals.milestone-told-otherwise"],
        ),
        (
            ON_RELEASE,
            [a_fact("milestone", 0, SEPTEMBER_10, item="release"), reached("release", OCTOBER_10)],
            [],
        ),
        (
            ON_RELEASE,
            [reached("other", SEPTEMBER_10), a_fact("milestone", 0, OCTOBER_10, item="other")],
            [],
        ),
        (
            a_rate(),
            [minutes(5), minutes(7, SEPTEMBER_10)],
            ["deals.contradicting-facts"],
        ),
        (
            a_rate(),
            [minutes(5), minutes(5, OCTOBER), minutes(7, date(2026, 10, 10))],
            ["deals.contradicting-facts"],
        ),
    ],
)
def test_fact_that_would_count_as_nothing_is_a_problem(
    clause: Clause, facts: list[Fact], codes: list[str]
) -> None:
    terms = terms_of(clause)
    assert [problem.code for problem in check_facts(terms=terms, facts=facts)] == codes
    if codes:
        with pytest.raises(ProblemsFound):
            entitle(terms=terms, facts=facts, as_of=NEW_YEAR)


def test_income_that_a_filter_keeps_out_may_be_in_any_currency() -> None:
    at_home = Counted(measure="unlock_income", territories=("CN",))
    abroad = a_fact("unlock_income", 1, territory="SG", currency="USD")
    assert check_facts(terms=terms_of(a_rate(counted=at_home)), facts=[abroad]) == ()


@pytest.mark.parametrize(
    ("told", "filters"),
    [
        ({"channel": "web"}, {"channels": ("web", "app")}),
        ({"territory": "SG"}, {"territories": ("SG",)}),
        ({"medium": "vertical"}, {"media": ("vertical",)}),
        ({"window": "premiere"}, {"windows": ("premiere",)}),
    ],
)
def test_filter_lets_only_its_own_through(
    told: dict[str, str], filters: dict[str, tuple[str, ...]]
) -> None:
    counted = Counted(measure="effective_minutes", **filters)  # type: ignore[arg-type]
    other = {name: f"other-{value}" for name, value in told.items()}
    facts = [minutes(1, **told), minutes(10, **other)]
    only_own = terms_of(a_rate(counted=counted))
    assert earned_by(only_own, [*facts, minutes(100)])["rate"] == 1
    assert earned_by(terms_of(a_rate()), facts)["rate"] == 11


def test_plays_are_counted_from_the_seconds_that_the_terms_say() -> None:
    facts = [a_fact("plays", 5, over_seconds=30), a_fact("plays", 9)]
    assert earned_by(terms_of(BY_PLAYS), facts)["rate"] == 5


@pytest.mark.parametrize(
    ("fraud", "yuan"), [(Fraud.TAKEN_BACK, 7), (Fraud.COUNTED, 10), (Fraud.ONLY, 3)]
)
def test_fraud_is_taken_back_counted_or_punished(fraud: Fraud, yuan: int) -> None:
    facts = [minutes(10), minutes(3, is_fraud=True)]
    counted = Counted(measure="effective_minutes", fraud=fraud)
    assert earned_by(terms_of(a_rate(counted=counted)), facts)["rate"] == yuan


def test_fraud_that_is_found_later_takes_back_what_was_paid() -> None:
    terms = terms_of(a_rate((0, "1"), (5, "2")))
    known = [minutes(10), minutes(10, OCTOBER)]
    assert earned_by(terms, known)["rate"] == 35
    assert earned_by(terms, [*known, minutes(10, is_fraud=True)])["rate"] == 15


def test_fraud_of_a_level_is_off_that_level_only() -> None:
    bands = some_bands((50, 10), counted=Counted(measure="search_index"))
    facts = [a_fact("search_index", 90), a_fact("search_index", 60, OCTOBER)]
    fraud = a_fact("search_index", 80, is_fraud=True)
    assert earned_by(terms_of(bands), [*facts, fraud])["bands"] == 10
    assert earned_by(terms_of(bands), [facts[0], fraud])["bands"] == 0


def test_milestone_of_all_titles_is_reached_with_the_last() -> None:
    pool = a_rate(scope=Scope.POOL, when=(MilestoneReached(milestone="release"),))
    terms = terms_of(pool, titles=(TITLE, OTHER_TITLE))
    first = reached("release", SEPTEMBER_10)
    second = reached("release", date(2026, 10, 10), title_id=OTHER_TITLE)
    assert earned_by(terms, [minutes(1), first])["rate"] == 0
    assert earned_by(terms, [minutes(1), first, second])["rate"] == 1


def test_day_of_a_month_and_the_rest_of_it_do_not_contradict() -> None:
    parts = [
        minutes(1, SEPTEMBER_10),
        minutes(2, Stretch(date(2026, 9, 11), date(2026, 10, 1))),
    ]
    assert check_facts(terms=terms_of(a_rate()), facts=parts) == ()
