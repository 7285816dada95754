"""Whoever is a party and takes a deduction at source has a statement of it."""

from dataclasses import replace
from fractions import Fraction

from duanju.deals import Counted, Deduction, entitle
from duanju.kernel import Party
from duanju.settlement import Settlement
from duanju.workflows import settle_facts
from tests.support.obligations import NAMED, NEW_YEAR
from tests.support.terms import (
    PLATFORM,
    SEPTEMBER,
    STUDIO,
    a_channel_fee,
    a_contract,
    a_revenue_share,
    terms_of,
    unlocked,
)

OWNER = Party("ip_owner", "shen")


def at_source(receiver: str) -> Deduction:
    """Return a tenth of what is left, taken before the shares."""
    return Deduction(name="ip_fee", title=NAMED, receiver=receiver, rate=Fraction(1, 10))


def settled(receiver: str, **shares: Fraction) -> Settlement:
    """Settle a hundred yuan of unlocks, of which a channel takes 12."""
    clause = a_revenue_share(
        a_channel_fee(), at_source(receiver), base="after_ip_fee", shares=shares
    )
    terms = terms_of(clause, parties=(PLATFORM, STUDIO, OWNER))
    return settle_facts(
        contracts=[a_contract(terms)],
        facts=[unlocked(10_000, channel="wechat_ios")],
        posted=[],
        period=SEPTEMBER,
    )


def test_owner_at_source_has_a_statement_with_the_deductions_of_others() -> None:
    settlement = settled("ip_owner", studio=Fraction(1, 2))
    assert settlement.problems == ()
    by_payee = {own.payee: own.lines[0] for own in settlement.statements}
    assert {payee: line.amount_minor for payee, line in by_payee.items()} == {
        OWNER: 880,
        STUDIO: 3_960,
    }
    own = by_payee[OWNER]
    assert (own.gross_minor, own.cumulative_minor, own.proof.result) == (10_000, 880, 880)
    assert [(line.name, line.amount_minor) for line in own.deductions] == [("channel_fee", 1_200)]
    names = [(line.name, line.amount_minor) for line in by_payee[STUDIO].deductions]
    assert names == [("channel_fee", 1_200), ("ip_fee", 880)]


def test_deduction_and_share_of_one_party_are_one_line() -> None:
    settlement = settled("ip_owner", studio=Fraction(1, 2), ip_owner=Fraction(1, 4))
    (statement,) = (own for own in settlement.statements if own.payee == OWNER)
    (line,) = statement.lines
    assert (line.amount_minor, line.proof.result, line.proof.code) == (
        2_860,
        2_860,
        "shares_together",
    )


def test_what_the_payer_takes_itself_is_on_its_account_of_fees_alone() -> None:
    settlement = settled("platform", studio=Fraction(1, 2))
    assert [own.payee for own in settlement.statements] == [STUDIO]


def test_several_incomes_are_no_one_measure() -> None:
    clause = a_revenue_share()
    several = replace(clause, counted=(*clause.counted, Counted(measure="advert_income")))
    found = [
        {own.measure for own in entitle(terms=terms_of(own), facts=[], as_of=NEW_YEAR)}
        for own in (clause, several)
    ]
    assert found == [{"unlock_income"}, {""}]
