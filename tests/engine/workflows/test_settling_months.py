"""Months settled one after another, late, shuffled or at once, end in the same balances."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from duanju.deals import Contract, Fact, Reading, Scope, Stretch
from duanju.kernel import Month, Party
from duanju.settlement import Settlement, Transaction, balances, total_by_currency
from duanju.workflows import settle_facts
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

PAYABLE = ("payable:studio:lanxi", "CNY")
EXAMPLES = 40
"""A generated world is settled many times over."""

HOURLY = a_tiered_rate((0, "1"), (100, "2"))


def settled(
    contracts: Sequence[Contract], facts_by_period: dict[Month, Sequence[Fact]]
) -> list[Settlement]:
    """Settle period after period, each with what was known then."""
    posted: list[Transaction] = []
    settlements = []
    for period, facts in facts_by_period.items():
        settlement = settle_facts(contracts=contracts, facts=facts, posted=posted, period=period)
        posted += settlement.transactions
        settlements.append(settlement)
    return settlements


def ledger_of(settlements: Sequence[Settlement]) -> list[Transaction]:
    """Return all that settlements post."""
    return [own for settlement in settlements for own in settlement.transactions]


def amounts(settlement: Settlement) -> list[tuple[str, int]]:
    """Return month concerned and amount of each line of the only statement."""
    (statement,) = settlement.statements
    return [(str(line.concerns_period), line.amount_minor) for line in statement.lines]


def test_threshold_crossed_in_mid_month_splits_that_month_alone() -> None:
    contracts = [a_contract(terms_of(HOURLY))]
    facts = [watched(60), watched(100, OCTOBER)]
    september, october = settled(contracts, {SEPTEMBER: facts, OCTOBER: facts})
    assert amounts(september) == [("2026-09", 100)]
    assert amounts(october) == [("2026-10", 267)]


def test_whole_amount_jump_falls_in_the_month_that_crosses() -> None:
    contracts = [
        a_contract(terms_of(a_tiered_rate((0, "1"), (100, "2"), reading=Reading.WHOLE_AMOUNT)))
    ]
    facts = [watched(60), watched(60, OCTOBER)]
    september, october = settled(contracts, {SEPTEMBER: facts, OCTOBER: facts})
    assert amounts(september) == [("2026-09", 100)]
    assert amounts(october) == [("2026-10", 300)]


def test_late_event_that_moves_the_crossing_corrects_both_months() -> None:
    contracts = [
        a_contract(terms_of(a_tiered_rate((0, "1"), (100, "2"), reading=Reading.WHOLE_AMOUNT)))
    ]
    known = [watched(60), watched(60, OCTOBER)]
    complete = [watched(120), watched(60, OCTOBER)]
    *_, november = settled(contracts, {SEPTEMBER: known, OCTOBER: known, NOVEMBER: complete})
    assert amounts(november) == [("2026-09", 300), ("2026-10", -100)]


def test_deal_that_ends_brings_only_corrections_afterwards() -> None:
    contracts = [a_contract(terms_of(HOURLY, ends_on=date(2026, 10, 1)))]
    known = [watched(60), watched(60, OCTOBER)]
    complete = [watched(66), watched(60, OCTOBER)]
    _, october = settled(contracts, {SEPTEMBER: known, OCTOBER: complete})
    assert amounts(october) == [("2026-09", 10)]


def test_deal_that_starts_later_has_no_line_before() -> None:
    contracts = [a_contract(terms_of(HOURLY, starts_on=date(2026, 10, 1)))]
    facts = [watched(60), watched(60, OCTOBER)]
    september, october = settled(contracts, {SEPTEMBER: facts, OCTOBER: facts})
    assert september.statements == ()
    assert amounts(october) == [("2026-10", 100)]


def test_refund_after_the_close_is_taken_back_from_everyone() -> None:
    contracts = [a_contract(terms_of(a_revenue_share()))]
    paid, refunded = unlocked(10_000, channel="wechat_ios"), unlocked(0, channel="wechat_ios")
    settlements = settled(contracts, {SEPTEMBER: [paid], OCTOBER: [refunded]})
    assert amounts(settlements[1]) == [("2026-09", -4_400)]
    ((deduction,),) = [line.deductions for line in settlements[1].statements[0].lines]
    assert (deduction.name, deduction.amount_minor) == ("channel_fee", -1_200)
    assert balances(ledger_of(settlements)) == {}


def test_deal_with_a_problem_is_left_out_and_the_others_are_settled() -> None:
    good = a_contract(terms_of(HOURLY), "good")
    bad = a_contract(terms_of(a_revenue_share()), "bad")
    facts = [watched(60), unlocked(500), unlocked(1, currency="USD")]
    settlement = settle_facts(contracts=[good, bad], facts=facts, posted=[], period=SEPTEMBER)
    assert [(problem.code, problem.params["deal"]) for problem in settlement.problems] == [
        ("deals.other-currency", "bad")
    ]
    assert {own.key.deal_id for own in settlement.transactions} == {"good"}
    assert [statement.deal_id for statement in settlement.statements] == ["good"]


def test_studio_scope_leaves_out_what_is_not_under_the_same_policy_parties_and_days() -> None:
    clause = a_tiered_rate((0, "1"), (60, "2"), scope=Scope.STUDIO)
    beside = terms_of(clause, titles=(OTHER_TITLE,))
    first_half = Stretch(date(2026, 9, 1), date(2026, 9, 16))
    second_half = Stretch(date(2026, 9, 16), date(2026, 10, 1))
    facts = [
        watched(60),
        watched(60, first_half, title=OTHER_TITLE),
        watched(60, second_half, title=OTHER_TITLE),
        unlocked(10**9, title=OTHER_TITLE),
    ]
    others = {
        "all counts": (beside, 167),
        "another policy": (replace(beside, policy=replace(beside.policy, id="other")), 100),
        "another studio": (
            replace(beside, parties={**beside.parties, "studio": Party("studio", "other")}),
            100,
        ),
        "ends in mid-month": (replace(beside, ends_on=date(2026, 9, 16)), 150),
        "begins in mid-month": (replace(beside, starts_on=date(2026, 9, 16)), 150),
        "begins later": (replace(beside, starts_on=date(2026, 10, 1)), 100),
    }
    for words, (terms, fen) in others.items():
        settlement = settle_facts(
            contracts=[a_contract(terms_of(clause), "own"), a_contract(terms, "beside")],
            facts=facts,
            posted=[],
            period=SEPTEMBER,
        )
        assert settlement.problems == (), words
        totals = {own.deal_id: own.totals for own in settlement.statements}
        assert totals["own"][0].amount_minor == fen, words


def test_title_may_earn_in_two_currencies_under_two_deals() -> None:
    at_home = a_contract(terms_of(a_revenue_share()), "home")
    abroad = a_contract(terms_of(replace(a_revenue_share(), currency="USD")), "abroad")
    facts = [unlocked(500), unlocked(300, currency="USD"), unlocked(7, OCTOBER, currency="EUR")]
    september = settle_facts(
        contracts=[at_home, abroad], facts=facts[:2], posted=[], period=SEPTEMBER
    )
    assert september.problems == ()
    totals = {own.deal_id: str(own.totals[0]) for own in september.statements}
    assert totals == {"home": "CNY 2.50", "abroad": "USD 1.50"}
    october = settle_facts(contracts=[at_home, abroad], facts=facts, posted=[], period=OCTOBER)
    assert [(own.code, own.params["deal"], own.params["found"]) for own in october.problems] == [
        ("deals.other-currency", "abroad", "EUR"),
        ("deals.other-currency", "home", "EUR"),
    ]
    assert october.transactions == ()


def test_deals_that_claim_the_same_are_both_left_out() -> None:
    contracts = [a_contract(terms_of(HOURLY), own_id) for own_id in ("a", "b")]
    contracts.append(a_contract(terms_of(HOURLY, titles=(OTHER_TITLE,)), "c"))
    facts = [watched(60), watched(60, title=OTHER_TITLE)]
    settlement = settle_facts(contracts=contracts, facts=facts, posted=[], period=SEPTEMBER)
    assert [problem.code for problem in settlement.problems] == ["deals.double-claim"]
    assert {own.key.deal_id for own in settlement.transactions} == {"c"}


def test_studio_scope_counts_the_studios_other_deals_under_the_same_policy() -> None:
    clause = a_tiered_rate((0, "1"), (60, "2"), scope=Scope.STUDIO)
    contracts = [
        a_contract(terms_of(clause), "a"),
        a_contract(terms_of(clause, titles=(OTHER_TITLE,)), "b"),
    ]
    facts = [watched(60), watched(180, title=OTHER_TITLE)]
    settlement = settle_facts(contracts=contracts, facts=facts, posted=[], period=SEPTEMBER)
    totals = {own.deal_id: own.totals[0].amount_minor for own in settlement.statements}
    assert totals == {"a": 175, "b": 525}


facts_of_autumn = st.lists(
    st.builds(
        lambda month, title, channel, amount, is_time: (
            watched(amount, month, title=title, channel=channel)
            if is_time
            else unlocked(amount, month, title=title, channel=channel)
        ),
        st.sampled_from(AUTUMN),
        st.sampled_from([TITLE, OTHER_TITLE]),
        st.sampled_from(["web", "wechat_ios"]),
        st.integers(min_value=0, max_value=10**6),
        st.booleans(),
    ),
    max_size=14,
    unique_by=lambda fact: (fact.subject, fact.stretch),
)
SPLIT_IN_THREE = a_revenue_share(shares={"studio": Fraction(1, 3), "writer": Fraction(1, 7)})


def two_deals(reading: Reading) -> list[Contract]:
    """Return a rate and a share over the same two titles."""
    titles = (TITLE, OTHER_TITLE)
    terms = terms_of(SPLIT_IN_THREE, titles=titles)
    parties = {**terms.parties, "writer": Party("writer", "qiu")}
    return [
        a_contract(
            terms_of(a_tiered_rate((0, "0.7"), (999, "1.3"), reading=reading), titles=titles)
        ),
        a_contract(replace(terms, parties=parties), "deal-2"),
    ]


@settings(max_examples=EXAMPLES)
@given(facts_of_autumn, st.sampled_from(Reading))
def test_settling_in_pieces_equals_settling_at_once(facts: list[Fact], reading: Reading) -> None:
    contracts = two_deals(reading)
    in_pieces = settled(contracts, dict.fromkeys(AUTUMN, facts))
    at_once = settled(contracts, {DECEMBER: facts})
    assert balances(ledger_of(in_pieces)) == balances(ledger_of(at_once))


@settings(max_examples=EXAMPLES)
@given(
    facts_of_autumn.flatmap(
        lambda facts: st.tuples(
            st.permutations(facts),
            st.lists(st.sampled_from(AUTUMN), min_size=len(facts), max_size=len(facts)),
        )
    ),
    st.sampled_from(Reading),
)
def test_late_shuffled_and_repeated_facts_end_in_the_same_balances(
    arriving: tuple[list[Fact], list[Month]], reading: Reading
) -> None:
    facts, arrivals = arriving
    contracts = two_deals(reading)
    known = {
        period: [fact for fact, arrival in zip(facts, arrivals, strict=True) if arrival <= period]
        * 2
        for period in AUTUMN
    }
    late = settled(contracts, known)
    punctual = settled(contracts, dict.fromkeys(AUTUMN, facts))
    assert balances(ledger_of(late)) == balances(ledger_of(punctual))


@settings(max_examples=EXAMPLES)
@given(facts_of_autumn, st.sampled_from(Reading))
def test_books_balance_parts_sum_and_a_second_run_posts_nothing(
    facts: list[Fact], reading: Reading
) -> None:
    contracts = two_deals(reading)
    settlements = settled(contracts, dict.fromkeys(AUTUMN, facts))
    ledger = ledger_of(settlements)
    for transaction in ledger:
        assert set(total_by_currency(transaction.legs).values()) <= {0}
    income = sum(fact.quantity for fact in facts if fact.measure == "unlock_income")
    held = balances(ledger)
    assert -held.get(("income:unlock_income:platform:aurora", "CNY"), 0) == income
    again = settle_facts(contracts=contracts, facts=facts, posted=ledger, period=DECEMBER)
    assert again.transactions == ()
    assert again.statements == settlements[-1].statements
    assert settled(contracts, dict.fromkeys(AUTUMN, facts)) == settlements


@settings(max_examples=EXAMPLES)
@given(facts_of_autumn)
def test_every_party_ends_within_a_fen_of_its_exact_part(facts: list[Fact]) -> None:
    contracts = two_deals(Reading.MARGINAL)
    last = settled(contracts, {DECEMBER: facts})[0]
    for statement in last.statements:
        for line in statement.lines:
            if line.concerns_period == DECEMBER:
                assert abs(line.cumulative_minor - line.proof.result) < 1


def test_part_of_a_month_can_be_settled_when_a_deal_ends_within_it() -> None:
    ends_on = date(2026, 9, 11)
    contracts = [
        a_contract(terms_of(HOURLY, ends_on=ends_on), "first"),
        a_contract(terms_of(a_tiered_rate((0, "3")), starts_on=ends_on), "second"),
    ]
    facts = [
        watched(60, Stretch(date(2026, 9, 1), ends_on)),
        watched(60, Stretch(ends_on, date(2026, 10, 1))),
    ]
    settlement = settle_facts(contracts=contracts, facts=facts, posted=[], period=SEPTEMBER)
    totals = {own.deal_id: own.totals[0].amount_minor for own in settlement.statements}
    assert totals == {"first": 100, "second": 300}
