"""Awards to people up to a limit, and commissions on what a party has earned."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import Fact, Scope, entitle
from tests.support.obligations import (
    NEW_YEAR,
    a_commission,
    a_fee,
    an_award,
    awarded,
    bargain,
    earned,
    entitlement_of,
    hours,
)
from tests.support.terms import (
    OTHER_TITLE,
    TITLE,
    a_channel_fee,
    a_revenue_share,
    unlocked,
    watched,
)

FIRST, SECOND = date(2026, 9, 10), date(2026, 10, 3)
TITLES = (TITLE, OTHER_TITLE)


def director(day: date) -> Fact:
    """Return 600 yuan for the director."""
    return awarded("director", 60_000, day)


def screenwriter(day: date) -> Fact:
    """Return 600 yuan for the screenwriter."""
    return awarded("screenwriter", 60_000, day)


@pytest.mark.parametrize(
    ("facts", "first_minor", "second_minor"),
    [
        ([director(FIRST)], 0, 60_000),
        ([director(FIRST), screenwriter(SECOND)], 40_000, 60_000),
        ([director(SECOND), screenwriter(FIRST)], 60_000, 40_000),
        ([director(FIRST), screenwriter(FIRST)], 60_000, 40_000),
    ],
    ids=["within the limit", "director first", "screenwriter first", "on one day"],
)
def test_awards_stay_within_the_limit_and_the_earlier_is_paid_first(
    facts: list[Fact], first_minor: int, second_minor: int
) -> None:
    found = earned(bargain(an_award(1000)), facts)
    assert found.get(("awards", "screenwriter", TITLE), 0) == first_minor
    assert found.get(("awards", "director", TITLE), 0) == second_minor


def test_without_a_limit_every_award_is_paid() -> None:
    facts = [awarded("director", 60_000, FIRST), awarded("director", 90_000, SECOND)]
    assert earned(bargain(an_award()), facts) == {("awards", "director", TITLE): 150_000}


def test_limit_is_once_a_title_or_once_for_the_deal() -> None:
    facts = [
        awarded("director", 80_000, FIRST),
        awarded("director", 80_000, SECOND, title=OTHER_TITLE),
    ]
    assert earned(bargain(an_award(1000), titles=TITLES), facts) == {
        ("awards", "director", TITLE): 80_000,
        ("awards", "director", OTHER_TITLE): 80_000,
    }
    once = bargain(an_award(1000, scope=Scope.POOL), titles=TITLES)
    assert earned(once, facts) == {("awards", "director", ""): 100_000}


def test_proof_of_an_award_shows_what_the_limit_left() -> None:
    terms = bargain(an_award(1000))
    facts = [awarded("director", 60_000, FIRST), awarded("director", 60_000, SECOND)]
    own = [
        own
        for own in entitle(terms=terms, facts=facts, as_of=NEW_YEAR)
        if own.party.role == "director"
    ]
    lefts = [step.inputs["left_minor"] for step in own[0].proof.steps]
    assert (lefts, own[0].amount, own[0].quantity) == ([100_000, 40_000], 100_000, 120_000)


def test_agent_has_a_share_of_what_the_studio_earned_and_the_studio_owes_it() -> None:
    terms = bargain(hours(), a_commission("0.1"))
    assert earned(terms, [watched(500)]) == {
        ("hours", "studio", TITLE): 50_000,
        ("commission", "agent", TITLE): 5_000,
    }
    own = entitlement_of("commission", terms, [watched(500)])
    assert own.payer.role == "studio"
    assert own.proof.steps[0].result == 50_000


def test_commission_is_of_all_clauses_named_and_of_the_partys_part_only() -> None:
    share = a_revenue_share(a_channel_fee(web="0.2"))
    terms = bargain(share, a_fee(100), a_commission("0.1", of=("unlocks", "fee")))
    found = earned(terms, [unlocked(100_000)])
    assert found["unlocks", "studio", TITLE] == 40_000
    assert found["commission", "agent", TITLE] == Fraction(40_000 + 10_000, 10)


def test_commission_of_a_commission_takes_the_agents_part() -> None:
    second = a_commission("0.5", own_id="second", of=("commission",), earned_by="agent")
    found = earned(bargain(hours(), a_commission("0.1"), second), [watched(500)])
    assert found["second", "agent", TITLE] == 2_500


def test_commission_follows_refunds_and_titles_counted_together() -> None:
    refunded = bargain(a_revenue_share(a_channel_fee(web="0")), a_commission(of=("unlocks",)))
    assert earned(refunded, [unlocked(-2_000)])["commission", "agent", TITLE] == -100
    together = bargain(hours(Scope.POOL), a_commission("0.1"), titles=TITLES)
    facts = [watched(500), watched(300, title=OTHER_TITLE)]
    assert earned(together, facts) == {
        ("hours", "studio", ""): 80_000,
        ("commission", "agent", ""): 8_000,
    }


def test_commission_of_one_clause_by_title_and_one_for_all_is_for_all() -> None:
    clauses = (hours(Scope.POOL), a_fee(100), a_commission("0.1", of=("hours", "fee")))
    found = earned(bargain(*clauses, titles=TITLES), [watched(500)])
    assert found["commission", "agent", ""] == 5_000 + 2_000
