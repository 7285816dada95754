"""Transfers are decided: booked once, whole or not at all, and nothing is lost on the way."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.settlement import (
    AccountBalance,
    AccountKey,
    AccountState,
    MalformedTransfer,
    Receipt,
    Transfer,
    TransferAction,
    TransferDecision,
    TransferLeg,
    TransferState,
    UnbalancedTransaction,
    decide_transfers,
)
from duanju.settlement.transfer import AMOUNT_MINOR_MAX, LEGS_MAX
from tests.support.transfers import (
    BANK,
    DOLLARS,
    STUDIO,
    WRITER,
    a_hold,
    a_move,
    a_posting,
    a_voiding,
    between,
    yuan,
)

NOON = datetime(2026, 11, 14, 4, tzinfo=UTC)
OPEN = {BANK: AccountState(True), STUDIO: AccountState(False), WRITER: AccountState(False)}


def decided(
    *transfers: Transfer, accounts: dict[AccountKey, AccountState] | None = None
) -> TransferDecision:
    return decide_transfers(
        transfers=transfers, known={}, resolved={}, accounts=accounts or OPEN, now=NOON
    )


def codes(*transfers: Transfer) -> list[str]:
    decision = decided(*transfers)
    assert (decision.receipts, decision.booked) == ((), ())
    return [problem.code for problem in decision.problems]


def test_each_leg_says_what_its_account_holds_right_after() -> None:
    decision = decided(
        a_move("in", 100, out_of=BANK, into=STUDIO),
        a_hold("pay", 60, out_of=STUDIO, into=BANK),
        a_posting("paid", "pay"),
    )
    assert decision.booked == decision.receipts
    assert [own.state for own in decision.receipts] == ["posted", "pending", "posted"]
    studio = [
        (leg.sequence, leg.posted_minor, leg.pending_in_minor, leg.pending_out_minor)
        for receipt in decision.receipts
        for leg in receipt.legs
        if leg.leg.account == STUDIO
    ]
    assert studio == [(1, 100, 0, 0), (2, 100, 0, 60), (3, 40, 0, 0)]
    assert [leg.left_minor for own in decision.receipts for leg in own.legs] == [
        *(None, None),
        *(40, None),
        *(None, None),
    ]


def test_what_was_settled_may_be_given_away_and_no_more() -> None:
    accounts = OPEN | {STUDIO: AccountState(False, AccountBalance(settled_minor=50))}
    (receipt,) = decided(a_move("m", 50, out_of=STUDIO, into=BANK), accounts=accounts).receipts
    assert receipt.legs[0].left_minor == 0
    (problem,) = decided(a_move("m", 51, out_of=STUDIO, into=BANK), accounts=accounts).problems
    assert (problem.params["available_minor"], problem.params["amount_minor"]) == (50, 51)


def test_an_account_below_zero_after_a_correction_can_receive() -> None:
    accounts = OPEN | {STUDIO: AccountState(False, AccountBalance(settled_minor=-80))}
    (receipt,) = decided(a_move("m", 50, out_of=BANK, into=STUDIO), accounts=accounts).receipts
    assert receipt.legs[1].posted_minor == 50


def test_what_was_held_is_posted_though_a_correction_took_the_money_away() -> None:
    held = decided(
        a_hold("pay", 60, out_of=STUDIO, into=BANK),
        accounts=OPEN | {STUDIO: AccountState(False, AccountBalance(settled_minor=60))},
    ).receipts[0]
    balance = AccountBalance(settled_minor=10, pending_out_minor=60)
    decision = decide_transfers(
        transfers=[a_posting("paid", "pay")],
        known={"pay": held},
        resolved={},
        accounts=OPEN | {STUDIO: AccountState(False, balance, sequence=1, last_at=NOON)},
        now=NOON,
    )
    assert decision.problems == ()
    assert decision.booked[0].legs[0].posted_minor == -60


def test_a_retry_in_the_same_call_is_a_retry() -> None:
    own = a_move("in", 1, out_of=BANK, into=STUDIO)
    decision = decided(own, own)
    assert decision.receipts[0] == decision.receipts[1]
    assert len(decision.booked) == 1
    assert codes(own, a_move("in", 2, out_of=BANK, into=STUDIO)) == ["settlement.transfer-differs"]


def test_every_field_that_differs_is_named() -> None:
    first = a_move("in", 1, out_of=BANK, into=STUDIO, purpose="p")
    decision = decided(first, a_hold("h", 1, out_of=BANK, into=STUDIO), a_voiding("in", "h"))
    assert [problem.params["field"] for problem in decision.problems] == [
        "action",
        "legs",
        "resolves",
        "purpose",
    ]


@pytest.mark.parametrize(
    ("transfers", "code"),
    [
        ([a_move("m", 1, out_of=STUDIO, into=BANK)], "settlement.account-below-zero"),
        ([a_posting("p", "nothing")], "settlement.transfer-unknown"),
        (
            [a_move("m", 1, out_of=BANK, into=STUDIO), a_voiding("v", "m")],
            "settlement.transfer-never-pending",
        ),
        (
            [
                a_hold("h", 1, out_of=BANK, into=STUDIO),
                a_posting("p", "h"),
                a_voiding("v", "h"),
            ],
            "settlement.transfer-resolved",
        ),
    ],
)
def test_a_refusal_takes_the_whole_call_with_it(transfers: list[Transfer], code: str) -> None:
    assert codes(*transfers) == [code]


def test_an_account_that_is_not_open_is_named() -> None:
    unknown = AccountKey("payable:studio:nobody", "7", "CNY")
    (problem,) = decided(a_move("m", 1, out_of=BANK, into=unknown)).problems
    assert (problem.code, problem.params["title"]) == ("settlement.account-not-open", "7")


def test_an_accounts_time_never_runs_back() -> None:
    later = NOON + timedelta(hours=1)
    accounts = OPEN | {STUDIO: AccountState(False, last_at=later)}
    decision = decided(
        a_move("a", 1, out_of=BANK, into=STUDIO),
        a_move("b", 1, out_of=BANK, into=WRITER),
        accounts=accounts,
    )
    assert [own.at for own in decision.receipts] == [later, later]


@pytest.mark.parametrize(
    ("own_id", "action", "legs", "resolves", "purpose"),
    [
        ("", "move", between(1, out_of=BANK, into=STUDIO), "", ""),
        ("x" * 65, "move", between(1, out_of=BANK, into=STUDIO), "", ""),
        ("m", "move", (), "", ""),
        ("m", "move", between(0, out_of=BANK, into=STUDIO), "", ""),
        ("m", "move", between(1, out_of=BANK, into=BANK), "", ""),
        ("m", "hold", between(AMOUNT_MINOR_MAX + 1, out_of=BANK, into=STUDIO), "", ""),
        ("m", "move", between(1, out_of=BANK, into=STUDIO), "h", ""),
        ("m", "move", between(1, out_of=BANK, into=STUDIO), "", "p" * 121),
        ("p", "post", (), "", ""),
        ("p", "post", between(1, out_of=BANK, into=STUDIO), "h", ""),
        ("m", "move", (TransferLeg(BANK, 1),) * (LEGS_MAX + 1), "", ""),
    ],
)
def test_what_cannot_be_meant_is_no_transfer(
    own_id: str, action: str, legs: tuple[TransferLeg, ...], resolves: str, purpose: str
) -> None:
    with pytest.raises(MalformedTransfer):
        Transfer(own_id, TransferAction(action), legs, resolves, purpose)


@pytest.mark.parametrize(
    "legs",
    [
        (TransferLeg(BANK, 1),),
        (TransferLeg(BANK, -1), TransferLeg(DOLLARS, 1)),
    ],
)
def test_legs_that_do_not_balance_are_no_transfer(legs: tuple[TransferLeg, ...]) -> None:
    with pytest.raises(UnbalancedTransaction):
        Transfer("m", TransferAction.MOVE, legs)


IDS = st.sampled_from(["a", "b", "c", "d", "e", "f"])
MOVES = st.builds(
    lambda own_id, action, amount, way: Transfer(
        own_id, action, between(amount, out_of=way[0], into=way[1])
    ),
    IDS,
    st.sampled_from([TransferAction.MOVE, TransferAction.HOLD]),
    st.integers(1, 5),
    st.permutations([BANK, STUDIO, WRITER]),
)
ENDS = st.builds(
    lambda own_id, action, held: Transfer(own_id, action, resolves=held),
    IDS,
    st.sampled_from([TransferAction.POST, TransferAction.VOID]),
    IDS,
)


def replayed(
    transfers: list[Transfer],
) -> tuple[dict[str, Receipt], dict[AccountKey, AccountState]]:
    """Decide transfers one call each; keep what is booked, as a store would."""
    known: dict[str, Receipt] = {}
    resolved: dict[str, str] = {}
    accounts = dict(OPEN)
    for transfer in transfers:
        decision = decide_transfers(
            transfers=[transfer], known=known, resolved=resolved, accounts=accounts, now=NOON
        )
        for receipt in decision.booked:
            known[receipt.transfer.id] = receipt
            if receipt.transfer.resolves:
                resolved[receipt.transfer.resolves] = receipt.transfer.id
            for own in receipt.legs:
                accounts[own.leg.account] = AccountState(
                    accounts[own.leg.account].may_be_negative,
                    AccountBalance(
                        0, own.posted_minor, own.pending_in_minor, own.pending_out_minor
                    ),
                    own.sequence,
                    receipt.at,
                )
    return known, accounts


@given(st.lists(MOVES | ENDS, max_size=30))
def test_money_is_conserved_and_no_limit_is_passed(transfers: list[Transfer]) -> None:
    known, accounts = replayed(transfers)
    balances = {key: own.balance for key, own in accounts.items()}
    assert sum(own.posted_minor for own in balances.values()) == 0
    assert sum(own.pending_in_minor - own.pending_out_minor for own in balances.values()) == 0
    assert balances[STUDIO].available_minor >= 0
    assert balances[WRITER].available_minor >= 0
    ended = {own.transfer.resolves for own in known.values()}
    pending = [
        own
        for own in known.values()
        if own.state is TransferState.PENDING and own.transfer.id not in ended
    ]
    held = sum(
        leg.leg.amount_minor for own in pending for leg in own.legs if leg.leg.amount_minor > 0
    )
    assert sum(own.pending_in_minor for own in balances.values()) == held


@given(st.lists(MOVES | ENDS, max_size=20))
def test_sending_everything_again_changes_nothing(transfers: list[Transfer]) -> None:
    known, accounts = replayed(transfers)
    booked = [own.transfer for own in known.values()]
    assert replayed(booked + booked) == (known, accounts)


@given(st.lists(MOVES | ENDS, max_size=12))
def test_one_call_of_many_does_what_many_calls_do(transfers: list[Transfer]) -> None:
    known, _ = replayed(transfers)
    decision = decided(*(own.transfer for own in known.values()))
    assert decision.receipts == tuple(known.values())


def test_the_worked_table_of_the_explanation() -> None:
    text = (Path(__file__).parents[3] / "docs" / "explanation" / "ledger.md").read_text("utf-8")
    told = re.findall(r"^\| [^|]+ \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    decision = decided(
        a_move("in", yuan(100), out_of=BANK, into=STUDIO),
        a_hold("a", yuan(60), out_of=STUDIO, into=BANK),
        a_posting("a paid", "a"),
        a_hold("b", yuan(30), out_of=STUDIO, into=BANK),
        a_voiding("b returned", "b"),
    )
    rows = [
        (own.posted_minor, own.pending_out_minor, own.posted_minor - own.pending_out_minor)
        for receipt in decision.receipts
        for own in receipt.legs
        if own.leg.account == STUDIO
    ]
    assert told == [tuple(f"{minor // 100}.{minor % 100:02}" for minor in row) for row in rows]
