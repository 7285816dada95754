"""Transfers after settlement: once, whole or not at all, and known for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from duanju.kernel import ProblemsFound
from duanju.settlement import AccountKey, Transfer, TransferAction, TransferLeg
from duanju_web.settlement.models import (
    LedgerAccount,
    LedgerTransfer,
    LedgerTransferLeg,
)
from duanju_web.settlement.selectors import (
    balance_of,
    find_state,
    find_transfer,
)
from duanju_web.settlement.services import (
    AccountOpenedOtherwise,
    make_transfers,
    open_account,
)
from duanju_web.settlement.services.transfers import TRANSFERS_MAX, TooManyTransfers
from duanju_web.shared.models import AuditEntry
from tests.support.agreements import NOVEMBER_5
from tests.support.ledgers import an_open_ledger
from tests.support.people import A_MOMENT, an_actor
from tests.support.transfers import (
    BANK,
    DOLLAR_BANK,
    DOLLARS,
    LIMITED,
    STUDIO,
    UNLIMITED,
    WRITER,
    a_hold,
    a_move,
    a_posting,
    a_voiding,
    between,
    yuan,
)

pytestmark = pytest.mark.django_db
QUERIES_MAX = 9


@pytest.fixture
def ledger() -> Any:
    return an_open_ledger()


def make(ledger: Any, *transfers: Transfer, after_s: int = 0) -> Any:
    return make_transfers(
        platform=ledger.organisation,
        transfers=transfers,
        actor=ledger,
        now=A_MOMENT + timedelta(seconds=after_s),
    )


def refused(ledger: Any, *transfers: Transfer) -> list[tuple[str, dict[str, Any]]]:
    """Make transfers that are refused; return why, after a look that nothing is left."""
    models = (LedgerTransfer, LedgerTransferLeg, AuditEntry)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    with pytest.raises(ProblemsFound) as found:
        make(ledger, *transfers)
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    return [(own.code, dict(own.params)) for own in found.value.problems]


def held_by(ledger: Any, key: AccountKey, **asked: Any) -> tuple[int, int, int]:
    balance = balance_of(ledger.organisation, key, **asked)
    return balance.posted_minor, balance.pending_in_minor, balance.pending_out_minor


def test_a_move_takes_from_one_and_brings_the_other(ledger):
    (receipt,) = make(ledger, a_move("in", yuan(100), out_of=BANK, into=STUDIO))
    assert [own.posted_minor for own in receipt.legs] == [-yuan(100), yuan(100)]
    assert held_by(ledger, STUDIO) == (yuan(100), 0, 0)
    assert held_by(ledger, BANK) == (-yuan(100), 0, 0)
    assert find_state(ledger.organisation, "in") == "posted"


def test_what_is_held_moves_when_it_is_posted(ledger):
    make(ledger, a_move("in", yuan(100), out_of=BANK, into=STUDIO))
    make(ledger, a_hold("pay", yuan(60), out_of=STUDIO, into=BANK))
    assert held_by(ledger, STUDIO) == (yuan(100), 0, yuan(60))
    assert held_by(ledger, BANK) == (-yuan(100), yuan(60), 0)
    assert find_state(ledger.organisation, "pay") == "pending"
    make(ledger, a_posting("paid", "pay"))
    assert held_by(ledger, STUDIO) == (yuan(40), 0, 0)
    assert held_by(ledger, BANK) == (-yuan(40), 0, 0)
    assert find_state(ledger.organisation, "pay") == "posted"


def test_what_is_held_is_free_again_when_it_is_voided(ledger):
    make(ledger, a_move("in", yuan(100), out_of=BANK, into=STUDIO))
    make(ledger, a_hold("pay", yuan(100), out_of=STUDIO, into=BANK))
    assert refused(ledger, a_move("more", 1, out_of=STUDIO, into=BANK))
    make(ledger, a_voiding("returned", "pay"))
    assert held_by(ledger, STUDIO) == (yuan(100), 0, 0)
    assert held_by(ledger, BANK) == (-yuan(100), 0, 0)
    assert find_state(ledger.organisation, "pay") == "voided"
    make(ledger, a_move("more", yuan(100), out_of=STUDIO, into=BANK))


def test_what_is_held_is_resolved_once(ledger):
    make(ledger, a_hold("pay", 1, out_of=BANK, into=STUDIO), a_posting("paid", "pay"))
    for late in (a_posting("again", "pay"), a_voiding("back", "pay")):
        assert refused(ledger, late) == [
            ("settlement.transfer-resolved", {"transfer": "pay", "by": "paid"})
        ]
    assert refused(ledger, a_voiding("back", "paid")) == [
        ("settlement.transfer-never-pending", {"transfer": "paid"})
    ]
    assert refused(ledger, a_voiding("back", "nothing")) == [
        ("settlement.transfer-unknown", {"transfer": "nothing"})
    ]


def test_the_same_hold_posted_and_voided_in_one_call_is_refused(ledger):
    hold = a_hold("pay", 1, out_of=BANK, into=STUDIO)
    assert refused(ledger, hold, a_voiding("z", "pay"), a_posting("a", "pay")) == [
        ("settlement.transfer-resolved", {"transfer": "pay", "by": "z"})
    ]


def test_a_retry_gets_the_first_answer(ledger):
    first = make(ledger, a_move("in", yuan(100), out_of=BANK, into=STUDIO, purpose="opening"))
    make(ledger, a_move("out", yuan(100), out_of=STUDIO, into=BANK), after_s=10)
    trail = AuditEntry.objects.count()
    again = make(
        ledger, a_move("in", yuan(100), out_of=BANK, into=STUDIO, purpose="opening"), after_s=20
    )
    assert again == first
    assert find_transfer(ledger.organisation, "in") == first[0]
    assert held_by(ledger, STUDIO) == (0, 0, 0)
    assert AuditEntry.objects.count() == trail


@pytest.mark.parametrize("action", ["hold", "post", "void"])
def test_a_retry_of_each_action_gets_the_first_answer(ledger, action):
    wishes = [a_hold("pay", 5, out_of=BANK, into=STUDIO)]
    if action != "hold":
        wishes.append(Transfer("end", TransferAction(action), resolves="pay"))
    first = [make(ledger, own) for own in wishes]
    assert [make(ledger, own, after_s=9) for own in wishes] == first
    assert make(ledger, *wishes) == tuple(receipt for (receipt,) in first)


@pytest.mark.parametrize(
    ("changed", "field", "first", "now"),
    [
        (
            a_move("in", 101, out_of=BANK, into=STUDIO, purpose="p"),
            "legs",
            "bank:platform:river# -100 CNY; payable:studio:night# 100 CNY",
            "bank:platform:river# -101 CNY; payable:studio:night# 101 CNY",
        ),
        (a_move("in", 100, out_of=BANK, into=STUDIO, purpose="q"), "purpose", "p", "q"),
        (
            Transfer(
                "in", TransferAction.HOLD, between(100, out_of=BANK, into=STUDIO), purpose="p"
            ),
            "action",
            "move",
            "hold",
        ),
    ],
)
def test_a_changed_retry_is_refused_and_says_what_differs(ledger, changed, field, first, now):
    make(ledger, a_move("in", 100, out_of=BANK, into=STUDIO, purpose="p"))
    assert refused(ledger, changed) == [
        (
            "settlement.transfer-differs",
            {"transfer": "in", "field": field, "first": first, "now": now},
        )
    ]


def test_legs_in_another_order_are_the_same_wish(ledger):
    first = make(ledger, Transfer("in", TransferAction.MOVE, between(1, out_of=BANK, into=STUDIO)))
    turned = between(1, out_of=BANK, into=STUDIO)[::-1]
    assert make(ledger, Transfer("in", TransferAction.MOVE, turned)) == first


def test_the_same_id_is_another_transfer_on_another_platform(ledger):
    make(ledger, a_move("in", 100, out_of=BANK, into=STUDIO))
    other = an_actor("platform", role="accountant")
    for key in (BANK, STUDIO):
        open_account(platform=other.organisation, account=key, may_be_negative=True, now=A_MOMENT)
    make(other, a_move("in", 7, out_of=BANK, into=STUDIO))
    assert held_by(ledger, STUDIO) == (100, 0, 0)
    assert held_by(other, STUDIO) == (7, 0, 0)


def test_an_account_that_may_not_goes_no_further_than_zero(ledger):
    make(ledger, a_move("in", 100, out_of=BANK, into=STUDIO))
    assert refused(ledger, a_move("out", 101, out_of=STUDIO, into=BANK)) == [
        (
            "settlement.account-below-zero",
            {
                "account": STUDIO.name,
                "title": "",
                "currency": "CNY",
                "available_minor": 100,
                "amount_minor": 101,
            },
        )
    ]
    make(ledger, a_move("out", 100, out_of=STUDIO, into=BANK))
    assert held_by(ledger, STUDIO) == (0, 0, 0)


def test_what_is_held_to_come_cannot_be_spent_yet(ledger):
    make(ledger, a_hold("in", 100, out_of=BANK, into=STUDIO))
    assert refused(ledger, a_move("out", 1, out_of=STUDIO, into=BANK))[0][0] == (
        "settlement.account-below-zero"
    )


def test_one_refused_leg_leaves_nothing_of_the_others(ledger):
    make(ledger, a_move("in", 100, out_of=BANK, into=STUDIO))
    several = Transfer(
        "split",
        TransferAction.MOVE,
        (
            TransferLeg(STUDIO, -100),
            TransferLeg(WRITER, -1),
            TransferLeg(BANK, 101),
        ),
    )
    found = refused(ledger, a_move("good", 5, out_of=STUDIO, into=WRITER), several)
    assert [code for code, _ in found] == ["settlement.account-below-zero"]
    assert held_by(ledger, STUDIO) == (100, 0, 0)
    assert find_transfer(ledger.organisation, "good") is None
    make(ledger, a_move("split", 1, out_of=STUDIO, into=BANK))


def test_all_problems_of_a_call_are_told_at_once(ledger):
    closed = AccountKey("payable:studio:nobody", "", "CNY")
    found = refused(
        ledger,
        a_move("a", 1, out_of=STUDIO, into=BANK),
        a_move("b", 1, out_of=BANK, into=closed),
        a_posting("c", "unknown"),
    )
    assert [code for code, _ in found] == [
        "settlement.account-below-zero",
        "settlement.account-not-open",
        "settlement.transfer-unknown",
    ]


def test_a_conversion_is_two_pairs_of_legs_in_one_transfer(ledger):
    make(ledger, a_move("in", 679, out_of=BANK, into=STUDIO))
    legs = (
        *between(679, out_of=STUDIO, into=BANK),
        *between(100, out_of=DOLLAR_BANK, into=DOLLARS),
    )
    make(ledger, Transfer("convert", TransferAction.MOVE, legs, purpose="ECB 2026-11-13"))
    assert held_by(ledger, STUDIO) == (0, 0, 0)
    assert held_by(ledger, DOLLARS) == (100, 0, 0)


def test_balance_can_be_asked_as_of_any_time(ledger):
    make(ledger, a_move("a", 100, out_of=BANK, into=STUDIO), after_s=10)
    make(ledger, a_hold("b", 30, out_of=STUDIO, into=BANK), after_s=20)
    make(ledger, a_posting("c", "b"), after_s=30)
    make(ledger, a_move("d", 1, out_of=BANK, into=STUDIO), after_s=30)

    def at(seconds: int) -> tuple[int, int, int]:
        return held_by(ledger, STUDIO, at=A_MOMENT + timedelta(seconds=seconds))

    assert [at(s) for s in (9, 10, 19, 20, 29, 30, 99)] == [
        (0, 0, 0),
        (100, 0, 0),
        (100, 0, 0),
        (100, 0, 30),
        (100, 0, 30),
        (71, 0, 0),
        (71, 0, 0),
    ]


def test_a_clock_that_is_set_back_does_not_change_the_past(ledger):
    make(ledger, a_move("a", 100, out_of=BANK, into=STUDIO), after_s=10)
    (receipt,) = make(ledger, a_move("b", 1, out_of=BANK, into=STUDIO), after_s=5)
    assert receipt.at == A_MOMENT + timedelta(seconds=10)
    assert held_by(ledger, STUDIO, at=A_MOMENT + timedelta(seconds=9)) == (0, 0, 0)
    assert held_by(ledger, STUDIO, at=A_MOMENT + timedelta(seconds=10)) == (101, 0, 0)


def test_opening_an_account_again_is_the_same_account(ledger):
    again = open_account(
        platform=ledger.organisation, account=STUDIO, may_be_negative=False, now=NOVEMBER_5
    )
    assert again.opened_at == A_MOMENT
    with pytest.raises(AccountOpenedOtherwise):
        open_account(
            platform=ledger.organisation, account=STUDIO, may_be_negative=True, now=NOVEMBER_5
        )
    assert LedgerAccount.objects.count() == len(LIMITED) + len(UNLIMITED)


def test_a_transfer_leaves_one_entry_in_the_trail(ledger):
    make(ledger, a_move("in", 100, out_of=BANK, into=STUDIO, purpose="opening"))
    entry = AuditEntry.objects.get(action="settlement.transfer")
    assert (entry.user, entry.after) == (
        ledger.user,
        {
            "transfer": "in",
            "state": "posted",
            "purpose": "opening",
            "legs": [[BANK.name, -100, "CNY"], [STUDIO.name, 100, "CNY"]],
        },
    )


def test_more_legs_need_no_more_queries(ledger):
    def queries_for(*transfers: Transfer) -> int:
        with CaptureQueriesContext(connection) as seen:
            make(ledger, *transfers)
        return len([own for own in seen if "AVEPOINT" not in own["sql"]])

    make(ledger, a_move("first", 100, out_of=BANK, into=STUDIO))
    one = queries_for(a_move("a", 100, out_of=BANK, into=STUDIO))
    several = queries_for(
        Transfer(
            "b",
            TransferAction.MOVE,
            (TransferLeg(STUDIO, -3), TransferLeg(WRITER, 2), TransferLeg(BANK, 1)),
        )
    )
    assert one == several <= QUERIES_MAX


def test_a_call_takes_only_so_many_transfers(ledger):
    with pytest.raises(TooManyTransfers):
        make(
            ledger,
            *(a_move(f"t{n}", 1, out_of=BANK, into=STUDIO) for n in range(TRANSFERS_MAX + 1)),
        )


def test_the_database_refuses_legs_that_overdraw_or_do_not_balance(ledger):
    make(ledger, a_move("in", 100, out_of=BANK, into=STUDIO))
    leg = LedgerTransferLeg.objects.order_by("-pk")[0]
    fields = {
        field.name: getattr(leg, field.name) for field in leg._meta.fields if field.name != "id"
    }
    for change in (
        {"sequence": 2, "left_minor": -1},
        {"sequence": 2, "pending_out_minor": -1},
        {"sequence": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerTransferLeg.objects.create(**fields | change)
    LedgerTransferLeg.objects.create(**fields | {"sequence": 2})
    with pytest.raises(IntegrityError):
        connection.check_constraints()
    transaction.set_rollback(True)
