"""Cost shared, paid back, then profit shared."""

from fractions import Fraction

import pytest

from duanju.deals import Fact, entitle_by_month
from duanju.deals.clauses import Fee, Order, Recouped
from duanju.kernel import Month
from tests.support.proofs import recompute
from tests.support.terms import AUTUMN, DECEMBER, NOVEMBER, OCTOBER, SEPTEMBER, unlocked
from tests.support.waterfalls import (
    a_co_investment,
    a_stake,
    a_step,
    compound,
    earned_of,
    exact,
    simple,
    terms_with,
    told,
    yuan_of,
)


def income(yuan: int, month: Month = SEPTEMBER) -> Fact:
    """Return income of unlocks, in yuan."""
    return unlocked(yuan * 100, month)


JOINT = a_co_investment(a_stake("investor", 300), a_stake("studio", 100))


@pytest.mark.parametrize(
    ("came_in", "investor", "studio"),
    [(200, 150, 50), (400, 300, 100), (500, 340, 160), (0, 0, 0)],
)
def test_capital_is_paid_back_in_proportion_then_profit_is_shared(
    came_in: int, investor: int, studio: int
) -> None:
    assert yuan_of(JOINT, income(came_in)) == {"investor": investor, "studio": studio}


def test_capital_is_paid_back_by_seniority() -> None:
    clause = a_co_investment(
        a_stake("studio", 100, seniority=2),
        a_stake("investor", 300),
        a_stake("bank", 100),
        order=Order.PRIORITY,
    )
    assert yuan_of(clause, income(200)) == {"investor": 150, "bank": 50, "studio": 0}
    assert yuan_of(clause, income(450)) == {"investor": 300, "bank": 100, "studio": 50}
    assert yuan_of(clause, income(600)) == {"investor": 340, "bank": 100, "studio": 160}


def test_one_stake_is_full_funding() -> None:
    clause = a_co_investment(
        a_stake("investor", 300), profit={"studio": exact("0.1")}, residual="investor"
    )
    assert yuan_of(clause, income(400)) == {"investor": 390, "studio": 10}


def test_expenses_come_before_capital() -> None:
    clause = a_co_investment(
        a_stake("investor", 300), before=(a_step("distribution", "bank", takes="0.2", limit=50),)
    )
    assert yuan_of(clause, income(100)) == {"bank": 20, "investor": 80, "studio": 0}
    assert yuan_of(clause, income(450)) == {"bank": 50, "investor": 340, "studio": 60}


def test_half_of_the_cost_is_a_stake() -> None:
    clause = a_co_investment(a_stake("investor", share="0.5"), a_stake("studio", share="0.5"))
    cost = told("production_cost", 40_000)
    assert yuan_of(clause, cost, income(300)) == {"investor": 150, "studio": 150}
    more = told("production_cost", 20_000, OCTOBER)
    facts = cost, income(500), more, income(300, OCTOBER)
    assert yuan_of(clause, *facts[:2]) == {"investor": 240, "studio": 260}
    assert yuan_of(clause, *facts) == {"investor": 240 + 140, "studio": 260 + 160}


def test_facts_of_investment_tell_the_capital() -> None:
    clause = a_co_investment(a_stake("investor"), a_stake("bank"))
    facts = [
        told("investment", 30_000, item="investor"),
        told("investment", 10_000, item="bank"),
        told("investment", 20_000, OCTOBER, item="bank"),
    ]
    assert yuan_of(clause, *facts, income(200)) == {"investor": 150, "bank": 50, "studio": 0}
    more = income(200, NOVEMBER)
    assert yuan_of(clause, *facts, income(200), more) == {"investor": 250, "bank": 150, "studio": 0}


def test_simple_hurdle_is_earned_on_unpaid_capital() -> None:
    clause = a_co_investment(a_stake("investor", 1_200), hurdle=simple("0.1"))
    facts = income(600), income(700, NOVEMBER)
    hurdle = 5 + 5
    profit = 700 - 600 - hurdle
    assert yuan_of(clause, *facts) == {
        "investor": 1_200 + hurdle + profit * Fraction("0.4"),
        "studio": profit * Fraction("0.6"),
    }


def test_compound_hurdle_is_earned_on_unpaid_hurdle_too() -> None:
    clause = a_co_investment(a_stake("investor", 1_200), hurdle=compound("0.12"))
    hurdle = 1_200 * (Fraction("1.01") ** 3 - 1)
    assert yuan_of(clause, income(1_200 + 40, DECEMBER)) == {
        "investor": 1_200 + hurdle + (40 - hurdle) * Fraction("0.4"),
        "studio": (40 - hurdle) * Fraction("0.6"),
    }


def test_bonus_waits_until_capital_is_paid_back() -> None:
    named = JOINT.title
    fee = Fee(
        id="bonus",
        title=named,
        explanation=named,
        amount=exact(5),
        currency="CNY",
        when=(Recouped(clause="joint"),),
    )
    facts = income(399), income(1, NOVEMBER)
    by_month = entitle_by_month(terms=terms_with(JOINT, fee), facts=facts, months=AUTUMN)
    bonus = [
        sum(own.amount for own in earned if own.clause_id == "bonus")
        for earned in by_month.values()
    ]
    assert bonus == [0, 0, 500, 500]


def test_capital_that_no_fact_has_told_is_not_paid_back() -> None:
    clause = a_co_investment(a_stake("investor", share="1"))
    assert yuan_of(clause, income(100)) == {"investor": 40, "studio": 60}


def test_proofs_show_capital_accounts_and_recompute() -> None:
    clause = a_co_investment(
        a_stake("investor", 1_200), a_stake("bank", share="0.5"), hurdle=compound("0.1")
    )
    facts = (
        told("production_cost", 77_777),
        income(600),
        income(-100, OCTOBER),
        income(2_000, NOVEMBER),
    )
    earned = earned_of(clause, *facts)
    assert sum(own.amount for own in earned) == 250_000
    codes = set()
    for own in earned:
        assert recompute(own.proof) == own.amount
        codes |= {inner.code for step in own.proof.steps for inner in step.steps}
    assert "waterfall_receiver_room" in codes
