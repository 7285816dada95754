"""Two deals may not count the same on the same day, whatever kinds of clause they have."""

from dataclasses import replace
from datetime import date

import pytest

from duanju.deals import (
    AmendedBy,
    Amendment,
    Clause,
    Contract,
    Counted,
    Parameter,
    ParameterIs,
    ParameterKind,
    Subject,
    Terms,
    TieredBonus,
    check_contracts,
    find_subjects,
)
from tests.support.obligations import (
    NAMED,
    PARTIES,
    a_cap,
    a_commission,
    a_fee,
    a_guarantee,
    a_pool_share,
    an_award,
    bargain,
    hours,
)
from tests.support.terms import PLATFORM, TITLE, a_revenue_share, a_tiered_rate, terms_of
from tests.support.waterfalls import a_co_investment, a_stake, a_waterfall

GRADE = Parameter("grade", ParameterKind.CHOICE, NAMED, {"S": NAMED, "A": NAMED}, default="A")
ABROAD = Counted(measure="effective_minutes", territories=("US",))
AT_HOME = Counted(measure="effective_minutes", territories=("CN",))
BONUS = TieredBonus(
    id="bonus",
    title=NAMED,
    explanation=NAMED,
    counted=(Counted(measure="unlock_income"),),
    tiers=a_tiered_rate((0, "0.1")).tiers,
    reading="marginal",
    currency="CNY",
)


def claims(*deals: Terms | Contract) -> list[tuple[object, ...]]:
    """Return what each two of these deals both count."""
    contracts = [
        own if isinstance(own, Contract) else Contract(f"deal-{index}", own)
        for index, own in enumerate(deals)
    ]
    return [tuple(own.params.values()) for own in check_contracts(contracts)]


@pytest.mark.parametrize(
    ("first", "second", "measure"),
    [
        (hours(), a_pool_share(), "effective_minutes"),
        (hours(), replace(hours(), payee="director"), ""),
        (replace(hours(), counted=ABROAD), replace(hours(), counted=AT_HOME), ""),
        (replace(hours(), counted=ABROAD), hours(), "effective_minutes"),
        (an_award(), replace(an_award(), receivers=("director",)), "award"),
        (an_award(), replace(an_award(), receivers=("agent",)), ""),
        (a_revenue_share(), a_waterfall(), "unlock_income"),
        (a_waterfall(), a_co_investment(a_stake("investor", 1)), "unlock_income"),
        (a_revenue_share(), BONUS, ""),
        (BONUS, BONUS, "unlock_income"),
        (hours(), a_fee(), ""),
        (a_fee(), a_fee(), ""),
        (a_guarantee(1, treatment="on_top", against=()), hours(), ""),
    ],
)
def test_two_deals_that_count_the_same_are_named(
    first: Clause, second: Clause, measure: str
) -> None:
    found = claims(bargain(first), bargain(second))
    assert found == ([("deal-0", "deal-1", measure, TITLE)] if measure else [])


def test_clauses_of_others_and_amounts_count_nothing() -> None:
    terms = bargain(hours(), a_commission("0.1"), a_cap(1), a_fee(), a_guarantee(1))
    assert find_subjects(terms) == {Subject(PLATFORM, "effective_minutes", TITLE, "")}
    assert find_subjects(bargain(a_fee())) == frozenset()


def test_clause_that_the_deal_did_not_choose_counts_nothing() -> None:
    chosen = replace(hours(), when=(ParameterIs(parameter="grade", options=("S",)),))
    terms = terms_of(chosen, parties=PARTIES, parameters=(GRADE,))
    assert find_subjects(terms) == frozenset()
    best = replace(terms, parameters={"grade": "S"})
    assert len(find_subjects(best)) == 1
    assert claims(terms, bargain(hours())) == []
    assert claims(best, bargain(hours())) != []


def test_amended_deal_counts_what_its_amendments_say() -> None:
    day = date(2026, 11, 1)
    amendment = Amendment("apart", bargain(a_fee()), day, by=AmendedBy.PLAY_DATE)
    amended = Contract("deal-0", bargain(hours()), (amendment,))
    later = replace(bargain(hours()), starts_on=day)
    assert claims(amended, later) == []
    assert claims(amended, replace(later, starts_on=date(2026, 10, 31))) != []
    assert claims(Contract("deal-0", bargain(hours())), later) != []
