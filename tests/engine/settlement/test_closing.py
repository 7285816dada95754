"""A closed period is frozen in a chain."""

from dataclasses import replace

import pytest

from duanju.kernel import Month, Party
from duanju.settlement import (
    ClaimKey,
    ClosedOutOfOrder,
    Posting,
    Snapshot,
    Statement,
    Transaction,
    find_breaks,
    freeze_period,
)

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
PLATFORM, STUDIO = Party("platform", "aurora"), Party("studio", "lanxi")


def a_transaction(own_id: str, period: Month, amount_minor: int) -> Transaction:
    """Return what the platform owes the studio in a period."""
    legs = (
        Posting("expense:platform:aurora", -amount_minor, "CNY"),
        Posting("payable:studio:lanxi", amount_minor, "CNY"),
    )
    return Transaction(own_id, period, period, ClaimKey("deal-1", "hours", "101", "CNY"), legs)


LEDGER = [a_transaction("b", SEPTEMBER, 5), a_transaction("a", SEPTEMBER, 7)]
LEDGER += [a_transaction("c", OCTOBER, 11)]


def closed(period: Month, previous: Snapshot | None = None) -> Snapshot:
    """Freeze a period of the ledger."""
    statement = Statement(period, "deal-1", PLATFORM, STUDIO, (), (), f"digest of {period}")
    return freeze_period(
        period=period, transactions=LEDGER, statements=[statement], previous=previous
    )


def test_snapshot_holds_what_its_own_period_posted() -> None:
    snapshot = closed(SEPTEMBER)
    assert snapshot.transaction_ids == ("a", "b")
    assert snapshot.balances == (
        Posting("expense:platform:aurora", -12, "CNY"),
        Posting("payable:studio:lanxi", 12, "CNY"),
    )
    assert snapshot.statement_digests == ("digest of 2026-09",)


def test_chain_that_nobody_touched_holds() -> None:
    september = closed(SEPTEMBER)
    assert find_breaks([september, closed(OCTOBER, september)]) == ()


def test_order_in_which_transactions_are_handed_in_changes_nothing() -> None:
    again = freeze_period(
        period=SEPTEMBER,
        transactions=reversed(LEDGER),
        statements=[Statement(SEPTEMBER, "deal-1", PLATFORM, STUDIO, (), (), "digest of 2026-09")],
    )
    assert again == closed(SEPTEMBER)


def test_changed_or_missing_snapshot_breaks_the_chain() -> None:
    september = closed(SEPTEMBER)
    october = closed(OCTOBER, september)
    changed = replace(september, transaction_ids=("a",))
    assert [problem.code for problem in find_breaks([changed, october])] == [
        "settlement.snapshot-changed"
    ]
    assert [problem.code for problem in find_breaks([october])] == ["settlement.chain-broken"]
    rewritten = closed(SEPTEMBER, None)
    other = replace(rewritten, digest="0" * 64)
    assert [problem.code for problem in find_breaks([other, october])] == [
        "settlement.snapshot-changed",
        "settlement.chain-broken",
    ]


def test_periods_are_closed_in_their_order() -> None:
    september = closed(SEPTEMBER)
    for period in (SEPTEMBER, Month(2026, 8)):
        with pytest.raises(ClosedOutOfOrder):
            closed(period, september)
