"""A deal that was amended is settled as its terms now say, and only the difference moves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duanju.deals import (
    AmendedBy,
    Amendment,
    AmendmentMode,
    Contract,
    Fact,
    Reading,
    Stretch,
    Terms,
    entitle,
)
from duanju.kernel import Month
from duanju.settlement import Settlement, Transaction, balances
from duanju.workflows import find_stretches, settle_facts
from tests.support.proofs import recompute
from tests.support.terms import (
    AUTUMN,
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    OTHER_TITLE,
    SEPTEMBER,
    TITLE,
    a_contract,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
    unlocked,
    watched,
)

EXAMPLES = 30
TITLES = (TITLE, OTHER_TITLE)
BOTH = terms_of(a_tiered_rate((0, "0.7"), (999, "1.3")), a_revenue_share(), titles=TITLES)
DEARER = terms_of(
    a_tiered_rate((0, "1.1"), (500, "1.7"), reading=Reading.WHOLE_AMOUNT), titles=TITLES
)
NOVEMBER_1 = date(2026, 11, 1)
OVER, BESIDE = AmendmentMode.OVER, AmendmentMode.BESIDE
SIGNING = AmendedBy.SIGNING_DATE


def amended(own: Terms, *amendments: Amendment) -> Contract:
    """Return a deal with amendments."""
    return replace(a_contract(own), amendments=amendments)


def settled(contract_by_period: dict[Month, Contract], facts: Sequence[Fact]) -> list[Settlement]:
    """Settle period after period, each under the contract as it was agreed then."""
    posted: list[Transaction] = []
    settlements = []
    for period, contract in contract_by_period.items():
        settlement = settle_facts(contracts=[contract], facts=facts, posted=posted, period=period)
        assert settlement.problems == ()
        posted += settlement.transactions
        settlements.append(settlement)
    return settlements


def held(settlements: Sequence[Settlement]) -> dict[tuple[str, str], int]:
    """Return what each account holds after some settlements."""
    return dict(balances(own for settlement in settlements for own in settlement.transactions))


def lines_of(settlement: Settlement) -> list[tuple[str, str, int, str]]:
    """Return clause, month concerned, amount and proof of each line for the studio."""
    return [
        (line.key.clause_id, str(line.concerns_period), line.amount_minor, line.proof.code)
        for statement in settlement.statements
        for line in statement.lines
    ]


def test_amendment_by_signing_date_corrects_the_months_before() -> None:
    old, new = terms_of(a_tiered_rate((0, "1"))), terms_of(a_tiered_rate((0, "2")))
    contract = amended(old, Amendment("second", new, NOVEMBER_1, OVER, SIGNING))
    facts = [watched(60), watched(60, OCTOBER)]
    *_, october = settled({SEPTEMBER: a_contract(old), OCTOBER: contract}, facts)
    assert [line[:3] for line in lines_of(october)] == [
        ("hours", "2026-09", 100),
        ("hours", "2026-10", 200),
    ]


def test_amendment_by_play_date_leaves_the_months_before_as_they_were() -> None:
    old, new = terms_of(a_tiered_rate((0, "1"))), terms_of(a_tiered_rate((0, "2")))
    contract = amended(old, Amendment("second", new, date(2026, 10, 1)))
    facts = [watched(60), watched(60, OCTOBER)]
    *_, october = settled({SEPTEMBER: a_contract(old), OCTOBER: contract}, facts)
    assert [line[:3] for line in lines_of(october)] == [("hours@second", "2026-10", 200)]


def test_amendment_agreed_late_takes_the_old_month_back_and_pays_the_new() -> None:
    old, new = terms_of(a_tiered_rate((0, "1"))), terms_of(a_tiered_rate((0, "2")))
    contract = amended(old, Amendment("second", new, date(2026, 10, 1)))
    facts = [watched(60), watched(60, OCTOBER)]
    before = {SEPTEMBER: a_contract(old), OCTOBER: a_contract(old)}
    *_, november = settled(before | {NOVEMBER: contract}, facts)
    assert [line[:3] for line in lines_of(november)] == [
        ("hours", "2026-10", -100),
        ("hours@second", "2026-10", 200),
    ]


def test_clause_that_an_amendment_took_away_is_given_back_in_a_line_that_says_so() -> None:
    contract = amended(BOTH, Amendment("second", DEARER, NOVEMBER_1, OVER, SIGNING))
    facts = [watched(60), unlocked(1_000)]
    september, october = settled({SEPTEMBER: a_contract(BOTH), OCTOBER: contract}, facts)
    assert ("unlocks", "2026-09", 500) in [line[:3] for line in lines_of(september)]
    assert ("unlocks", "2026-09", -500, "retired") in lines_of(october)
    assert not any("unlock" in account for account, _ in held([september, october]))
    (line,) = [own for own in october.statements[0].lines if own.key.clause_id == "unlocks"]
    assert recompute(line.proof) == 0


def test_amendment_taken_back_leaves_nothing_of_what_it_posted() -> None:
    plain = a_contract(DEARER)
    beside = amended(DEARER, Amendment("share", terms_of(a_revenue_share()), NOVEMBER_1, BESIDE))
    away = replace(
        beside,
        amendments=(*beside.amendments, Amendment("over", DEARER, NOVEMBER_1, OVER, SIGNING)),
    )
    facts = [watched(60, NOVEMBER), unlocked(1_000, NOVEMBER)]
    ledger = settled({NOVEMBER: beside, DECEMBER: away}, facts)
    assert held(ledger) == held(settled({DECEMBER: plain}, facts))


def test_title_that_an_amendment_took_away_is_given_back() -> None:
    one = replace(DEARER, title_ids=frozenset({TITLE}))
    contract = amended(DEARER, Amendment("second", one, NOVEMBER_1, OVER, SIGNING))
    facts = [watched(60), watched(60, title=OTHER_TITLE)]
    ledger = settled({SEPTEMBER: a_contract(DEARER), OCTOBER: contract}, facts)
    assert held(ledger) == held(settled({OCTOBER: a_contract(one)}, facts))


def test_clause_that_nobody_took_away_stays_a_problem() -> None:
    posted = settled({SEPTEMBER: a_contract(BOTH)}, [watched(60), unlocked(1_000)])
    ledger = posted[0].transactions
    other = settle_facts(
        contracts=[a_contract(DEARER)],
        facts=[watched(60), unlocked(1_000)],
        posted=ledger,
        period=OCTOBER,
    )
    assert {problem.code for problem in other.problems} == {"settlement.posted-without-claim"}


@pytest.mark.parametrize(
    "bad",
    [
        Amendment("second", DEARER, date(2026, 8, 1)),
        Amendment("second", DEARER, NOVEMBER_1, BESIDE),
    ],
)
def test_refused_amendment_moves_nothing(bad: Amendment) -> None:
    (september,) = settled({SEPTEMBER: a_contract(BOTH)}, [watched(60), unlocked(1_000)])
    october = settle_facts(
        contracts=[amended(BOTH, bad)],
        facts=[watched(60), unlocked(1_000)],
        posted=september.transactions,
        period=OCTOBER,
    )
    assert (october.transactions, october.statements) == ((), ())
    assert [(own.params["deal"], own.params["amendment"]) for own in october.problems] == [
        ("deal-1", "second")
    ]


def test_months_are_cut_where_an_amendment_begins() -> None:
    contract = amended(BOTH, Amendment("second", DEARER, date(2026, 9, 11)))
    assert find_stretches(contracts=[contract], until=SEPTEMBER) == (
        Stretch(date(2026, 9, 1), date(2026, 9, 11)),
        Stretch(date(2026, 9, 11), date(2026, 10, 1)),
    )


def test_fact_over_the_day_of_an_amendment_cannot_be_settled() -> None:
    contract = amended(BOTH, Amendment("second", DEARER, date(2026, 9, 11)))
    settlement = settle_facts(
        contracts=[contract], facts=[watched(60)], posted=[], period=SEPTEMBER
    )
    assert {problem.code for problem in settlement.problems} == {"deals.fact-straddles-the-deal"}
    assert settlement.transactions == ()


facts_of_autumn = st.lists(
    st.builds(
        lambda month, title, amount, is_time: (
            watched(amount, month, title=title) if is_time else unlocked(amount, month, title=title)
        ),
        st.sampled_from(AUTUMN),
        st.sampled_from(TITLES),
        st.integers(min_value=0, max_value=10**6),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda fact: (fact.subject, fact.stretch),
)
TERMS = (BOTH, DEARER, terms_of(a_revenue_share(), titles=(TITLE,)))


@settings(max_examples=EXAMPLES)
@given(
    facts_of_autumn,
    st.sampled_from(TERMS),
    st.sampled_from(TERMS),
    st.sampled_from(AUTUMN),
)
def test_amended_by_signing_date_ends_as_if_it_had_been_written_so(
    facts: list[Fact], old: Terms, new: Terms, agreed: Month
) -> None:
    contract = amended(old, Amendment("second", new, NOVEMBER_1, OVER, SIGNING))
    ledger = settled(
        {period: contract if period >= agreed else a_contract(old) for period in AUTUMN}, facts
    )
    assert held(ledger) == held(settled({DECEMBER: a_contract(new)}, facts))


@settings(max_examples=EXAMPLES)
@given(
    facts_of_autumn,
    st.sampled_from(TERMS),
    st.sampled_from(TERMS),
    st.sampled_from(AUTUMN[1:]),
    st.sampled_from(AUTUMN),
)
def test_amended_by_play_date_is_the_sum_of_its_two_parts(
    facts: list[Fact], old: Terms, new: Terms, effective: Month, agreed: Month
) -> None:
    day = date(effective.year, effective.number, 1)
    contract = amended(old, Amendment("second", new, day))
    ledger = settled(
        {period: contract if period >= agreed else a_contract(old) for period in AUTUMN}, facts
    )
    studio = ("payable:studio:lanxi", "CNY")
    parts = [replace(old, ends_on=day), replace(new, starts_on=day)]
    apart = [held(settled({DECEMBER: a_contract(part)}, facts)).get(studio, 0) for part in parts]
    assert held(ledger).get(studio, 0) == sum(apart)
    exact = sum(
        own.amount
        for part in parts
        for own in entitle(terms=part, facts=facts, as_of=date(2027, 1, 1))
        if own.party.role == "studio"
    )
    assert abs(sum(apart) - exact) <= 8


def test_many_amendments_settle_twice_to_the_same() -> None:
    contract = amended(
        BOTH,
        Amendment("a", DEARER, date(2026, 10, 1)),
        Amendment("b", terms_of(a_revenue_share(), titles=TITLES), NOVEMBER_1, BESIDE),
        Amendment("c", BOTH, date(2026, 12, 1)),
    )
    facts = [own for month in AUTUMN for own in (watched(600, month), unlocked(900, month))]
    ledger = settled(dict.fromkeys(AUTUMN, contract), facts)
    posted = [own for settlement in ledger for own in settlement.transactions]
    again = settle_facts(contracts=[contract], facts=facts, posted=posted, period=DECEMBER)
    assert again.transactions == ()
    assert again.statements == ledger[-1].statements
    assert {line.key.clause_id for line in again.statements[0].lines} == {"hours@c", "unlocks@c"}
    assert held(ledger) == held(settled({DECEMBER: contract}, facts))
