"""What lies above a limit goes back, and what is held is released."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.deals import Fact, Reset, Scope, entitle, entitle_by_month, measures_behind
from duanju.kernel import Month, ProblemsFound
from tests.support.obligations import (
    NEW_YEAR,
    a_cap,
    a_commission,
    a_fee,
    a_reserve,
    bargain,
    earned,
    entitlement_of,
    hours,
    of_clause,
)
from tests.support.proofs import recompute
from tests.support.terms import (
    AUTUMN,
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    OTHER_TITLE,
    TITLE,
    a_channel_fee,
    a_revenue_share,
    unlocked,
    watched,
)

TITLES = (TITLE, OTHER_TITLE)
JANUARY = Month(2027, 1)
minutes = st.lists(st.integers(0, 900), min_size=4, max_size=4)


@pytest.mark.parametrize(
    ("watched_minutes", "taken_minor"), [(999, 0), (1000, 0), (1001, -100), (1500, -50_000)]
)
def test_what_lies_above_the_limit_goes_back(watched_minutes: int, taken_minor: int) -> None:
    terms = bargain(hours(), a_cap(1000))
    assert of_clause("cap", terms, [watched(watched_minutes)]) == taken_minor


def test_limit_is_over_all_clauses_named() -> None:
    terms = bargain(hours(), a_fee(400), a_cap(1000, of=("hours", "fee")))
    assert of_clause("cap", terms, [watched(700)]) == -10_000


def test_limit_is_once_a_title_or_once_for_the_deal() -> None:
    facts = [watched(800), watched(700, title=OTHER_TITLE)]
    each = bargain(hours(), a_cap(750, scope=Scope.TITLE), titles=TITLES)
    assert earned(each, facts)["cap", "studio", TITLE] == -5_000
    assert ("cap", "studio", OTHER_TITLE) not in earned(each, facts)
    once = bargain(hours(), a_cap(750), titles=TITLES)
    assert earned(once, facts)["cap", "studio", ""] == -75_000


def test_limit_a_month_does_not_look_at_other_months() -> None:
    facts = [watched(500), watched(1500, OCTOBER), watched(1200, NOVEMBER)]
    terms = bargain(hours(), a_cap(1000, reset=Reset.MONTH))
    own = entitlement_of("cap", terms, facts)
    assert [(step.inputs["period"], step.result) for step in own.proof.steps] == [
        ("2026-09", 0),
        ("2026-10", -50_000),
        ("2026-11", -20_000),
    ]
    assert own.amount == -70_000
    assert {step.code for step in own.proof.steps} == {"capped_period"}


def test_limit_a_year_begins_again_with_each_year_of_the_deal() -> None:
    # The deal began in September: January is of its first year, the next September of its second.
    second = Month(2027, 9)
    facts = [watched(800), watched(700, JANUARY), watched(900, second)]
    terms = bargain(hours(), a_cap(1000, reset=Reset.YEAR))
    assert of_clause("cap", terms, facts, date(2027, 2, 1)) == -50_000
    assert of_clause("cap", terms, facts, date(2027, 10, 1)) == -50_000


def test_refund_makes_room_under_the_limit_again() -> None:
    terms = bargain(a_revenue_share(a_channel_fee(web="0")), a_cap(10, of=("unlocks",)))
    assert of_clause("cap", terms, [unlocked(4_000)]) == -1_000
    assert of_clause("cap", terms, [unlocked(4_000), unlocked(-3_000, OCTOBER)]) == 0


def test_limit_over_all_deals_of_a_partner_is_borne_by_what_each_has_earned() -> None:
    facts = [watched(900), watched(300, title=OTHER_TITLE)]
    cap = a_cap(1000, scope=Scope.STUDIO)
    own, other = (bargain(hours(), cap, titles=(title,)) for title in TITLES)
    assert of_clause("cap", own, facts) == -15_000
    assert of_clause("cap", other, facts) == -5_000
    assert of_clause("cap", own, [watched(900)]) == 0
    assert of_clause("cap", own, [watched(1100)]) == -10_000


def test_monthly_limit_over_all_deals_of_a_partner_is_borne_month_by_month() -> None:
    facts = [
        watched(900), watched(300, title=OTHER_TITLE),
        watched(100, OCTOBER), watched(1100, OCTOBER, title=OTHER_TITLE),
    ]  # fmt: skip
    cap = a_cap(1000, scope=Scope.STUDIO, reset=Reset.MONTH)
    own, other = (bargain(hours(), cap, titles=(title,)) for title in TITLES)
    assert of_clause("cap", own, facts) == -15_000 - Fraction(20_000 * 100, 1200)
    assert of_clause("cap", other, facts) == -5_000 - Fraction(20_000 * 1100, 1200)


def test_other_deals_of_a_partner_count_on_their_own_days() -> None:
    cap = a_cap(1000, scope=Scope.STUDIO)
    late = replace(bargain(hours(), cap), starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 1))
    facts = [watched(900), watched(900, OCTOBER), watched(900, title=OTHER_TITLE)]
    assert of_clause("cap", late, facts) == -40_000
    assert of_clause("hours", late, facts) == 90_000


def test_fact_of_another_deal_that_cannot_be_settled_is_a_problem() -> None:
    cap = a_cap(10, of=("unlocks",), scope=Scope.STUDIO)
    terms = bargain(a_revenue_share(a_channel_fee(web="0")), cap)
    foreign = unlocked(100, title=OTHER_TITLE, channel="google_play")
    with pytest.raises(ProblemsFound) as raised:
        entitle(terms=terms, facts=[unlocked(100), foreign], as_of=NEW_YEAR)
    (problem,) = raised.value.problems
    assert (problem.code, problem.params["title"]) == (
        "deals.channel-without-rate",
        OTHER_TITLE,
    )


def test_limit_over_a_partner_needs_the_measures_of_all_clauses_behind_it() -> None:
    commission = a_commission("0.1")
    cap = replace(a_cap(1, of=("commission",), scope=Scope.STUDIO), payee="agent", payer="studio")
    clauses = (hours(), a_revenue_share(), commission, cap)
    assert measures_behind(cap, clauses) == {"effective_minutes", "milestone"}


def test_proof_of_a_cap_shows_the_earnings_and_the_limit() -> None:
    proof = entitlement_of("cap", bargain(hours(), a_cap(1000)), [watched(1500)]).proof
    assert proof.code == "cap"
    assert proof.inputs["limit_minor"] == 100_000
    assert proof.steps[0].result == 150_000


def test_part_is_held_for_its_months_and_then_released() -> None:
    terms = bargain(hours(), a_reserve("0.2", 2))
    facts = [watched(500), watched(300, OCTOBER)]
    months = [*AUTUMN, JANUARY]
    by_month = entitle_by_month(terms=terms, facts=facts, months=months)
    held = {
        month: sum((own.amount for own in found if own.clause_id == "reserve"), Fraction(0))
        for month, found in by_month.items()
    }
    assert list(held.values()) == [-10_000, -16_000, -6_000, 0, 0]


def test_nothing_is_held_of_refunds() -> None:
    share = a_revenue_share(a_channel_fee(web="0"))
    terms = bargain(share, a_reserve("0.2", 2, of=("unlocks",)))
    assert of_clause("reserve", terms, [unlocked(-4_000)], date(2026, 10, 1)) == 0
    facts = [unlocked(4_000), unlocked(-3_000, OCTOBER)]
    assert of_clause("reserve", terms, facts, date(2026, 11, 1)) == -100


def _facts(months: Sequence[int]) -> list[Fact]:
    return [watched(own, month) for own, month in zip(months, AUTUMN, strict=True)]


@given(minutes, st.integers(0, 2000), st.sampled_from(list(Reset)))
def test_earnings_are_within_the_limit_at_the_end_of_every_month(
    months: list[int], limit: int, reset: Reset
) -> None:
    terms = bargain(hours(), a_cap(limit, reset=reset))
    by_month = entitle_by_month(terms=terms, facts=_facts(months), months=AUTUMN)
    before = Fraction(0)
    for found in by_month.values():
        sum_now = sum((own.amount for own in found), Fraction(0))
        period = sum_now - before if reset is Reset.MONTH else sum_now
        assert 0 <= period <= 100 * limit
        assert all(recompute(own.proof) == own.amount for own in found)
        before = sum_now


@given(minutes, st.sampled_from(["0", "0.2", "1"]), st.integers(1, 3))
def test_reserve_never_pays_and_releases_everything_in_the_end(
    months: list[int], rate: str, held: int
) -> None:
    terms = bargain(hours(), a_reserve(rate, held))
    for day in (date(2026, 10, 1), date(2026, 11, 1), NEW_YEAR):
        assert of_clause("reserve", terms, _facts(months), day) <= 0
    assert of_clause("reserve", terms, _facts(months), date(2027, 4, 1)) == 0


@given(minutes, st.sampled_from(list(Reset)), st.integers(1, 3), st.randoms(use_true_random=False))
def test_monthly_equals_at_once_in_any_order(
    months: list[int], reset: Reset, held: int, random: Random
) -> None:
    terms = bargain(hours(), a_cap(500, reset=reset), a_reserve("0.2", held))
    facts = _facts(months)
    by_month = entitle_by_month(terms=terms, facts=facts, months=AUTUMN)
    shuffled = [*facts, *facts]
    random.shuffle(shuffled)
    assert by_month[DECEMBER] == entitle(terms=terms, facts=shuffled, as_of=NEW_YEAR)
