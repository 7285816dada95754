"""Proofs as lines for a terminal and as trees for pages, with exact arithmetic."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.adapters.prose import explain_proof, policy_titles, put_proof_in_words
from duanju.adapters.prose.arithmetic import show_arithmetic
from duanju.deals import Reading, entitle
from duanju.kernel import ProofStep
from tests.support.terms import a_revenue_share, a_tiered_rate, terms_of, unlocked, watched

OCTOBER_FIRST = date(2026, 10, 1)
RATE = a_tiered_rate((0, "1"), (100, "2"))


def proof_of(*facts, clause=RATE) -> ProofStep:
    """Return the studio's proof of a clause."""
    earned = entitle(terms=terms_of(clause), facts=facts, as_of=OCTOBER_FIRST)
    return next(own.proof for own in earned if own.party.role == "studio")


def a_step(formula: str, result: Fraction, *, unit: str = "minor", **inputs) -> ProofStep:
    """Return a step of yuan that nobody described."""
    named = {name: Fraction(value) for name, value in inputs.items()}
    return ProofStep("undescribed", formula, named, Fraction(result), unit, "CNY")


def test_tiers_read_as_arithmetic_in_english() -> None:
    assert explain_proof(proof_of(watched(160)), language="en") == (
        "Hours, all tiers together since the start of the deal: CN¥3.67"
        " (366 2/3 minor units of CNY, exactly)",
        "  Effective viewing, measured in milliseconds: 9,600,000 ms ÷ 60,000 = 160 minutes",
        "  From the first on: 100 ÷ 60 × CN¥1.00 = CN¥1.67 (166 2/3 minor units of CNY, exactly)",
        "  From 100 on: 60 ÷ 60 × CN¥2.00 = CN¥2.00",
    )


def test_shares_read_in_chinese_with_the_names_of_the_policy() -> None:
    clause = a_revenue_share()
    names = policy_titles(terms_of(clause).policy, "zh-Hans")
    proof = proof_of(unlocked(10_000, channel="wechat_ios"), clause=clause)
    lines = explain_proof(proof, language="zh-Hans", names=names)
    assert lines[0].startswith("制作方分成 50%：¥44.00")
    assert "    收入（微信（iOS））：¥100.00" in lines
    assert any("¥100.00 的 12% = ¥12.00" in line for line in lines)


def test_whole_amount_says_that_all_is_paid_at_one_rate() -> None:
    clause = a_tiered_rate((0, "1"), (100, "2"), reading=Reading.WHOLE_AMOUNT)
    lines = explain_proof(proof_of(watched(160), clause=clause), language="en")
    assert lines[2].startswith("  The whole at the rate from 100 on: 160 ÷ 60 × CN¥2.00 = CN¥5.33")


def test_tree_rounds_only_its_results_and_shows_what_is_exact() -> None:
    told = put_proof_in_words(proof_of(watched(160)), language="en")
    assert (told.result, told.exact) == ("CN¥3.67", "366 2/3 minor units of CNY, exactly")
    first = told.steps[1]
    assert (first.sentence, first.arithmetic) == ("From the first on", "100 ÷ 60 × 1 = 5/3")


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        (a_step("paid_minor - kept_minor", 500, paid_minor=700, kept_minor=200), "7 − 2 = 5"),
        (a_step("min(a_minor, b_minor)", 200, a_minor=700, b_minor=200), "min(7, 2) = 2"),
        (a_step("a_minor * (b - c)", 200, a_minor=100, b=5, c=3), "1 × (5 − 3) = 2"),
        (a_step("a_minor - (b_minor - c_minor)", 0, a_minor=200, b_minor=500, c_minor=300),
         "2 − (5 − 3) = 0"),
        (a_step("a_minor", 200, a_minor=200), ""),
        (a_step("what * part", 200, what=400, part="1/2"), "400 × 0.5 = 200"),
        (a_step("a / b", 2, a=4, b=2, unit="count"), "4 ÷ 2 = 2"),
    ],
)  # fmt: skip
def test_arithmetic_is_in_major_units_where_names_tell_the_unit(step, shown) -> None:
    assert show_arithmetic(step, "en") == shown


def test_step_that_nobody_described_shows_its_code() -> None:
    step = a_step("a_minor", 200, a_minor=200)
    assert explain_proof(step, language="en") == ("Undescribed: CN¥2.00",)
