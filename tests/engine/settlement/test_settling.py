"""What is posted is what is claimed less what was posted."""

from dataclasses import replace
from fractions import Fraction

import pytest

from duanju.kernel import Month, Party, ProofStep, RoundingRule
from duanju.settlement import (
    Claim,
    ClaimKey,
    Direction,
    Part,
    PartKind,
    PeriodClosed,
    Posting,
    Settlement,
    Transaction,
    UnbalancedTransaction,
    balances,
    settle,
)

SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
PLATFORM, STUDIO = Party("platform", "aurora"), Party("studio", "lanxi")
WEB = Party("channel", "web")
KEY = ClaimKey("deal-1", "hours", "101", "CNY")
EXPENSE, PAYABLE = "expense:platform:aurora", "payable:studio:lanxi"


def a_part(
    amount: Fraction | int, party: Party = STUDIO, kind: PartKind = PartKind.SHARE, name: str = ""
) -> Part:
    """Return a part whose proof is the bare number."""
    exact = Fraction(amount)
    proof = ProofStep("income", "amount", {"amount": exact, "channel": ""}, exact, "minor", "CNY")
    return Part(party, kind, name or party.role, exact, proof)


def owed(amount: Fraction | int, *, quantity: int = 0, key: ClaimKey = KEY) -> Claim:
    """Return a claim that the platform owes the studio so much since the start."""
    measure = "effective_minutes"
    return Claim(key, Direction.OBLIGATION, PLATFORM, measure, quantity, (a_part(amount),))


def divided(fee: Fraction | int, studio: Fraction | int, platform: Fraction | int) -> Claim:
    """Return a claim that divides an income since the start."""
    parts = (
        a_part(fee, WEB, PartKind.DEDUCTION, "channel_fee"),
        a_part(studio),
        a_part(platform, PLATFORM),
    )
    total = sum((part.amount for part in parts), Fraction(0))
    return Claim(
        ClaimKey("deal-2", "unlocks", "101", "CNY"),
        Direction.DISTRIBUTION,
        PLATFORM,
        "unlock_income",
        int(total),
        parts,
    )


def posted_by(*settlements: Settlement) -> list[Transaction]:
    """Return all transactions of some settlements."""
    return [own for settlement in settlements for own in settlement.transactions]


def test_obligation_is_rounded_to_the_even_fen_and_balances() -> None:
    settlement = settle(
        claims_by_month={SEPTEMBER: [owed(Fraction(1001, 2))]}, posted=[], period=SEPTEMBER
    )
    (transaction,) = settlement.transactions
    assert transaction.legs == (Posting(EXPENSE, -500, "CNY"), Posting(PAYABLE, 500, "CNY"))
    assert (transaction.period, transaction.concerns_period) == (SEPTEMBER, SEPTEMBER)


def test_months_round_their_cumulative_sums_so_no_fen_drifts() -> None:
    third = Fraction(100, 3)
    claims = {
        SEPTEMBER: [owed(third)],
        OCTOBER: [owed(2 * third)],
        NOVEMBER: [owed(3 * third)],
    }
    september = settle(claims_by_month=claims, posted=[], period=SEPTEMBER)
    october = settle(claims_by_month=claims, posted=posted_by(september), period=OCTOBER)
    november = settle(claims_by_month=claims, posted=posted_by(september, october), period=NOVEMBER)
    assert [
        settlement.statements[0].totals[0].amount_minor
        for settlement in (september, october, november)
    ] == [33, 34, 33]


def test_settling_twice_posts_nothing_and_shows_the_same_statement() -> None:
    claims = {SEPTEMBER: [owed(700, quantity=9)]}
    first = settle(claims_by_month=claims, posted=[], period=SEPTEMBER)
    second = settle(claims_by_month=claims, posted=first.transactions, period=SEPTEMBER)
    assert second.transactions == ()
    assert second.statements == first.statements


def test_retry_that_lost_its_reply_makes_the_same_ids() -> None:
    claims = {SEPTEMBER: [owed(700), divided(1, 2, 3)]}
    first = settle(claims_by_month=claims, posted=[], period=SEPTEMBER)
    assert settle(claims_by_month=claims, posted=[], period=SEPTEMBER) == first


def test_late_event_appears_as_correction_of_the_month_it_concerns() -> None:
    known = {SEPTEMBER: [owed(700)]}
    september = settle(claims_by_month=known, posted=[], period=SEPTEMBER)
    later = {SEPTEMBER: [owed(760, quantity=3)], OCTOBER: [owed(1_000, quantity=5)]}
    october = settle(claims_by_month=later, posted=september.transactions, period=OCTOBER)
    correction, regular = october.statements[0].lines
    assert (correction.concerns_period, correction.corrects) == (SEPTEMBER, SEPTEMBER)
    assert (correction.posted_before_minor, correction.amount_minor) == (700, 60)
    assert (regular.corrects, regular.previous_cumulative_minor, regular.amount_minor) == (
        None,
        760,
        240,
    )
    assert balances(posted_by(september, october))[PAYABLE, "CNY"] == 1_000


