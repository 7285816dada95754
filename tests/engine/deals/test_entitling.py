"""Entitlements are cumulative, and care for nothing but the facts."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.deals import (
    Chosen,
    Counted,
    Fact,
    Given,
    Parameter,
    ParameterKind,
    Stretch,
    Tier,
    TieredRate,
    entitle,
    entitle_by_month,
)
from duanju.kernel import Month, ProblemsFound, Text
from tests.support.terms import (
    AUTUMN,
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    OTHER_TITLE,
    SEPTEMBER,
    TITLE,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
    unlocked,
    watched,
)

HOURLY = a_tiered_rate((0, "1"), (100, "2"))
MID_SEPTEMBER = date(2026, 9, 16)


def test_facts_that_end_after_the_day_are_not_known_yet() -> None:
    facts = [watched(60), watched(60, OCTOBER)]
    (own,) = entitle(terms=terms_of(HOURLY), facts=facts, as_of=date(2026, 10, 31))
    assert own.amount == 100


def test_facts_before_the_deal_begins_do_not_count() -> None:
    terms = terms_of(HOURLY, starts_on=date(2026, 10, 1))
    (own,) = entitle(terms=terms, facts=[watched(60), watched(6, OCTOBER)], as_of=date(2027, 1, 1))
    assert own.amount == 10


def test_facts_from_the_day_the_deal_ends_do_not_count() -> None:
    terms = terms_of(HOURLY, ends_on=MID_SEPTEMBER)
    first, second = (
        Stretch(date(2026, 9, 1), MID_SEPTEMBER),
        Stretch(MID_SEPTEMBER, date(2026, 10, 1)),
    )
    facts = [watched(60, first), watched(60, second), watched(60, OCTOBER)]
    (own,) = entitle(terms=terms, facts=facts, as_of=date(2027, 1, 1))
    assert own.amount == 100


def test_fact_over_the_day_the_deal_ends_is_refused() -> None:
    terms = terms_of(HOURLY, ends_on=MID_SEPTEMBER)
    with pytest.raises(ProblemsFound) as refused:
        entitle(terms=terms, facts=[watched(60)], as_of=date(2027, 1, 1))
    assert [problem.code for problem in refused.value.problems] == ["deals.fact-straddles-the-deal"]


def test_facts_of_other_titles_do_not_count() -> None:
    (own,) = entitle(
        terms=terms_of(HOURLY), facts=[watched(60, title=OTHER_TITLE)], as_of=date(2027, 1, 1)
    )
    assert own.amount == 0


def test_rate_and_reading_hang_on_what_the_deal_chose() -> None:
    named = Text({"en": "Named"})
    rights = Parameter("rights", ParameterKind.CHOICE, named, {"a": named, "b": named})
    reading = Parameter(
        "reading",
        ParameterKind.CHOICE,
        named,
        {"marginal": named, "whole_amount": named},
        "marginal",
    )
    rates = Chosen("rights", {"a": Fraction(1), "b": Fraction(2)})
    twice = Chosen("rights", {"a": Fraction(2), "b": Fraction(4)})
    clause = TieredRate(
        id="hours",
        title=named,
        explanation=named,
        counted=Counted(measure="effective_minutes"),
        per=Fraction(60),
        currency="CNY",
        tiers=(Tier(Fraction(0), False, rates), Tier(Fraction(60), False, twice)),
        reading=Given("reading"),
    )

    def earned(**chosen: str) -> Fraction:
        terms = terms_of(clause, parameters=(rights, reading), chosen=chosen)
        (own,) = entitle(terms=terms, facts=[watched(120)], as_of=date(2027, 1, 1))
        return own.amount

    assert earned(rights="a") == 300
    assert earned(rights="b") == 600
    assert earned(rights="b", reading="whole_amount") == 800


stretches = st.sampled_from([Stretch.of_month(month) for month in AUTUMN])
facts_lists = st.lists(
    st.builds(
        lambda stretch, title, channel, amount, is_time: (
            watched(amount, stretch, title=title, channel=channel)
            if is_time
            else unlocked(amount, stretch, title=title, channel=channel)
        ),
        stretches,
        st.sampled_from([TITLE, OTHER_TITLE, "103"]),
        st.sampled_from(["web", "wechat_ios"]),
        st.integers(min_value=0, max_value=10**7),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda fact: (fact.subject, fact.stretch),
)
BOTH = terms_of(a_tiered_rate(), a_revenue_share(), titles=(TITLE, OTHER_TITLE))


@given(facts_lists.flatmap(lambda facts: st.tuples(st.just(facts), st.permutations(facts))))
def test_order_and_copies_of_facts_change_nothing(
    given_twice: tuple[list[Fact], list[Fact]],
) -> None:
    facts, shuffled = given_twice
    as_of = date(2027, 1, 1)
    once = entitle(terms=BOTH, facts=facts, as_of=as_of)
    assert once == entitle(terms=BOTH, facts=[*shuffled, *facts, *facts[:3]], as_of=as_of)


@given(facts_lists)
def test_months_in_one_pass_say_what_each_day_says(facts: list[Fact]) -> None:
    by_month = entitle_by_month(terms=BOTH, facts=facts, months=AUTUMN)
    ends = {
        SEPTEMBER: date(2026, 10, 1),
        OCTOBER: date(2026, 11, 1),
        NOVEMBER: date(2026, 12, 1),
        DECEMBER: date(2027, 1, 1),
    }
    for month, as_of in ends.items():
        assert by_month[month] == entitle(terms=BOTH, facts=facts, as_of=as_of)


def test_stretch_never_reaches_over_the_end_of_a_month() -> None:
    with pytest.raises(ValueError, match="not within one month"):
        Stretch(date(2026, 9, 30), date(2026, 10, 2))
    with pytest.raises(ValueError, match="holds no day"):
        Stretch(date(2026, 9, 30), date(2026, 9, 30))
    assert Stretch.of_month(Month(2026, 12)).ends_on == date(2027, 1, 1)
