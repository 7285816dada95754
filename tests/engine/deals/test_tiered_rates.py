"""A tiered rate, below, at and above its thresholds, in both readings."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.deals import Fact, Reading, Reset, Scope, Terms, entitle
from tests.support.proofs import recompute
from tests.support.terms import (
    NOVEMBER,
    OCTOBER,
    OTHER_TITLE,
    STUDIO,
    TITLE,
    a_tiered_rate,
    terms_of,
    watched,
)

NEW_YEAR = date(2027, 1, 1)


def earned(terms: Terms, *facts: Fact) -> Fraction:
    """Return what the studio has earned by New Year."""
    return sum(
        (own.amount for own in entitle(terms=terms, facts=facts, as_of=NEW_YEAR)), Fraction(0)
    )


@pytest.mark.parametrize(
    ("minutes", "marginal_fen", "whole_amount_fen"),
    [
        (0, 0, 0),
        (60, 150, 150),
        (999_960, 2_499_900, 2_499_900),
        (1_000_000, 2_500_000, 2_500_000),
        (1_000_060, 2_500_300, 5_000_300),
        (2_500_000, 10_000_000, 12_500_000),
    ],
)
def test_rate_rises_beyond_the_threshold(
    minutes: int, marginal_fen: int, whole_amount_fen: int
) -> None:
    marginal = terms_of(a_tiered_rate(reading=Reading.MARGINAL))
    whole_amount = terms_of(a_tiered_rate(reading=Reading.WHOLE_AMOUNT))
    assert earned(marginal, watched(minutes)) == marginal_fen
    assert earned(whole_amount, watched(minutes)) == whole_amount_fen


@pytest.mark.parametrize(
    ("rates", "marginal_yuan", "whole_amount_yuan"),
    [
        (("1.5", "3"), 100_000, 125_000),
        (("1", "2"), Fraction(200_000, 3), Fraction(250_000, 3)),
        (("0.3", "0.6"), 20_000, 25_000),
    ],
)
def test_two_and_a_half_million_minutes_earn_what_was_published(
    rates: tuple[str, str], marginal_yuan: Fraction, whole_amount_yuan: Fraction
) -> None:
    tiers = (0, rates[0]), (1_000_000, rates[1])
    facts = watched(2_500_000)
    assert earned(terms_of(a_tiered_rate(*tiers)), facts) == marginal_yuan * 100
    whole = terms_of(a_tiered_rate(*tiers, reading=Reading.WHOLE_AMOUNT))
    assert earned(whole, facts) == whole_amount_yuan * 100


def test_threshold_that_is_inclusive_takes_its_own_minute_up() -> None:
    terms = terms_of(a_tiered_rate(reading=Reading.WHOLE_AMOUNT, inclusive=True))
    assert earned(terms, watched(1_000_000)) == 5_000_000


def test_thresholds_are_crossed_between_two_milliseconds() -> None:
    terms = terms_of(a_tiered_rate((0, "1"), (1, "2")))
    assert earned(terms, watched(Fraction(60_001, 60_000))) == (
        Fraction(100, 60) + Fraction(1, 60_000) / 60 * 200
    )


def test_each_title_climbs_the_tiers_by_itself() -> None:
    terms = terms_of(a_tiered_rate((0, "1"), (60, "2")), titles=(TITLE, OTHER_TITLE))
    assert earned(terms, watched(60), watched(60, title=OTHER_TITLE)) == 200


def test_pool_climbs_the_tiers_together() -> None:
    terms = terms_of(
        a_tiered_rate((0, "1"), (60, "2"), scope=Scope.POOL), titles=(TITLE, OTHER_TITLE)
    )
    (pooled,) = entitle(
        terms=terms, facts=[watched(60), watched(60, title=OTHER_TITLE)], as_of=NEW_YEAR
    )
    assert pooled.amount == 300
    assert pooled.title_id == ""


def test_studio_counts_titles_of_other_deals_and_is_paid_for_its_own() -> None:
    terms = terms_of(a_tiered_rate((0, "1"), (60, "2"), scope=Scope.STUDIO))
    others = watched(180, title=OTHER_TITLE)
    assert earned(terms, watched(60), others) == Fraction(100 + 3 * 200, 4)


def test_studio_without_any_viewing_has_earned_nothing() -> None:
    assert earned(terms_of(a_tiered_rate(scope=Scope.STUDIO))) == 0


def test_title_that_nobody_watched_shows_the_tier_it_stands_in() -> None:
    (own,) = entitle(terms=terms_of(a_tiered_rate()), facts=[], as_of=NEW_YEAR)
    assert [(step.code, step.result) for step in own.proof.steps] == [("measured", 0), ("tier", 0)]


def test_title_at_the_threshold_has_not_entered_the_tier_above() -> None:
    terms = terms_of(a_tiered_rate((0, "1"), (60, "2")))
    (own,) = entitle(terms=terms, facts=[watched(60)], as_of=NEW_YEAR)
    assert [step.code for step in own.proof.steps] == ["measured", "tier"]


def test_tiers_that_reset_begin_anew_each_month() -> None:
    terms = terms_of(a_tiered_rate((0, "1"), (60, "2"), reset=Reset.MONTH))
    assert earned(terms, watched(90), watched(90, OCTOBER)) == 2 * (100 + 100)


def test_channels_are_counted_together() -> None:
    terms = terms_of(a_tiered_rate((0, "1"), (60, "2")))
    assert earned(terms, watched(60, channel="web"), watched(60, channel="app_store")) == 300


def test_payee_payer_and_measure_are_named() -> None:
    (own,) = entitle(terms=terms_of(a_tiered_rate()), facts=[watched(60)], as_of=NEW_YEAR)
    assert (own.party, own.payer.id, own.clause_id, own.title_id, own.currency, own.quantity) == (
        STUDIO,
        "aurora",
        "hours",
        TITLE,
        "CNY",
        3_600_000,
    )


minutes = st.integers(min_value=0, max_value=3_000_000)
rates = st.lists(
    st.tuples(
        st.integers(min_value=1, max_value=2_000_000),
        st.decimals(min_value=0, max_value=9, places=2).map(str),
    ),
    max_size=4,
    unique_by=lambda tier: tier[0],
).map(lambda tiers: [(0, "0.7"), *sorted(tiers)])


@given(rates, st.sampled_from(Reading), st.sampled_from(Scope), st.sampled_from(Reset), minutes)
def test_every_step_of_a_proof_recomputes(
    tiers: list[tuple[int, str]], reading: Reading, scope: Scope, reset: Reset, watched_minutes: int
) -> None:
    terms = terms_of(a_tiered_rate(*tiers, reading=reading, scope=scope, reset=reset))
    facts = [watched(watched_minutes), watched(7, OCTOBER), watched(11, title=OTHER_TITLE)]
    (own,) = entitle(terms=terms, facts=facts, as_of=NEW_YEAR)
    assert recompute(own.proof) == own.amount


@given(minutes, minutes, st.sampled_from(Reading))
def test_more_viewing_never_lowers_what_rising_rates_earn(
    first: int, more: int, reading: Reading
) -> None:
    terms = terms_of(a_tiered_rate(reading=reading))
    assert earned(terms, watched(first)) <= earned(terms, watched(first + more))


@given(minutes, minutes, minutes)
def test_marginal_tiers_earn_the_same_in_whatever_months_viewing_falls(
    first: int, second: int, third: int
) -> None:
    terms = terms_of(a_tiered_rate())
    together = earned(terms, watched(first + second + third))
    assert together == earned(
        terms, watched(first), watched(second, OCTOBER), watched(third, NOVEMBER)
    )
