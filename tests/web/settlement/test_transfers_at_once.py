"""Many at once: what ledgers are held to, with threads and connections of their own.

The numbers are those of the conformance kits of ledgers: 64 copies, 500 credits, 20 withdrawals.
"""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from duanju.kernel import ProblemsFound
from duanju.settlement import Receipt, Transfer, TransferAction, TransferLeg
from duanju_web.settlement.models import LedgerTransfer, LedgerTransferLeg
from duanju_web.settlement.selectors import balance_of
from duanju_web.settlement.services import make_transfers
from tests.support.ledgers import an_open_ledger
from tests.support.people import A_MOMENT
from tests.support.transfers import (
    BANK,
    STUDIO,
    WRITER,
    a_hold,
    a_move,
    a_posting,
    a_voiding,
    yuan,
)

pytestmark = pytest.mark.django_db(transaction=True)

CREDIT_THREADS = 16


@pytest.fixture
def ledger() -> Any:
    return an_open_ledger()


def make(ledger: Any, *transfers: Transfer) -> tuple[Receipt, ...] | str:
    """Make transfers; a refusal is an answer, by the code of its problem."""
    try:
        return make_transfers(
            platform=ledger.organisation, transfers=transfers, actor=ledger, now=A_MOMENT
        )
    except ProblemsFound as refused:
        (problem,) = refused.problems
        return problem.code


def all_at_once(
    ledger: Any, wishes: Sequence[Sequence[Transfer]], *, threads: int = 0
) -> list[tuple[Receipt, ...] | str]:
    """Make each wish in a thread with a connection of its own; the threads start together."""
    threads = threads or len(wishes)
    ready = Barrier(threads)

    def work(number: int) -> list[tuple[Receipt, ...] | str]:
        try:
            ready.wait()
            return [make(ledger, *wish) for wish in wishes[number::threads]]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return [answer for own in pool.map(work, range(threads)) for answer in own]


def balance(ledger: Any, key: Any) -> int:
    return balance_of(ledger.organisation, key).balance_minor


def test_64_copies_of_one_request_apply_once(ledger):
    answers = all_at_once(ledger, [[a_move("one", yuan(10), out_of=BANK, into=STUDIO)]] * 64)
    assert len(answers) == 64
    assert len(set(answers)) == 1
    assert not isinstance(answers[0], str)
    assert (LedgerTransfer.objects.count(), LedgerTransferLeg.objects.count()) == (1, 2)
    assert balance(ledger, STUDIO) == yuan(10)


def test_500_credits_to_one_account_add_up(ledger):
    wishes = [[a_move(f"c{n}", n, out_of=BANK, into=STUDIO)] for n in range(1, 501)]
    answers = all_at_once(ledger, wishes, threads=CREDIT_THREADS)
    assert [own for own in answers if isinstance(own, str)] == []
    assert balance(ledger, STUDIO) == 125_250
    assert balance(ledger, BANK) == -125_250
    legs = LedgerTransferLeg.objects.filter(account__name=STUDIO.name).order_by("sequence")
    running = 0
    for place, leg in enumerate(legs, start=1):
        running += leg.amount_minor
        assert (leg.sequence, leg.posted_minor) == (place, running)


def test_20_withdrawals_of_10_from_100_apply_exactly_10_times(ledger):
    make(ledger, a_move("in", yuan(100), out_of=BANK, into=STUDIO))
    wishes = [[a_move(f"w{n}", yuan(10), out_of=STUDIO, into=BANK)] for n in range(20)]
    answers = all_at_once(ledger, wishes)
    refused = Counter(own for own in answers if isinstance(own, str))
    assert refused == {"settlement.account-below-zero": 10}
    assert balance(ledger, STUDIO) == 0
    assert LedgerTransfer.objects.count() == 11


def test_20_holds_of_10_on_100_apply_exactly_10_times(ledger):
    make(ledger, a_move("in", yuan(100), out_of=BANK, into=STUDIO))
    answers = all_at_once(
        ledger, [[a_hold(f"h{n}", yuan(10), out_of=STUDIO, into=BANK)] for n in range(20)]
    )
    assert sum(isinstance(own, str) for own in answers) == 10
    assert balance_of(ledger.organisation, STUDIO).available_minor == 0


def test_of_a_posting_and_a_voiding_at_once_one_applies(ledger):
    make(ledger, a_hold("pay", yuan(10), out_of=BANK, into=STUDIO))
    answers = all_at_once(
        ledger,
        [
            [(a_posting if n % 2 else a_voiding)(f"{'post' if n % 2 else 'void'}{n}", "pay")]
            for n in range(16)
        ],
    )
    (applied,) = (own for own in answers if not isinstance(own, str))
    assert Counter(own for own in answers if isinstance(own, str)) == {
        "settlement.transfer-resolved": 15
    }
    assert balance(ledger, STUDIO) == (yuan(10) if applied[0].state == "posted" else 0)
    assert balance_of(ledger.organisation, STUDIO).pending_in_minor == 0


def test_copies_that_differ_apply_once_and_the_others_are_refused(ledger):
    wishes = [[a_move("one", n % 2 + 1, out_of=BANK, into=STUDIO)] for n in range(16)]
    answers = all_at_once(ledger, wishes)
    refused = Counter(own for own in answers if isinstance(own, str))
    assert refused == {"settlement.transfer-differs": 8}
    assert len({own for own in answers if not isinstance(own, str)}) == 1
    assert LedgerTransfer.objects.count() == 1


def test_transfers_both_ways_between_accounts_wait_for_each_other_in_no_circle(ledger):
    keys = (BANK, STUDIO, WRITER)
    make(ledger, *(a_move(f"in{n}", yuan(100), out_of=BANK, into=keys[1:][n]) for n in range(2)))
    wishes = []
    for n in range(60):
        order = [keys[(n + turn) % 3] for turn in range(3)][:: -1 if n % 2 else 1]
        legs = tuple(
            TransferLeg(key, amount) for key, amount in zip(order, (5, -3, -2), strict=True)
        )
        wishes.append(
            [
                Transfer(f"m{n}", TransferAction.MOVE, legs),
                a_hold(f"h{n}", 1, out_of=order[0], into=order[1]),
                a_voiding(f"v{n}", f"h{n}"),
            ]
        )
    answers = all_at_once(ledger, wishes, threads=12)
    assert [own for own in answers if isinstance(own, str)] == []
    assert sum(balance(ledger, key) for key in keys) == 0
    assert LedgerTransfer.objects.count() == 2 + 180
