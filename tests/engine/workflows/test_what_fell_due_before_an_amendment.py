"""What fell due under old terms is not paid again by those that stand in their place."""

from dataclasses import replace
from datetime import date

from duanju.deals import (
    AmendedBy,
    Amendment,
    AmendmentMode,
    Contract,
    Fact,
    Instalment,
    Recouped,
    Scope,
    Terms,
    Treatment,
    parts_of,
)
from duanju.settlement import Transaction, balances
from duanju.workflows import settle_facts
from tests.support.obligations import (
    a_fee,
    a_guarantee,
    bargain,
    hours,
    on_signing,
    reached,
)
from tests.support.rates import some_bands
from tests.support.terms import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    OTHER_TITLE,
    SEPTEMBER,
    TITLE,
    a_contract,
    watched,
)

OCTOBER_10 = date(2026, 10, 10)
OVER, BESIDE = AmendmentMode.OVER, AmendmentMode.BESIDE
AT_RELEASE = Instalment(milestone="release", share=on_signing("0.4").share)
HALVES = (on_signing("0.6"), AT_RELEASE)
"""Sixty of a hundred on signing, forty at release."""


def amended(old: Terms, new: Terms, mode: AmendmentMode = OVER) -> Contract:
    """Return a deal of September whose terms are others from 10 October on."""
    return replace(
        a_contract(old),
        amendments=(Amendment("second", new, OCTOBER_10, mode, AmendedBy.PLAY_DATE),),
    )


def paid(contract: Contract, *facts: Fact) -> dict[str, int]:
    """Settle the autumn month by month; return minor units that the studio has, by clause."""
    posted: list[Transaction] = []
    for period in (SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER):
        settlement = settle_facts(contracts=[contract], facts=facts, posted=posted, period=period)
        assert settlement.problems == ()
        posted += settlement.transactions
    by_clause: dict[str, int] = {}
    for own in posted:
        held = balances([own]).get(("payable:studio:lanxi", "CNY"), 0)
        by_clause[own.key.clause_id] = by_clause.get(own.key.clause_id, 0) + held
    return {clause: amount for clause, amount in by_clause.items() if amount}


def test_fee_and_guarantee_by_instalments_are_paid_once() -> None:
    guarantee = a_guarantee(500, *HALVES, treatment=Treatment.ON_TOP, against=())
    terms = bargain(a_fee(1000, *HALVES), guarantee)
    early = paid(amended(terms, terms), reached("release", date(2026, 10, 9)))
    assert early == {"fee": 100_000, "guarantee": 50_000}
    late = paid(amended(terms, terms), reached("release", OCTOBER_10))
    assert late == {
        "fee": 60_000,
        "guarantee": 30_000,
        "fee@second": 40_000,
        "guarantee@second": 20_000,
    }


def test_fee_on_signing_of_the_whole_deal_is_paid_once() -> None:
    terms = bargain(a_fee(1000, scope=Scope.POOL))
    assert paid(amended(terms, terms)) == {"fee": 100_000}


def test_late_signing_is_paid_once_by_the_terms_that_were_signed_first() -> None:
    old = replace(bargain(a_fee(1000)), signed_on=date(2026, 11, 5))
    new = bargain(a_fee(3000))
    assert paid(amended(old, new)) == {"fee": 100_000}


def test_title_that_the_new_terms_add_is_paid_what_falls_due_for_it() -> None:
    terms = bargain(a_fee(1000))
    new = replace(terms, title_ids=frozenset({TITLE, OTHER_TITLE}))
    assert paid(amended(terms, new)) == {"fee": 100_000, "fee@second": 100_000}


def test_terms_beside_the_old_are_paid_their_own_fee_on_signing() -> None:
    other = bargain(a_fee(300, own_id="extra"))
    assert paid(amended(bargain(a_fee(1000)), other, BESIDE)) == {
        "fee": 100_000,
        "extra@second": 30_000,
    }


def test_terms_that_hold_from_the_first_day_on_take_nothing_over() -> None:
    terms = bargain(a_fee(1000))
    contract = replace(
        a_contract(terms), amendments=(Amendment("second", terms, date(2026, 9, 1)),)
    )
    assert [part.terms.taken_over for part in parts_of(contract)] == [frozenset()]
    assert paid(contract) == {"fee@second": 100_000}


def test_top_up_is_reckoned_once() -> None:
    guarantee = a_guarantee(1000, on_signing("0.6"), AT_RELEASE, treatment=Treatment.TOP_UP)
    terms = bargain(hours(), guarantee)
    facts = watched(300), reached("release", date(2026, 9, 20))
    assert paid(amended(terms, terms), *facts) == {"hours": 30_000, "guarantee": 70_000}


def test_guarantee_that_others_paid_is_not_recouped_anew_and_holds_nothing_back() -> None:
    after = replace(hours(), id="after", when=(Recouped(clause="guarantee"),))
    terms = bargain(hours(), a_guarantee(1000, *HALVES), after)
    facts = (
        reached("release", date(2026, 9, 20)),
        watched(400, SEPTEMBER),
        watched(50, NOVEMBER),
    )
    assert paid(amended(terms, terms), *facts) == {
        "hours": 40_000,
        "guarantee": 60_000,
        "hours@second": 5_000,
        "after@second": 5_000,
    }


def test_bonus_once_a_title_and_its_threshold_begin_anew() -> None:
    terms = bargain(some_bands((99, 1000), counted=hours().counted))
    twice = paid(amended(terms, terms), watched(100), watched(100, NOVEMBER))
    assert twice == {"bands": 100_000, "bands@second": 100_000}
    too_little = paid(amended(terms, terms), watched(60), watched(60, NOVEMBER))
    assert too_little == {}
