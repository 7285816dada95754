"""A fact that no clause counts is told, with its reason and the word that it may have meant."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.deals import (
    Counted,
    Fact,
    MilestoneReached,
    UncountedReason,
    entitle,
    find_uncounted,
)
from tests.support.rates import INCOME, NEW_YEAR, a_fact, a_rate, minutes, reached
from tests.support.terms import OCTOBER, TITLE, terms_of

AT_HOME = Counted(measure="effective_minutes", territories=("CN",), channels=("web", "app"))
RATE = a_rate(counted=AT_HOME, when=(MilestoneReached(milestone="release"),))
TERMS = terms_of(RATE, ends_on=date(2026, 11, 1))
GOOD = minutes(5, territory="CN", channel="web")


@pytest.mark.parametrize(
    ("fact", "reason", "word", "resembling"),
    [
        (minutes(5, title_id="1O1"), "title", "1O1", TITLE),
        (a_fact("unlock_income", 5), "measure", "unlock_income", ""),
        (reached("relaese", date(2026, 9, 10)), "item", "relaese", "release"),
        (minutes(5, territory="CN", channel="webb"), "channel", "webb", "web"),
        (minutes(5, territory="cn", channel="web"), "territory", "cn", "CN"),
        (minutes(5, territory="china", channel="web"), "territory", "china", ""),
        (minutes(5, date(2026, 11, 2), territory="CN", channel="web"), "days", "", ""),
    ],
)
def test_fact_that_no_clause_counts_is_named(
    fact: Fact, reason: str, word: str, resembling: str
) -> None:
    (found,) = find_uncounted(terms=[TERMS], facts=[GOOD, fact], as_of=NEW_YEAR)
    assert (found.reason, found.first, found.count) == (UncountedReason(reason), fact, 1)
    assert (found.word, found.resembling) == (word, resembling)


def test_month_that_is_not_over_is_named() -> None:
    (found,) = find_uncounted(terms=[TERMS], facts=[GOOD], as_of=date(2026, 9, 20))
    assert found.reason is UncountedReason.UNFINISHED
    assert find_uncounted(terms=[TERMS], facts=[GOOD], as_of=date(2026, 9, 1)) == ()


def test_facts_alike_are_one_group_and_those_of_nothing_are_none() -> None:
    facts = [a_fact("unlock_income", 5), a_fact("unlock_income", 6, OCTOBER)]
    (found,) = find_uncounted(terms=[TERMS], facts=[*facts, *facts], as_of=NEW_YEAR)
    assert (found.count, found.first) == (2, facts[0])
    assert find_uncounted(terms=[TERMS], facts=[a_fact("tax", 0)], as_of=NEW_YEAR) == ()


def test_fact_that_one_of_several_terms_counts_is_counted() -> None:
    both = [TERMS, terms_of(a_rate(counted=INCOME))]
    assert find_uncounted(terms=both, facts=[a_fact("unlock_income", 5)], as_of=NEW_YEAR) == ()


@given(
    st.lists(
        st.builds(
            lambda quantity, territory, channel, title: minutes(
                quantity, territory=territory, channel=channel, title_id=title
            ),
            st.integers(0, 100),
            st.sampled_from(["CN", "SG", "cn"]),
            st.sampled_from(["web", "app", "webb"]),
            st.sampled_from([TITLE, "other"]),
        ),
        unique_by=lambda own: own.subject,
    )
)
def test_uncounted_facts_change_nothing(facts: list[Fact]) -> None:
    told = [*facts, reached("release", date(2026, 9, 10))]
    found = find_uncounted(terms=[TERMS], facts=told, as_of=NEW_YEAR)
    left = [own for own in told if own.subject not in {group.first.subject for group in found}]
    assert entitle(terms=TERMS, facts=told, as_of=NEW_YEAR) == entitle(
        terms=TERMS, facts=left, as_of=NEW_YEAR
    )
