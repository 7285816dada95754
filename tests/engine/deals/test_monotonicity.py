"""Which clauses more income could make fall, and that the others never do."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duanju.deals import (
    Cap,
    Chosen,
    Fact,
    Given,
    MinimumGuarantee,
    Reading,
    Reset,
    Scope,
    StepDownReading,
    entitle,
    find_falling,
)
from duanju.deals.clauses import Clause
from tests.support.rates import (
    INCOME,
    MINUTES,
    NAMED,
    NEW_YEAR,
    SEARCH,
    a_bonus,
    a_coefficient,
    a_fact,
    a_rate,
    a_term,
    bands_of,
    earned_by,
    minutes,
    settled_month_by_month,
    some_bands,
    tiers_of,
)
from tests.support.terms import (
    AUTUMN,
    DECEMBER,
    OCTOBER,
    OTHER_TITLE,
    SEPTEMBER,
    TITLE,
    a_policy,
    a_revenue_share,
    terms_of,
)

WHOLE = Reading.WHOLE_AMOUNT
RISING, FALLING = ((0, "1"), (100, "2")), ((0, "2"), (100, "1"))
SEARCH_RISES = a_coefficient("search", "1", counted=SEARCH, bands=bands_of((10, "2")))
SEARCH_FALLS = a_coefficient("search", "2", counted=SEARCH, bands=bands_of((10, "1")))
BACK = StepDownReading.FROM_THE_START
GRADED = Chosen("grade", {"S": Fraction(2), "A": Fraction(1)})


def a_guarantee(own_id: str = "guarantee", at: str = "1") -> MinimumGuarantee:
    """Return a guarantee of 50 yuan that is recouped from the rate."""
    return MinimumGuarantee(
        id=own_id,
        title=NAMED,
        explanation=NAMED,
        amount=Fraction(50),
        currency="CNY",
        treatment="recoupable",
        against=("rate",),
        at=Fraction(at),
    )


CAP = Cap(
    id="cap",
    title=NAMED,
    explanation=NAMED,
    of=("rate",),
    amount=Fraction(150),
    scope=Scope.TITLE,
    currency="CNY",
)


@pytest.mark.parametrize(
    ("clauses", "falling"),
    [
        ((a_rate(*RISING, reading=WHOLE),), ()),
        ((a_rate(*FALLING),), ()),
        ((a_rate(*FALLING, reading=WHOLE),), ("rate",)),
        ((replace(a_rate(*FALLING), reading=Given("reading")),), ("rate",)),
        ((a_rate(*RISING, coefficients=(SEARCH_RISES,)),), ()),
        ((a_rate(*FALLING, coefficients=(SEARCH_RISES,)),), ("rate",)),
        ((a_rate(coefficients=(SEARCH_FALLS,)),), ("rate",)),
        ((a_rate(coefficients=(a_coefficient("a", "2", steps_down_to="1"),)),), ()),
        (
            (a_rate(coefficients=(a_coefficient("a", "2", steps_down_to="1", reading=BACK),)),),
            ("rate",),
        ),
        ((a_bonus((0, "0.2"), (9, "0.1"), counted=(INCOME,)),), ()),
        ((a_bonus((0, "0.2"), (9, "0.1"), counted=(INCOME,), by=MINUTES),), ("bonus",)),
        ((some_bands((10, 5), (20, 3)),), ("bands",)),
        ((some_bands((10, 5), (20, 3), reading="each"),), ()),
        (
            (a_rate(*FALLING, reading=WHOLE), a_bonus((0, "0.1"), of=("rate",))),
            ("rate", "bonus"),
        ),
        ((a_rate(), a_rate(own_id="better", replaces=("rate",))), ("better",)),
        ((a_rate(), a_guarantee(), CAP), ("cap",)),
        ((a_rate(), a_guarantee(), a_guarantee("second")), ("second",)),
        ((a_rate(), a_guarantee(at="0.5"), a_guarantee("second", at="0.5")), ()),
        ((a_revenue_share(),), ()),
        ((replace(a_revenue_share(), deficit_payer="platform"),), ("unlocks",)),
        ((replace(a_revenue_share(), term=a_term(12, (5, 24), counted=INCOME)),), ("unlocks",)),
        ((replace(a_rate(), tiers=tiers_of((0, "1")), coefficients=()),), ()),
        ((replace(a_bonus((0, "0"), counted=(INCOME,)), tiers=tiers_of((0, "0.1"))),), ()),
        ((replace(some_bands((10, 1), (20, 2)), bands=()),), ()),
    ],
)
def test_clause_that_could_fall_is_named(
    clauses: tuple[Clause, ...], falling: tuple[str, ...]
) -> None:
    assert find_falling(a_policy(*clauses)) == falling


def test_option_that_lets_a_rate_fall_is_enough() -> None:
    one = Fraction(1)
    rate = a_rate((0, "1"), (100, "2"), reading=WHOLE)
    first, second = rate.tiers
    falls = replace(rate, tiers=(replace(first, rate=GRADED), replace(second, rate=one)))
    rises = replace(rate, tiers=(replace(first, rate=one), replace(second, rate=GRADED)))
    assert find_falling(a_policy(falls)) == ("rate",)
    assert find_falling(a_policy(rises)) == ()


def test_clauses_that_are_named_do_fall() -> None:
    whole = terms_of(a_rate(*FALLING, reading=WHOLE))
    assert earned_by(whole, [minutes(100)])["rate"] > earned_by(whole, [minutes(101)])["rate"]
    moved = terms_of(a_rate((0, "4"), (100, "0"), coefficients=(SEARCH_RISES,)))
    later = [minutes(100, OCTOBER), a_fact("search_index", 11, OCTOBER)]
    # without September all hundred are at 4 x 2; with it, fifty of them are at 4 x 1
    assert earned_by(moved, later)["rate"] == 800
    assert earned_by(moved, [minutes(50), *later])["rate"] == 600


STEADY = (
    a_rate(*RISING, reading=WHOLE, coefficients=(SEARCH_RISES,)),
    a_guarantee(),
    a_rate((0, "2"), (50, "1"), own_id="monthly", reset=Reset.MONTH),
    a_bonus((0, "0"), (70, "0.15"), of=("rate", "monthly")),
    a_bonus((0, "0.1"), (7, "0.2"), counted=(INCOME,), reset=Reset.MONTH, own_id="income"),
    some_bands((60, 5), (90, 9), counted=SEARCH, reset=Reset.MONTH),
    a_revenue_share(),
)
TITLES = (TITLE, OTHER_TITLE)
FACT = st.builds(
    lambda measure, month, title, quantity: a_fact(
        measure, quantity, month, title_id=title, channel="web"
    ),
    st.sampled_from(["effective_minutes", "search_index", "unlock_income"]),
    st.sampled_from(AUTUMN),
    st.sampled_from(TITLES),
    st.integers(min_value=0, max_value=20_000_000),
)
FACTS = st.lists(FACT, max_size=10, unique_by=lambda fact: (fact.subject, fact.stretch))


@given(FACTS, st.integers(min_value=0, max_value=9), st.integers(min_value=1, max_value=10**7))
def test_more_of_anything_never_lowers_what_anyone_has_earned(
    facts: list[Fact], number: int, more: int
) -> None:
    terms = terms_of(*STEADY, titles=TITLES)
    assert find_falling(terms.policy) == ()
    known = facts or [minutes(1, SEPTEMBER, channel="web")]
    chosen = known[number % len(known)]
    raised = [replace(own, quantity=own.quantity + more) if own is chosen else own for own in known]
    assert all(
        _total(terms, raised, role) >= _total(terms, known, role) for role in ("studio", "platform")
    )


@settings(max_examples=30)
@given(FACTS)
def test_settling_in_months_equals_settling_at_once(facts: list[Fact]) -> None:
    terms = terms_of(*STEADY, titles=TITLES)
    order = sorted(facts, key=lambda fact: fact.quantity)
    at_once = entitle(terms=terms, facts=[*order, *facts], as_of=NEW_YEAR)
    assert at_once == entitle(terms=terms, facts=facts, as_of=NEW_YEAR)
    settled_month_by_month(terms, facts, DECEMBER)
    earned_by(terms, facts, as_of=date(2026, 11, 15))


def _total(terms, facts, role) -> Fraction:  # type: ignore[no-untyped-def]
    return sum(
        (
            own.amount
            for own in entitle(terms=terms, facts=facts, as_of=NEW_YEAR)
            if own.party.role == role
        ),
        Fraction(0),
    )
