"""Income that flows down through steps, and back up when it is refunded."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import Fact, Stretch, check_facts, entitle_by_month
from duanju.deals.clauses import (
    Counted,
    Fee,
    Gauge,
    Limit,
    Order,
    Recouped,
    Scope,
    Waterfall,
)
from duanju.kernel import Month
from tests.support.proofs import recompute
from tests.support.terms import (
    AUTUMN,
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    OTHER_TITLE,
    SEPTEMBER,
    unlocked,
)
from tests.support.waterfalls import (
    a_gate,
    a_receiver,
    a_step,
    a_waterfall,
    compound,
    earned_of,
    exact,
    simple,
    terms_with,
    told,
    yuan_of,
)


def income(yuan: int, month: Month | Stretch = SEPTEMBER, *, title: str = "101") -> Fact:
    """Return income of unlocks, in yuan."""
    return unlocked(yuan * 100, month, title=title)


def test_step_takes_its_share_and_lets_the_rest_flow_on() -> None:
    clause = a_waterfall(
        a_step("agent", "bank", takes="0.1"), a_step("split", "writer", takes="0.5")
    )
    assert yuan_of(clause, income(1_000)) == {"bank": 100, "writer": 450, "studio": 450}


def test_receivers_divide_by_their_weights() -> None:
    step = a_step(
        "split", a_receiver("writer", weight=1), a_receiver("bank", weight="3"), takes="0.8"
    )
    assert yuan_of(a_waterfall(step), income(100)) == {"writer": 20, "bank": 60, "studio": 20}


def test_what_a_full_receiver_no_longer_takes_goes_to_the_others_and_then_on() -> None:
    step = a_step("split", a_receiver("writer", limit=30), a_receiver("bank", limit=100))
    clause = a_waterfall(step)
    assert yuan_of(clause, income(50)) == {"writer": 25, "bank": 25, "studio": 0}
    assert yuan_of(clause, income(90)) == {"writer": 30, "bank": 60, "studio": 0}
    assert yuan_of(clause, income(150)) == {"writer": 30, "bank": 100, "studio": 20}


def test_receivers_by_priority_are_paid_one_after_the_other() -> None:
    step = a_step(
        "debts", a_receiver("bank", limit=100), a_receiver("writer", limit=50), order=Order.PRIORITY
    )
    clause = a_waterfall(step)
    assert yuan_of(clause, income(80)) == {"bank": 80, "writer": 0, "studio": 0}
    assert yuan_of(clause, income(120)) == {"bank": 100, "writer": 20, "studio": 0}
    assert yuan_of(clause, income(200)) == {"bank": 100, "writer": 50, "studio": 50}


def test_income_is_split_exactly_where_a_limit_is_reached() -> None:
    clause = a_waterfall(a_step("fee", "bank", takes="1/3", limit=100))
    assert yuan_of(clause, income(299))["bank"] == Fraction(299, 3)
    assert yuan_of(clause, income(300))["bank"] == 100
    assert yuan_of(clause, income(1_000)) == {"bank": 100, "studio": 900}


@pytest.mark.parametrize(
    ("came_in", "writer"), [(99, 0), (100, 0), (101, Fraction(1, 2)), (300, 100), (301, 100)]
)
def test_gate_on_the_pool_opens_and_closes_exactly(came_in: int, writer: Fraction) -> None:
    gate = a_gate(Gauge.POOL, above=100, until=300)
    clause = a_waterfall(a_step("bonus", "writer", takes="0.5", gates=(gate,)))
    assert yuan_of(clause, income(came_in))["writer"] == writer


def test_gate_on_a_step_opens_once_that_step_has_taken_so_much() -> None:
    clause = a_waterfall(
        a_step("recoup", "bank", takes="0.5", limit=100),
        a_step("bonus", "writer", takes="0.2", gates=(a_gate(Gauge.STEP, "recoup", above=100),)),
    )
    assert yuan_of(clause, income(200)) == {"bank": 100, "writer": 0, "studio": 100}
    assert yuan_of(clause, income(300)) == {"bank": 100, "writer": 20, "studio": 180}


def test_gate_on_a_party_counts_what_it_received_by_all_steps() -> None:
    clause = a_waterfall(
        a_step("first", "writer", takes="0.1"),
        a_step("second", "writer", takes="0.1", gates=(a_gate(Gauge.PARTY, "writer", until=19),)),
    )
    assert yuan_of(clause, income(100)) == {"writer": 19, "studio": 81}
    assert yuan_of(clause, income(200)) == {"writer": 29, "studio": 171}


def test_gate_on_a_measure_opens_with_the_month_after() -> None:
    gate = a_gate(Gauge.MEASURE, counted=Counted(measure="plays"), above=1_000)
    clause = a_waterfall(a_step("bonus", "writer", takes="0.5", gates=(gate,)))
    facts = [income(100), income(100, OCTOBER), income(100, NOVEMBER)]
    assert yuan_of(clause, *facts, told("plays", 1_000))["writer"] == 0
    assert yuan_of(clause, *facts, told("plays", 1_001))["writer"] == 100
    assert yuan_of(clause, *facts, told("plays", 600), told("plays", 600, OCTOBER))["writer"] == 50


def test_step_takes_only_income_of_its_days() -> None:
    days = date(2026, 9, 16), date(2026, 10, 16)
    clause = a_waterfall(a_step("premiere", "writer", takes="0.5", days=days))
    halves = [
        income(100, Stretch(date(2026, 9, 1), date(2026, 9, 16))),
        income(100, Stretch(date(2026, 9, 16), date(2026, 10, 1))),
        income(100, Stretch(date(2026, 10, 1), date(2026, 10, 16))),
        income(100, Stretch(date(2026, 10, 16), date(2026, 11, 1))),
    ]
    assert yuan_of(clause, *halves) == {"writer": 100, "studio": 300}


def test_fact_over_the_day_on_which_a_step_opens_is_refused() -> None:
    clause = a_waterfall(a_step("premiere", "writer", takes="0.5", days=(date(2026, 9, 16), None)))
    problems = check_facts(terms=terms_with(clause), facts=[income(100)])
    assert [problem.code for problem in problems] == ["deals.fact-straddles-a-term"]


def test_deduction_stands_beside_the_share_of_the_same_party() -> None:
    clause = a_waterfall(
        a_step("fee", "platform", takes="0.3", is_deduction=True),
        a_step("split", "platform", takes="0.5"),
    )
    earned = earned_of(clause, income(100))
    assert [(own.kind, own.name, own.amount) for own in earned] == [
        ("deduction", "fee", 3_000),
        ("share", "platform", 3_500),
        ("share", "studio", 3_500),
    ]


def test_party_of_several_steps_and_of_the_rest_has_one_share() -> None:
    clause = a_waterfall(
        a_step("first", "studio", takes="0.1"), a_step("second", "writer", takes="0.5")
    )
    assert yuan_of(clause, income(100)) == {"studio": 55, "writer": 45}


def test_cost_reported_later_raises_the_limit_from_that_month_on() -> None:
    limit = Limit(cost=Counted(measure="production_cost"), cost_cap=exact(80))
    clause = a_waterfall(a_step("recoup", "bank", limit=limit))
    facts = [
        told("production_cost", 5_000),
        income(60),
        told("production_cost", 10_000, NOVEMBER),
        income(60, OCTOBER),
        income(20, NOVEMBER),
        income(20, DECEMBER),
    ]
    assert yuan_of(clause, *facts[:2]) == {"bank": 50, "studio": 10}
    assert yuan_of(clause, *facts[:5]) == {"bank": 70, "studio": 70}
    assert yuan_of(clause, *facts) == {"bank": 80, "studio": 80}


def test_simple_interest_is_on_unpaid_capital_alone() -> None:
    limit = Limit(amount=exact(1_200), interest=simple("0.12"))
    clause = a_waterfall(a_step("loan", "bank", limit=limit))
    assert yuan_of(clause, income(600), income(9_999, DECEMBER))["bank"] == 1_200 + 6 + 6 + 6


def test_compound_interest_is_on_unpaid_interest_too() -> None:
    limit = Limit(amount=exact(1_200), interest=compound("0.12"))
    clause = a_waterfall(a_step("loan", "bank", limit=limit))
    owed = (((1_200 * Fraction("1.01")) - 600) * Fraction("1.01")) * Fraction("1.01")
    facts = income(600, OCTOBER), income(9_999, DECEMBER)
    assert yuan_of(clause, *facts)["bank"] == 600 + owed


def test_refund_takes_back_what_was_paid_last() -> None:
    clause = a_waterfall(
        a_step("recoup", "bank", limit=100), a_step("split", "writer", takes="0.5")
    )
    before = yuan_of(clause, income(120))
    assert before == {"bank": 100, "writer": 10, "studio": 10}
    assert yuan_of(clause, income(120), income(80, OCTOBER), income(-80, NOVEMBER)) == before
    assert yuan_of(clause, income(120), income(-10, OCTOBER)) == {
        "bank": 100,
        "writer": 5,
        "studio": 5,
    }
    assert yuan_of(clause, income(120), income(-50, OCTOBER)) == {
        "bank": 70,
        "writer": 0,
        "studio": 0,
    }


def test_refund_beyond_all_income_is_borne_until_it_is_made_good() -> None:
    step = a_step("split", "writer", takes="0.5")
    clause = a_waterfall(step, deficit_payer="platform")
    facts = income(100), income(-150, OCTOBER), income(30, NOVEMBER), income(60, DECEMBER)
    assert yuan_of(clause, *facts[:2]) == {"writer": 0, "studio": 0, "platform": -50}
    assert yuan_of(clause, *facts[:3]) == {"writer": 0, "studio": 0, "platform": -20}
    assert yuan_of(clause, *facts) == {"writer": 20, "studio": 20, "platform": 0}
    assert yuan_of(a_waterfall(step), *facts[:2]) == {"writer": 0, "studio": -50}


def test_share_of_gross_is_owed_beside_the_steps() -> None:
    clause = a_waterfall(a_step("fee", "bank", takes="0.5"), owed={"writer": exact("0.2")})
    assert yuan_of(clause, income(100)) == {"writer": 20, "bank": 50, "studio": 30}


def test_what_is_owed_beyond_the_income_is_paid_by_the_deficit_payer() -> None:
    clause = a_waterfall(
        a_step("recoup", "bank", limit=100), owed={"writer": exact("0.2")}, deficit_payer="platform"
    )
    assert yuan_of(clause, income(100)) == {"writer": 20, "bank": 100, "studio": 0, "platform": -20}
    assert yuan_of(clause, income(200)) == {
        "writer": 40,
        "bank": 100,
        "studio": 80,
        "platform": -20,
    }


def test_titles_are_counted_together_where_the_scope_is_the_pool() -> None:
    step = a_step("recoup", "bank", limit=100)
    facts = income(80), income(80, OCTOBER, title=OTHER_TITLE)
    terms = terms_with(a_waterfall(step, scope=Scope.POOL), titles=("101", OTHER_TITLE))
    last = entitle_by_month(terms=terms, facts=facts, months=AUTUMN)[DECEMBER]
    assert [(own.title_id, own.name, own.amount) for own in last] == [
        ("", "bank", 10_000),
        ("", "studio", 6_000),
    ]


def test_several_incomes_flow_together() -> None:
    counted = Counted(measure="unlock_income"), Counted(measure="advert_income")
    clause = a_waterfall(a_step("recoup", "bank", limit=100), counted=counted)
    assert yuan_of(clause, income(80), told("advert_income", 3_000)) == {"bank": 100, "studio": 10}


def test_every_step_of_every_proof_recomputes() -> None:
    loan = Limit(
        amount=exact(100), cost=Counted(measure="production_cost"), interest=compound("0.1")
    )
    clause = a_waterfall(
        a_step("fee", "platform", takes="0.1", is_deduction=True),
        a_step("loans", a_receiver("bank", limit=loan), a_receiver("writer", limit=50)),
        a_step("debts", a_receiver("bank", limit=20), "writer", order=Order.PRIORITY, takes="0.3"),
        a_step("bonus", "writer", takes="0.5", gates=(a_gate(Gauge.POOL, above=150, until=400),)),
        owed={"investor": exact("0.2")},
        deficit_payer="platform",
    )
    facts = [
        income(120),
        told("production_cost", 7_777),
        income(333, OCTOBER),
        income(-200, NOVEMBER),
        income(-999, DECEMBER),
        income(2_000, Month(2027, 1)),
    ]
    months = (*AUTUMN, Month(2027, 1))
    for month, earned in entitle_by_month(
        terms=terms_with(clause), facts=facts, months=months
    ).items():
        for own in earned:
            assert recompute(own.proof) == own.amount, month


def test_month_by_month_is_what_it_is_at_once() -> None:
    clause = a_waterfall(
        a_step("loan", "bank", limit=Limit(amount=exact(100), interest=simple("0.1")))
    )
    facts = [income(40), income(-20, OCTOBER), income(300, NOVEMBER)]
    monthly = entitle_by_month(terms=terms_with(clause), facts=facts, months=AUTUMN)[DECEMBER]
    assert monthly == earned_of(clause, *facts)


def test_bonus_is_paid_once_a_step_is_full() -> None:
    falls = a_waterfall(a_step("recoup", "bank", limit=100))
    assert _bonus_after(falls, income(99)) == 0
    assert _bonus_after(falls, income(100)) == 500
    assert _bonus_after(falls, income(100), income(-1, OCTOBER)) == 0


def _bonus_after(falls: Waterfall, *facts: Fact) -> Fraction:
    named = falls.title
    fee = Fee(
        id="bonus",
        title=named,
        explanation=named,
        amount=exact(5),
        currency="CNY",
        when=(Recouped(clause="falls", step="recoup"),),
    )
    earned = entitle_by_month(terms=terms_with(falls, fee), facts=facts, months=AUTUMN)[DECEMBER]
    return sum((own.amount for own in earned if own.clause_id == "bonus"), Fraction(0))
