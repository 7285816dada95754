"""Deciding payouts: what a batch pays, how the ledger holds it, and what a bank's word moves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duanju.kernel import Problem, Where, digest
from duanju.settlement.payout import (
    AMOUNT_MINOR_MAX,
    ID_CHARACTERS_MAX,
    PAYOUTS_MAX,
    Payout,
    PayoutAccount,
    PayoutBatch,
    PayoutReport,
    PayoutState,
)
from duanju.settlement.transfer import (
    PURPOSE_CHARACTERS_MAX,
    AccountKey,
    Transfer,
    TransferAction,
    TransferLeg,
)

DUE = "due:"
"""What the accounts begin with from which payouts are made; role and id follow."""


def bank_of(currency: str) -> AccountKey:
    """Return the ledger's account of what a platform has at banks in a currency."""
    return AccountKey(f"bank:{currency}", "", currency)


@dataclass(frozen=True, slots=True)
class DueBalance:
    """What a party is to be paid.

    Attributes:
        account: `due:ROLE:ID` in its currency.
        available_minor: Neither held nor in another batch that waits.
        paid_to: Where it goes; none while the party has not said.
    """

    account: AccountKey
    available_minor: int
    paid_to: PayoutAccount | None


@dataclass(frozen=True, slots=True)
class ProposedPayout:
    """A payout with the account of the ledger that it comes from."""

    account: AccountKey
    payout: Payout


@dataclass(frozen=True, slots=True)
class PayoutProposal:
    """What a batch is to pay.

    Attributes:
        payouts: In the order of the ledger's accounts.
        without_account: Who is left out because nobody said where the money goes.
        later: Who waits for the next batch because this one is full.
    """

    payouts: tuple[ProposedPayout, ...]
    without_account: tuple[DueBalance, ...]
    later: tuple[DueBalance, ...]


@dataclass(frozen=True, slots=True)
class PayoutChange:
    """What a bank's word changes of one payout.

    Attributes:
        payout_id: Which.
        state: Where it is from now on.
        reason: Why it was rejected.
    """

    payout_id: str
    state: PayoutState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PayoutDecision:
    """What a status file changes; with a problem, nothing of it is to be done."""

    changes: tuple[PayoutChange, ...]
    problems: tuple[Problem, ...]


def propose_payouts(
    *, batch_id: str, balances: Sequence[DueBalance], remittance: str
) -> PayoutProposal:
    """Return what a batch pays: each balance above zero whole, to its account.

    Minimums are none of its business: what is below one never came to a `due:` account.

    Args:
        batch_id: The caller's; ids of payouts are derived from it and from the account.
        balances: Of one currency; zero and below are passed over.
        remittance: What receivers read.
    """
    owed = sorted((own for own in balances if own.available_minor > 0), key=lambda o: o.account)
    payable = [own for own in owed if own.paid_to is not None]
    payouts = tuple(
        ProposedPayout(
            own.account,
            Payout(
                id=payout_id(batch_id, own.account),
                account=own.paid_to,
                amount_minor=min(own.available_minor, AMOUNT_MINOR_MAX),
                remittance=remittance,
            ),
        )
        for own in payable[:PAYOUTS_MAX]
        if own.paid_to is not None
    )
    missing = tuple(own for own in owed if own.paid_to is None)
    return PayoutProposal(payouts, missing, tuple(payable[PAYOUTS_MAX:]))


def payout_id(batch_id: str, account: AccountKey) -> str:
    """Return the id of what a batch pays out of an account: the same for the same two."""
    return "P" + digest([batch_id, account])[: ID_CHARACTERS_MAX - 3].upper()


def batch_of_proposal(
    proposal: PayoutProposal, *, batch_id: str, debtor: PayoutAccount, currency: str, day: date
) -> PayoutBatch:
    """Return what is proposed as the batch that a bank is sent."""
    payouts = tuple(own.payout for own in proposal.payouts)
    return PayoutBatch(batch_id, debtor, day, currency, payouts)


def holds_of(payouts: Sequence[ProposedPayout], *, batch_id: str) -> tuple[Transfer, ...]:
    """Return the transfers that set a batch's money aside until the bank has spoken."""
    return tuple(
        Transfer(
            id=f"payout-{own.payout.id}",
            action=TransferAction.HOLD,
            legs=(
                TransferLeg(own.account, -own.payout.amount_minor),
                TransferLeg(bank_of(own.account.currency), own.payout.amount_minor),
            ),
            purpose=f"payout batch {batch_id}"[:PURPOSE_CHARACTERS_MAX],
        )
        for own in payouts
    )


