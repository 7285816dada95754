"""The stored ledger does what a simple model says, whatever is asked of it in whatever order."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from duanju.kernel import ProblemsFound
from duanju.settlement import AccountKey, Transfer, TransferAction
from duanju_web.settlement.models import LedgerTransferLeg
from duanju_web.settlement.selectors import balances_of, find_state
from duanju_web.settlement.services import make_transfers, open_account
from tests.support.people import A_MOMENT, an_actor
from tests.support.transfers import BANK, STUDIO, WRITER, between

KEYS = (BANK, STUDIO, WRITER)
EXAMPLES, STEPS = 20, 25


@dataclass
class Held:
    """What the model knows of an account: three numbers."""

    posted: int = 0
    coming: int = 0
    going: int = 0


@dataclass
class Model:
    """A ledger that anybody can check by reading."""

    accounts: dict[AccountKey, Held] = field(default_factory=lambda: {k: Held() for k in KEYS})
    transfers: dict[str, Transfer] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def make(self, transfer: Transfer) -> str:
        """Apply a transfer and return an empty string, or the code of its refusal."""
        if transfer.id in self.transfers:
            same = self.transfers[transfer.id] == transfer
            return "" if same else "settlement.transfer-differs"
        if transfer.resolves:
            return self.resolve(transfer)
        for leg in transfer.legs:
            held = self.accounts[leg.account]
            left = held.posted - held.going + leg.amount_minor
            if leg.amount_minor < 0 and leg.account != BANK and left < 0:
                return "settlement.account-below-zero"
        holds = transfer.action == TransferAction.HOLD
        for leg in transfer.legs:
            held = self.accounts[leg.account]
            if not holds:
                held.posted += leg.amount_minor
            elif leg.amount_minor > 0:
                held.coming += leg.amount_minor
            else:
                held.going -= leg.amount_minor
        self.states[transfer.id] = "pending" if holds else "posted"
        self.transfers[transfer.id] = transfer
        return ""

    def resolve(self, transfer: Transfer) -> str:
        """Post or void."""
        held_by = self.transfers.get(transfer.resolves)
        if held_by is None:
            return "settlement.transfer-unknown"
        if held_by.action != TransferAction.HOLD:
            return "settlement.transfer-never-pending"
        if self.states[transfer.resolves] != "pending":
            return "settlement.transfer-resolved"
        posts = transfer.action == TransferAction.POST
        for leg in held_by.legs:
            held = self.accounts[leg.account]
            held.coming -= max(leg.amount_minor, 0)
            held.going -= max(-leg.amount_minor, 0)
            held.posted += leg.amount_minor if posts else 0
        self.states[transfer.resolves] = "posted" if posts else "voided"
        self.states[transfer.id] = self.states[transfer.resolves]
        self.transfers[transfer.id] = transfer
        return ""


IDS = st.sampled_from([f"t{number}" for number in range(12)])
AMOUNTS = st.sampled_from([1, 2, 40, 100])


class LedgerMachine(RuleBasedStateMachine):
    """Asks the stored ledger and the model the same, and compares."""

    def __init__(self) -> None:
        super().__init__()
        self.actor = an_actor("platform", role="accountant")
        self.model = Model()
        self.seconds = 0
        self.past: list[tuple[int, dict[AccountKey, Held]]] = []
        for key in KEYS:
            open_account(
                platform=self.actor.organisation,
                account=key,
                may_be_negative=key == BANK,
                now=A_MOMENT,
            )

    def ask(self, transfer: Transfer) -> None:
        self.seconds += 1
        now = A_MOMENT + timedelta(seconds=self.seconds)
        code = ""
        try:
            (receipt,) = make_transfers(
                platform=self.actor.organisation, transfers=[transfer], actor=self.actor, now=now
            )
            assert receipt.transfer == transfer
        except ProblemsFound as refused:
            code = refused.problems[0].code
        assert code == self.model.make(transfer)
        copy = {key: Held(**vars(held)) for key, held in self.model.accounts.items()}
        self.past.append((self.seconds, copy))

    @rule(
        own_id=IDS,
        action=st.sampled_from([TransferAction.MOVE, TransferAction.HOLD]),
        amount=AMOUNTS,
        way=st.permutations(KEYS),
    )
    def move_or_hold(self, own_id: str, action: Any, amount: int, way: list[AccountKey]) -> None:
        self.ask(Transfer(own_id, action, between(amount, out_of=way[0], into=way[1])))

    @rule(
        own_id=IDS,
        held=IDS,
        action=st.sampled_from([TransferAction.POST, TransferAction.VOID]),
    )
    def resolve(self, own_id: str, held: str, action: Any) -> None:
        self.ask(Transfer(own_id, action, resolves=held))

    @precondition(lambda self: self.model.transfers)
    @rule(data=st.data())
    def send_again(self, data: Any) -> None:
        own_id = data.draw(st.sampled_from(sorted(self.model.transfers)))
        self.ask(self.model.transfers[own_id])

    @precondition(lambda self: self.past)
    @rule(data=st.data())
    def ask_of_the_past(self, data: Any) -> None:
        seconds, held = data.draw(st.sampled_from(self.past))
        assert self.stored(seconds) == held

    def stored(self, seconds: int | None = None) -> dict[AccountKey, Held]:
        at = None if seconds is None else A_MOMENT + timedelta(seconds=seconds)
        found = balances_of(self.actor.organisation, keys=KEYS, at=at)
        return {
            key: Held(own.posted_minor, own.pending_in_minor, own.pending_out_minor)
            for key, own in found.items()
        }

    @invariant()
    def balances_are_the_models(self) -> None:
        stored = self.stored()
        assert stored == self.model.accounts
        assert sum(held.posted for held in stored.values()) == 0
        assert sum(held.coming - held.going for held in stored.values()) == 0
        assert all(held.posted >= held.going for key, held in stored.items() if key != BANK)

    def teardown(self) -> None:
        for own_id, state in self.model.states.items():
            assert find_state(self.actor.organisation, own_id) == state
        legs = LedgerTransferLeg.objects.filter(transfer__platform=self.actor.organisation)
        assert legs.count() == 2 * len(self.model.transfers)


@pytest.mark.django_db
def test_the_ledger_does_what_the_model_says() -> None:
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(settings.default, max_examples=EXAMPLES, stateful_step_count=STEPS),
    )
