"""Fees that fall due by milestones, and what is given back."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import Fact, Scope
from tests.support.obligations import (
    BY_MILESTONES,
    a_fee,
    bargain,
    earned,
    entitlement_of,
    of_clause,
    on_signing,
    reached,
)
from tests.support.terms import OTHER_TITLE, TITLE

SHOT = reached("shooting", date(2026, 9, 10))
RELEASED = reached("release", date(2026, 11, 5))
CANCELLED = reached("cancelled", date(2026, 10, 1))
LATER = date(2026, 12, 1)


def test_fee_without_instalments_falls_due_on_signing() -> None:
    terms = bargain(a_fee(1000))
    assert of_clause("fee", terms, [], date(2026, 9, 1)) == 0
    assert of_clause("fee", terms, [], date(2026, 9, 2)) == 100_000


@pytest.mark.parametrize(
    ("facts", "amount_minor"),
    [([], 0), ([SHOT], 60_000), ([RELEASED], 40_000), ([SHOT, RELEASED], 100_000)],
)
def test_commissioned_drama_is_paid_sixty_at_shooting_and_forty_at_release(
    facts: list[Fact], amount_minor: int
) -> None:
    assert of_clause("fee", bargain(a_fee(1000, *BY_MILESTONES)), facts) == amount_minor


def test_instalment_falls_due_on_its_own_day() -> None:
    terms = bargain(a_fee(1000, *BY_MILESTONES))
    assert of_clause("fee", terms, [SHOT], date(2026, 9, 10)) == 0
    assert of_clause("fee", terms, [SHOT], date(2026, 9, 11)) == 60_000


@pytest.mark.parametrize(
    ("facts", "amount_minor"),
    [
        ([CANCELLED], 0),
        ([SHOT, CANCELLED], 30_000),
        ([SHOT, CANCELLED, RELEASED], 30_000),
        ([SHOT, RELEASED, reached("cancelled", date(2026, 11, 5))], 50_000),
    ],
    ids=["nothing due", "one due", "no longer due afterwards", "due on the same day"],
)
def test_share_of_what_had_fallen_due_is_given_back(facts: list[Fact], amount_minor: int) -> None:
    fee = a_fee(1000, *BY_MILESTONES, given_back=("cancelled", "1/2"))
    assert of_clause("fee", bargain(fee), facts) == amount_minor


@pytest.mark.parametrize(
    ("facts", "amount_minor"),
    [
        ([CANCELLED, RELEASED], 40_000),
        ([SHOT, CANCELLED, RELEASED], 70_000),
    ],
    ids=["nothing due before", "the other due afterwards"],
)
def test_what_falls_due_after_a_clawback_is_paid_where_the_clause_says_so(
    facts: list[Fact], amount_minor: int
) -> None:
    fee = a_fee(1000, *BY_MILESTONES, given_back=("cancelled", "1/2", "later still due"))
    assert of_clause("fee", bargain(fee), facts) == amount_minor


def test_cancelled_title_ends_no_fee_of_another() -> None:
    fee = a_fee(1000, *BY_MILESTONES, given_back=("cancelled", "1"))
    facts = [CANCELLED, reached("release", date(2026, 11, 5), title=OTHER_TITLE), RELEASED]
    assert earned(bargain(fee, titles=(TITLE, OTHER_TITLE)), facts) == {
        ("fee", "studio", OTHER_TITLE): 40_000,
    }


def test_fee_is_paid_once_a_title_or_once_for_the_deal() -> None:
    titles = (TITLE, OTHER_TITLE)
    assert earned(bargain(a_fee(1000), titles=titles), []) == {
        ("fee", "studio", TITLE): 100_000,
        ("fee", "studio", OTHER_TITLE): 100_000,
    }
    once = bargain(a_fee(1000, scope=Scope.POOL), titles=titles)
    assert earned(once, []) == {("fee", "studio", ""): 100_000}


def test_milestone_of_the_deal_is_that_of_each_title() -> None:
    terms = bargain(a_fee(1000, *BY_MILESTONES), titles=(TITLE, OTHER_TITLE))
    assert earned(terms, [reached("shooting", title="")]) == {
        ("fee", "studio", TITLE): 60_000,
        ("fee", "studio", OTHER_TITLE): 60_000,
    }
    assert earned(terms, [SHOT]) == {("fee", "studio", TITLE): 60_000}


def test_proof_shows_each_instalment_and_what_is_given_back() -> None:
    fee = a_fee(1000, on_signing("2/5"), *BY_MILESTONES[:1], given_back=("cancelled", "1"))
    proof = entitlement_of("fee", bargain(fee), [SHOT, CANCELLED]).proof
    assert [step.code for step in proof.steps] == ["instalment", "instalment", "clawback"]
    assert proof.steps[1].inputs == {
        "milestone": "shooting",
        "reached_on": "2026-09-10",
        "amount_minor": Fraction(100_000),
        "share": Fraction(3, 5),
    }
    assert proof.steps[2].result == 100_000