def transfers_of(changes: Sequence[PayoutChange]) -> tuple[Transfer, ...]:
    """Return what a bank's word moves: settled is posted, rejected is void and back to due."""
    actions = {PayoutState.SETTLED: TransferAction.POST, PayoutState.REJECTED: TransferAction.VOID}
    return tuple(
        Transfer(
            id=f"payout-{own.payout_id}-{own.state.value}",
            action=actions[own.state],
            resolves=f"payout-{own.payout_id}",
            purpose=own.reason[:PURPOSE_CHARACTERS_MAX],
        )
        for own in changes
        if own.state in actions
    )


def decide_payouts(
    *,
    reports: Sequence[PayoutReport],
    states: Mapping[str, PayoutState],
    batches: Mapping[str, Sequence[str]],
    file: str = "",
) -> PayoutDecision:
    """Return what a status file changes; told again it changes nothing.

    What a report says of a payout stands before what one says of its batch, unless they exclude
    each other. A payout that is settled or rejected stays so: a report that says otherwise is a
    problem, and so is an id that nobody knows. With one problem nothing is changed, so that a
    file counts whole or not at all.

    Args:
        reports: In the order of the file.
        states: Each payout that was sent to a bank, and how far it is.
        batches: Each batch that was sent, and the ids of its payouts.
        file: Its name, for problems.
    """
    problems: list[Problem] = []
    wholes: dict[str, PayoutReport] = {}
    singles: dict[str, PayoutReport] = {}
    for own in reports:
        problems += _faults_of_report(own, states, batches, file)
        told = singles if own.payout_id else wholes
        key = own.payout_id or own.batch_id
        earlier = told.setdefault(key, own)
        if _excludes(earlier.state, own.state):
            problems.append(_at(own, file, "settlement.payout-told-otherwise", id=key))
        elif _order(own.state) > _order(earlier.state):
            told[key] = own
    for own in wholes.values():
        for own_id in batches.get(own.batch_id, ()):
            single = singles.setdefault(own_id, replace(own, payout_id=own_id))
            if _excludes(single.state, own.state):
                problems.append(_at(single, file, "settlement.payout-told-otherwise", id=own_id))
    changes: list[PayoutChange] = []
    for own_id, own in sorted(singles.items()):
        state = states.get(own_id, own.state)
        if _excludes(own.state, state):
            params = {"id": own_id, "before": state.value, "now": own.state.value}
            problems.append(_at(own, file, "settlement.payout-decided-otherwise", **params))
        elif _order(own.state) > _order(state):
            changes.append(PayoutChange(own_id, own.state, own.reason))
    if problems:
        return PayoutDecision((), tuple(problems))
    return PayoutDecision(tuple(changes), ())


def _faults_of_report(
    own: PayoutReport,
    states: Mapping[str, PayoutState],
    batches: Mapping[str, Sequence[str]],
    file: str,
) -> Iterator[Problem]:
    """Yield what a report names that was never sent, or not in that batch."""
    if own.batch_id and own.batch_id not in batches:
        yield _at(own, file, "settlement.payout-batch-unknown", id=own.batch_id)
    elif own.payout_id and own.payout_id not in states:
        yield _at(own, file, "settlement.payout-unknown", id=own.payout_id)
    elif own.payout_id and own.batch_id and own.payout_id not in batches[own.batch_id]:
        params = {"id": own.payout_id, "batch": own.batch_id}
        yield _at(own, file, "settlement.payout-of-another-batch", **params)
    elif not own.payout_id and not own.batch_id:
        yield _at(own, file, "settlement.payout-unnamed")


def _order(state: PayoutState) -> int:
    return {PayoutState.WAITING: 0, PayoutState.ACCEPTED: 1}.get(state, 2)


def _excludes(one: PayoutState, other: PayoutState) -> bool:
    """Tell whether two states cannot both be true at one time: settled and rejected."""
    return one.is_final and other.is_final and one is not other


def _at(own: PayoutReport, file: str, code: str, **params: str) -> Problem:
    return Problem(code, Where(file, own.line or None), params)
