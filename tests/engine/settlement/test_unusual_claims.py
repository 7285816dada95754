"""Claims that are negative, divide more than there is, have many payees, or are taken away."""

from dataclasses import replace
from fractions import Fraction

import pytest

from duanju.kernel import Month, Party, ProofStep
from duanju.settlement import (
    Claim,
    ClaimKey,
    Direction,
    Part,
    PartKind,
    Settlement,
    balances,
    settle,
    with_retired,
)
from tests.support.proofs import recompute

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
PLATFORM, STUDIO = Party("platform", "aurora"), Party("studio", "lanxi")
DIRECTOR, AGENT, BACKER = Party("director", "qiu"), Party("agent", "mei"), Party("backer", "he")
KEY = ClaimKey("deal-1", "hours", "101", "CNY")


def a_part(amount: Fraction | int | str, party: Party = STUDIO) -> Part:
    """Return a share whose proof is the bare number."""
    exact = Fraction(amount)
    proof = ProofStep("income", "amount", {"amount": exact, "channel": ""}, exact, "minor", "CNY")
    return Part(party, PartKind.SHARE, party.role, exact, proof)


def owed(*parts: Part, payer: Party = PLATFORM, key: ClaimKey = KEY) -> Claim:
    """Return an obligation for which nothing is counted."""
    return Claim(key, Direction.OBLIGATION, payer, "", 0, parts)


def divided(*parts: Part, measure: str = "") -> Claim:
    """Return a distribution of what its parts sum to."""
    total = sum((part.amount for part in parts), Fraction(0))
    return Claim(KEY, Direction.DISTRIBUTION, PLATFORM, measure, int(total), parts)


def settled(*claims: Claim) -> Settlement:
    """Settle September."""
    return settle(claims_by_month={SEPTEMBER: claims}, posted=[], period=SEPTEMBER)


def settled_in_october(claims: dict[Month, list[Claim]], september: Settlement) -> Settlement:
    """Settle October of a deal that was amended to other claims."""
    posted = september.transactions
    amended = with_retired(claims_by_month=claims, posted=posted, period=OCTOBER)
    return settle(claims_by_month=amended, posted=posted, period=OCTOBER)


def held(settlement: Settlement) -> dict[str, int]:
    """Return what each account holds after a settlement."""
    return {account: own for (account, _), own in balances(settlement.transactions).items()}


def amounts(settlement: Settlement) -> dict[str, int]:
    """Return the total of each statement, by who pays whom."""
    return {f"{own.payer}>{own.payee}": own.totals[0].amount_minor for own in settlement.statements}


def test_what_a_limit_takes_off_is_a_negative_line() -> None:
    cap = replace(KEY, clause_id="cap")
    settlement = settled(owed(a_part(1_000)), owed(a_part("-801/2"), key=cap))
    assert held(settlement) == {"expense:platform:aurora": -600, "payable:studio:lanxi": 600}
    (statement,) = settlement.statements
    assert [(line.key.clause_id, line.amount_minor) for line in statement.lines] == [
        ("cap", -400),
        ("hours", 1_000),
    ]


def test_commission_is_an_expense_of_the_studio() -> None:
    settlement = settled(owed(a_part(70, AGENT), payer=STUDIO))
    assert held(settlement) == {"expense:studio:lanxi": -70, "payable:agent:mei": 70}
    assert amounts(settlement) == {"studio:lanxi>agent:mei": 70}


def test_award_to_several_people_states_each_their_own() -> None:
    settlement = settled(owed(a_part("5/2", DIRECTOR), a_part("7/2", AGENT)))
    assert held(settlement) == {
        "expense:platform:aurora": -6,
        "payable:agent:mei": 4,
        "payable:director:qiu": 2,
    }
    assert amounts(settlement) == {
        "platform:aurora>agent:mei": 4,
        "platform:aurora>director:qiu": 2,
    }


def test_deficit_payer_adds_what_the_shares_exceed_the_income_by() -> None:
    parts = (a_part("250/3"), a_part("200/3", DIRECTOR), a_part(-50, BACKER))
    settlement = settled(divided(*parts))
    assert held(settlement) == {
        "income:pool:platform:aurora": -100,
        "payable:backer:he": -50,
        "payable:director:qiu": 67,
        "payable:studio:lanxi": 83,
    }
    assert sum(amounts(settlement).values()) == 100


def test_income_of_one_measure_is_named_by_it() -> None:
    assert "income:advert_income:platform:aurora" in held(
        settled(divided(a_part(3), measure="advert_income"))
    )


def test_several_shares_of_one_party_are_one_line_with_one_proof() -> None:
    settlement = settled(owed(a_part("41/2"), a_part("-1/4")))
    (statement,) = settlement.statements
    (line,) = statement.lines
    assert (line.amount_minor, line.proof.result) == (20, Fraction(81, 4))
    assert recompute(line.proof) == Fraction(81, 4)
    assert held(settlement)["payable:studio:lanxi"] == 20


@pytest.mark.parametrize(
    "claim",
    [
        owed(a_part(700), a_part(-20, DIRECTOR)),
        divided(a_part(60), a_part(40, PLATFORM)),
        divided(a_part(60), a_part(40, PLATFORM), measure="unlock_income"),
    ],
)
def test_claim_that_an_amendment_took_away_is_given_back_and_says_so(claim: Claim) -> None:
    september = settled(claim)
    october = settled_in_october({}, september)
    assert october.problems == ()
    assert balances([*september.transactions, *october.transactions]) == {}
    before, after = amounts(september), amounts(october)
    assert after == {place: -amount for place, amount in before.items()}
    for statement in october.statements:
        (line,) = statement.lines
        assert (line.corrects, line.proof.code, line.cumulative_minor) == (SEPTEMBER, "retired", 0)
        assert recompute(line.proof) == 0


def test_payee_that_an_amendment_took_away_gives_back_and_reads_so() -> None:
    september = settled(owed(a_part(700), a_part(70, AGENT)))
    october = settled_in_october({SEPTEMBER: [owed(a_part(650))]}, september)
    assert amounts(october) == {
        "platform:aurora>agent:mei": -70,
        "platform:aurora>studio:lanxi": -50,
    }


def test_claims_that_still_hold_and_later_months_stay_as_they_are() -> None:
    posted = settled(owed(a_part(700))).transactions
    claims = {SEPTEMBER: [owed(a_part(800))]}
    assert with_retired(claims_by_month=claims, posted=posted, period=OCTOBER) == claims
    assert with_retired(claims_by_month={}, posted=posted, period=Month(2026, 8)) == {}
