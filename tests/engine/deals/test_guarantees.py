"""Guarantees: on top, recouped from what is earned, or topped up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.deals import (
    Fact,
    Given,
    Instalment,
    MinimumGuarantee,
    Parameter,
    ParameterKind,
    Recouped,
    Scope,
    Terms,
    Treatment,
    entitle,
)
from duanju.kernel import Month
from tests.support.obligations import (
    BY_MILESTONES,
    NAMED,
    NEW_YEAR,
    a_fee,
    a_guarantee,
    bargain,
    earned,
    entitlement_of,
    hours,
    of_clause,
    reached,
)
from tests.support.terms import (
    AUTUMN,
    DECEMBER,
    OCTOBER,
    OTHER_TITLE,
    TITLE,
    a_channel_fee,
    a_revenue_share,
    terms_of,
    unlocked,
    watched,
)

TITLES = (TITLE, OTHER_TITLE)
A_YEAR = (Instalment(milestone="reckoning", share=Fraction(1)),)
RECKONED = reached("reckoning", date(2026, 10, 20))
SHOT = reached("shooting")
RELEASED = reached("release", date(2026, 10, 1))
minutes = st.integers(min_value=0, max_value=2500)


def guaranteed(guarantee: MinimumGuarantee, titles: tuple[str, ...] = (TITLE,)) -> Terms:
    """Return terms that pay a yuan a minute beside a guarantee."""
    return bargain(hours(), guarantee, titles=titles)


@pytest.mark.parametrize(
    ("treatment", "watched_minutes", "paid_minor"),
    [
        (Treatment.ON_TOP, 0, 100_000),
        (Treatment.ON_TOP, 700, 100_000),
        (Treatment.RECOUPABLE, 0, 100_000),
        (Treatment.RECOUPABLE, 700, 30_000),
        (Treatment.RECOUPABLE, 1000, 0),
        (Treatment.RECOUPABLE, 1700, 0),
    ],
)
def test_guarantee_stands_beside_earnings_or_is_kept_back_of_them(
    treatment: Treatment, watched_minutes: int, paid_minor: int
) -> None:
    terms = guaranteed(a_guarantee(1000, treatment=treatment))
    assert of_clause("guarantee", terms, [watched(watched_minutes)]) == paid_minor


def test_only_a_share_of_the_earnings_is_kept_back() -> None:
    terms = guaranteed(a_guarantee(1000, at="1/2"))
    assert earned(terms, [watched(700)]) == {
        ("hours", "studio", TITLE): 70_000,
        ("guarantee", "studio", TITLE): 65_000,
    }
    assert of_clause("guarantee", terms, [watched(2000)]) == 0


def test_no_more_is_kept_back_than_has_been_paid() -> None:
    terms = guaranteed(a_guarantee(1000, *BY_MILESTONES))
    shot = reached("shooting")
    assert earned(terms, [watched(800), shot]) == {("hours", "studio", TITLE): 80_000}
    released = reached("release", date(2026, 10, 1))
    assert of_clause("guarantee", terms, [watched(800), shot, released]) == 20_000


def test_guarantee_that_is_given_back_leaves_the_earnings() -> None:
    terms = guaranteed(a_guarantee(1000, given_back=("cancelled", "1")))
    assert of_clause("guarantee", terms, [watched(300)]) == 70_000
    assert earned(terms, [watched(300), reached("cancelled")]) == {
        ("hours", "studio", TITLE): 30_000
    }


def test_refunds_beyond_the_income_do_not_take_from_the_guarantee() -> None:
    share = a_revenue_share(a_channel_fee(web="0"))
    terms = bargain(share, a_guarantee(1000, against=("unlocks",)))
    found = earned(terms, [unlocked(-4000)])
    assert found["unlocks", "studio", TITLE] + found["guarantee", "studio", TITLE] == 100_000


def test_each_title_recoups_its_own_guarantee_unless_they_stand_together() -> None:
    facts = [watched(1500), watched(300, title=OTHER_TITLE)]
    apart = guaranteed(a_guarantee(1000), TITLES)
    assert earned(apart, facts) == {
        ("hours", "studio", TITLE): 150_000,
        ("hours", "studio", OTHER_TITLE): 30_000,
        ("guarantee", "studio", OTHER_TITLE): 70_000,
    }
    together = guaranteed(a_guarantee(1000, together=True), TITLES)
    assert earned(together, facts) == {
        ("hours", "studio", TITLE): 150_000,
        ("hours", "studio", OTHER_TITLE): 30_000,
        ("guarantee", "studio", TITLE): -50_000,
        ("guarantee", "studio", OTHER_TITLE): 70_000,
    }


def test_what_is_recouped_together_is_allocated_by_earnings_and_its_sum_is_kept() -> None:
    together = guaranteed(a_guarantee(1000, together=True), TITLES)
    facts = [watched(2000), watched(1000, title=OTHER_TITLE)]
    found = earned(together, facts)
    assert found["guarantee", "studio", TITLE] == 100_000 - Fraction(2, 3) * 200_000
    assert found["guarantee", "studio", OTHER_TITLE] == 100_000 - Fraction(1, 3) * 200_000
    assert of_clause("guarantee", together, facts) == 0
    assert of_clause("guarantee", together, []) == 200_000


def test_one_guarantee_for_the_whole_deal_is_recouped_from_all_titles() -> None:
    terms = guaranteed(a_guarantee(1000, scope=Scope.POOL), TITLES)
    facts = [watched(400), watched(300, title=OTHER_TITLE)]
    assert earned(terms, facts)["guarantee", "studio", ""] == 30_000


@pytest.mark.parametrize(
    ("facts", "topped_up_minor"),
    [
        ([watched(300)], 0),
        ([watched(300), RECKONED], 70_000),
        ([watched(300), watched(200, OCTOBER), RECKONED], 50_000),
        ([watched(300), watched(900, DECEMBER), RECKONED], 70_000),
        ([watched(1200), RECKONED], 0),
    ],
    ids=["not reckoned", "short", "by the end of the month", "later earnings are beside", "enough"],
)
def test_what_lacks_on_the_day_of_reckoning_is_topped_up(
    facts: list[Fact], topped_up_minor: int
) -> None:
    terms = guaranteed(a_guarantee(1000, *A_YEAR, treatment=Treatment.TOP_UP))
    assert of_clause("guarantee", terms, facts) == topped_up_minor


def test_last_milestone_is_the_day_of_reckoning() -> None:
    terms = guaranteed(a_guarantee(1000, *BY_MILESTONES, treatment=Treatment.TOP_UP))
    assert of_clause("guarantee", terms, [watched(300), SHOT]) == 0
    assert of_clause("guarantee", terms, [watched(300), RELEASED]) == 70_000


def test_what_was_topped_up_can_be_given_back() -> None:
    guarantee = a_guarantee(
        1000, *A_YEAR, treatment=Treatment.TOP_UP, given_back=("cancelled", "1/2")
    )
    facts = [watched(300), RECKONED, reached("cancelled", date(2026, 11, 1))]
    assert of_clause("guarantee", guaranteed(guarantee), facts) == 35_000


@pytest.mark.parametrize(
    ("later", "amount_minor"), [((), 0), (("later still due",), 70_000)], ids=["ended", "still due"]
)
def test_day_of_reckoning_after_a_clawback_reckons_nothing(
    later: tuple[str, ...], amount_minor: int
) -> None:
    guarantee = a_guarantee(
        1000, *A_YEAR, treatment=Treatment.TOP_UP, given_back=("cancelled", "1", *later)
    )
    facts = [watched(300), reached("cancelled"), RECKONED]
    assert of_clause("guarantee", guaranteed(guarantee), facts) == amount_minor


def test_guarantee_that_a_clawback_has_ended_can_be_recouped() -> None:
    """The second instalment never falls due, so what was kept of the first is all there is."""
    guarantee = a_guarantee(1000, *BY_MILESTONES, given_back=("cancelled", "1/2"))
    terms = bargain(hours(), guarantee, replace(a_fee(50), when=(Recouped(clause="guarantee"),)))
    shot, cancelled = reached("shooting"), reached("cancelled", date(2026, 10, 1))
    assert of_clause("fee", terms, [watched(300), shot]) == 0
    assert of_clause("fee", terms, [watched(299), shot, cancelled]) == 0
    assert of_clause("fee", terms, [watched(300), shot, cancelled]) == 5_000


def test_proof_shows_what_was_earned_and_what_is_kept_back() -> None:
    terms = guaranteed(a_guarantee(1000))
    proof = entitlement_of("guarantee", terms, [watched(700)]).proof
    assert (proof.code, [step.code for step in proof.steps]) == (
        "unrecouped",
        ["guarantee", "recouped"],
    )
    (kept,) = (step for step in proof.steps if step.code == "recouped")
    assert (kept.inputs["paid_minor"], kept.steps[0].result) == (100_000, 70_000)


@given(
    st.lists(minutes, min_size=4, max_size=4),
    st.sampled_from(["1", "1/2", "0.3"]),
    st.integers(min_value=0, max_value=2000),
)
def test_payee_has_the_guarantee_or_the_earnings_whichever_is_more(
    months: list[int], at: str, amount: int
) -> None:
    facts = [watched(own, month) for own, month in zip(months, AUTUMN, strict=True)]
    all_of_it = 100 * sum(months)
    whole = guaranteed(a_guarantee(amount))
    assert sum(earned(whole, facts).values()) == max(100 * amount, all_of_it)
    part = guaranteed(a_guarantee(amount, at=at))
    share = Fraction(at) * all_of_it
    assert sum(earned(part, facts).values()) == max(100 * amount, share) + all_of_it - share


@given(st.lists(minutes, min_size=4, max_size=4), st.integers(min_value=0, max_value=5000))
def test_top_up_and_earnings_come_to_the_guarantee_at_least(months: list[int], amount: int) -> None:
    facts = [watched(own, month) for own, month in zip(months, AUTUMN, strict=True)]
    terms = guaranteed(a_guarantee(amount, *A_YEAR, treatment=Treatment.TOP_UP))
    assert sum(earned(terms, [*facts, RECKONED]).values()) >= 100 * amount


@given(
    st.dictionaries(st.sampled_from([(t, m) for t in TITLES for m in AUTUMN]), minutes),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_order_and_repetition_of_facts_change_nothing(
    told: Mapping[tuple[str, Month], int], together: bool, random: Random
) -> None:
    facts = [watched(own, month, title=title) for (title, month), own in told.items()]
    terms = guaranteed(a_guarantee(1000, together=together), TITLES)
    shuffled = [*facts, *facts]
    random.shuffle(shuffled)
    first = entitle(terms=terms, facts=facts, as_of=NEW_YEAR)
    assert entitle(terms=terms, facts=shuffled, as_of=NEW_YEAR) == first


@pytest.mark.parametrize(
    ("facts", "paid_minor"),
    [
        ([watched(2000), SHOT], 0),
        ([watched(2000), SHOT, RELEASED], 5_000),
        ([watched(999), SHOT, RELEASED], 0),
        ([watched(1000), SHOT, RELEASED], 5_000),
    ],
    ids=["not all is paid", "all is kept back", "a yuan is lacking", "to the fen"],
)
def test_clause_can_wait_until_the_guarantee_is_recouped(
    facts: list[Fact], paid_minor: int
) -> None:
    waiting = replace(a_fee(50), when=(Recouped(clause="guarantee"),))
    terms = bargain(hours(), a_guarantee(1000, *BY_MILESTONES), waiting)
    assert of_clause("fee", terms, facts) == paid_minor


def test_titles_that_stand_together_are_recouped_together() -> None:
    waiting = replace(a_fee(50), when=(Recouped(clause="guarantee"),))
    facts = [watched(1500), watched(300, title=OTHER_TITLE)]
    apart = bargain(hours(), a_guarantee(1000), waiting, titles=TITLES)
    assert of_clause("fee", apart, facts) == 5_000
    together = bargain(hours(), a_guarantee(1000, together=True), waiting, titles=TITLES)
    assert of_clause("fee", together, facts) == 0
    more = [*facts, watched(200, OCTOBER)]
    assert of_clause("fee", together, more) == 10_000


def test_how_a_guarantee_is_treated_can_be_chosen() -> None:
    words = {own.value: NAMED for own in Treatment}
    parameter = Parameter("treatment", ParameterKind.CHOICE, NAMED, words)
    guarantee = a_guarantee(1000, *A_YEAR, treatment=Given("treatment"))
    facts = [watched(300), watched(600, DECEMBER), RECKONED]
    paid = {
        treatment: of_clause(
            "guarantee",
            terms_of(
                hours(), guarantee, parameters=(parameter,), chosen={"treatment": treatment.value}
            ),
            facts,
        )
        for treatment in Treatment
    }
    assert paid == {
        Treatment.ON_TOP: 100_000,
        Treatment.RECOUPABLE: 10_000,
        Treatment.TOP_UP: 70_000,
    }
