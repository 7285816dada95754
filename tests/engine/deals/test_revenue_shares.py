"""An income divided: what comes in goes out."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from duanju.deals import Deduction, Fact, RevenueShare, entitle
from duanju.kernel import Party, Text
from tests.support.proofs import recompute
from tests.support.terms import PLATFORM, STUDIO, a_channel_fee, a_revenue_share, terms_of, unlocked

NEW_YEAR = date(2027, 1, 1)
TAXMAN = Party("tax_office", "shanghai")


def parts_of(clause: RevenueShare, *facts: Fact) -> dict[str, Fraction]:
    """Return what each party has received by New Year."""
    terms = terms_of(clause, parties=(PLATFORM, STUDIO, TAXMAN))
    earned = entitle(terms=terms, facts=facts, as_of=NEW_YEAR)
    return {str(own.party): own.amount for own in earned}


def a_tax(rate: str) -> Deduction:
    """Return a deduction for the tax office on web payments."""
    return Deduction("tax", Text({"en": "Tax"}), "tax_office", {"web": Fraction(rate)})


def test_share_is_taken_after_the_channels_fee() -> None:
    assert parts_of(a_revenue_share(), unlocked(10_000, channel="wechat_ios")) == {
        "channel:wechat_ios": 1_200,
        "studio:lanxi": 4_400,
        "platform:aurora": 4_400,
    }


def test_share_of_the_gross_leaves_the_fee_to_the_residual_receiver() -> None:
    clause = a_revenue_share(base="gross")
    assert parts_of(clause, unlocked(10_000, channel="wechat_ios")) == {
        "channel:wechat_ios": 1_200,
        "studio:lanxi": 5_000,
        "platform:aurora": 3_800,
    }


def test_deductions_are_taken_in_order_each_from_what_is_left() -> None:
    fee, tax = a_channel_fee(web="0.10"), a_tax("0.20")
    assert parts_of(a_revenue_share(fee, tax, base="after_tax"), unlocked(10_000)) == {
        "channel:web": 1_000,
        "tax_office:shanghai": 1_800,
        "studio:lanxi": 3_600,
        "platform:aurora": 3_600,
    }
    assert parts_of(a_revenue_share(tax, fee, base="after_tax"), unlocked(10_000)) == {
        "tax_office:shanghai": 2_000,
        "channel:web": 800,
        "studio:lanxi": 4_000,
        "platform:aurora": 3_200,
    }


def test_each_channel_pays_its_own_fee() -> None:
    clause = a_revenue_share(a_channel_fee(web="0", wechat_ios="0.12", wechat_android="0.01"))
    assert parts_of(
        clause,
        unlocked(100, channel="web"),
        unlocked(100, channel="wechat_ios"),
        unlocked(100, channel="wechat_android"),
    ) == {
        "channel:web": 0,
        "channel:wechat_android": 1,
        "channel:wechat_ios": 12,
        "studio:lanxi": Fraction(287, 2),
        "platform:aurora": Fraction(287, 2),
    }


def test_refunds_beyond_the_income_turn_every_part_negative() -> None:
    assert parts_of(a_revenue_share(), unlocked(-100)) == {
        "channel:web": 0,
        "studio:lanxi": -50,
        "platform:aurora": -50,
    }


def test_title_without_income_still_names_its_parties() -> None:
    assert parts_of(a_revenue_share()) == {"studio:lanxi": 0, "platform:aurora": 0}


amounts = st.integers(min_value=-(10**12), max_value=10**15)
fractions = st.fractions(min_value=0, max_value=1, max_denominator=1000)


@given(amounts, amounts, fractions, fractions, fractions)
def test_what_comes_in_goes_out_and_every_step_recomputes(
    web_minor: int, ios_minor: int, web_fee: Fraction, ios_fee: Fraction, share: Fraction
) -> None:
    fee = Deduction(
        "channel_fee", Text({"en": "Fee"}), "channel", {"web": web_fee, "wechat_ios": ios_fee}
    )
    terms = terms_of(a_revenue_share(fee, shares={"studio": share}))
    facts = [unlocked(web_minor), unlocked(ios_minor, channel="wechat_ios")]
    earned = entitle(terms=terms, facts=facts, as_of=NEW_YEAR)
    assert sum(own.amount for own in earned) == web_minor + ios_minor
    for own in earned:
        assert recompute(own.proof) == own.amount