def test_correction_may_be_negative() -> None:
    september = settle(claims_by_month={SEPTEMBER: [owed(700)]}, posted=[], period=SEPTEMBER)
    less = {SEPTEMBER: [owed(100)], OCTOBER: [owed(100)]}
    october = settle(claims_by_month=less, posted=september.transactions, period=OCTOBER)
    (line,) = october.statements[0].lines
    assert (line.corrects, line.amount_minor) == (SEPTEMBER, -600)


def test_correction_of_a_correction_has_an_id_of_its_own() -> None:
    amounts = (700, 100, 700, 100, 700)
    posted: list[Transaction] = []
    for amount in amounts:
        claims = {SEPTEMBER: [owed(amount)]}
        posted += settle(claims_by_month=claims, posted=posted, period=SEPTEMBER).transactions
    assert len({transaction.id for transaction in posted}) == len(amounts)
    assert balances(posted)[PAYABLE, "CNY"] == 700


def test_same_transaction_handed_in_twice_counts_once() -> None:
    claims = {SEPTEMBER: [owed(700)]}
    first = settle(claims_by_month=claims, posted=[], period=SEPTEMBER)
    twice = [*first.transactions, *first.transactions]
    assert settle(claims_by_month=claims, posted=twice, period=SEPTEMBER).transactions == ()


def test_parts_of_an_income_sum_to_it_and_leftover_fen_have_an_owner() -> None:
    claim = divided(Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))
    (transaction,) = settle(
        claims_by_month={SEPTEMBER: [claim]}, posted=[], period=SEPTEMBER
    ).transactions
    assert transaction.legs == (
        Posting("fee:channel_fee:channel:web", 1, "CNY"),
        Posting("income:unlock_income:platform:aurora", -1, "CNY"),
    )


def test_statement_lists_the_deductions_before_the_share() -> None:
    settlement = settle(
        claims_by_month={SEPTEMBER: [divided(12, 44, 44)]}, posted=[], period=SEPTEMBER
    )
    (statement,) = settlement.statements
    (line,) = statement.lines
    assert (statement.payer, statement.payee) == (PLATFORM, STUDIO)
    assert (line.gross_minor, line.amount_minor) == (100, 44)
    ((deduction),) = line.deductions
    assert (deduction.name, deduction.receiver, deduction.amount_minor) == ("channel_fee", WEB, 12)


def test_residual_rounding_leaves_the_odd_fen_with_its_party() -> None:
    claim = divided(0, Fraction(1, 2), Fraction(1, 2))
    for residual, account in ((STUDIO, PAYABLE), (PLATFORM, "retained:platform:aurora")):
        ruled = replace(claim, rounding=RoundingRule.RESIDUAL_PARTY, residual=residual)
        (transaction,) = settle(
            claims_by_month={SEPTEMBER: [ruled]}, posted=[], period=SEPTEMBER
        ).transactions
        assert Posting(account, 1, "CNY") in transaction.legs


def test_closed_period_refuses_to_change() -> None:
    claims = {SEPTEMBER: [owed(700)], OCTOBER: [owed(700)]}
    for closed in ([SEPTEMBER], [OCTOBER]):
        with pytest.raises(PeriodClosed):
            settle(claims_by_month=claims, posted=[], period=SEPTEMBER, closed=closed)
    assert settle(claims_by_month=claims, posted=[], period=OCTOBER, closed=[SEPTEMBER])


def test_posting_that_no_clause_claims_any_more_is_named_and_left_alone() -> None:
    other = ClaimKey("deal-1", "hours", "102", "CNY")
    claims = {SEPTEMBER: [owed(700), owed(5, key=other)]}
    september = settle(claims_by_month=claims, posted=[], period=SEPTEMBER)
    amended = {SEPTEMBER: [owed(700)], OCTOBER: [owed(900)]}
    october = settle(claims_by_month=amended, posted=september.transactions, period=OCTOBER)
    assert [(problem.code, problem.params["title"]) for problem in october.problems] == [
        ("settlement.posted-without-claim", "102")
    ]
    assert [own.key for own in october.transactions] == [KEY]


@pytest.mark.parametrize(
    "other", [(), (Posting(EXPENSE, -1, "USD"),), (Posting(EXPENSE, -2, "CNY"),)]
)
def test_legs_that_do_not_balance_are_refused(other: tuple[Posting, ...]) -> None:
    with pytest.raises(UnbalancedTransaction):
        Transaction("id", SEPTEMBER, SEPTEMBER, KEY, (Posting(PAYABLE, 1, "CNY"), *other))
