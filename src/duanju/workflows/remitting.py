"""What all parties of a ledger are due for a month, of what was not remitted before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duanju.kernel import Month, Problem, Where
from duanju.settlement import (
    PAYABLE,
    AccountKey,
    HeldReserve,
    PinnedRates,
    Remittance,
    RemittanceTerms,
    TaxRule,
    Transaction,
    Transfer,
    remit,
    remittance_id,
    reserves_in,
)

_OF_A_MONTH = ("remit-", "reserve-")
"""What the ids of transfers begin with that a month's remittance books; the month follows."""

SOURCES = ("expense", "income")
"""Kinds of account that settlement pays out of; role and id of who pays end their names."""


@dataclass(frozen=True, slots=True)
class RemittedMonth:
    """What a month comes to for all parties.

    Attributes:
        remittances: By role and id; those that were booked before are not among them.
        booked: Ids of transfers that were booked before for this month.
        problems: All of all parties; with one, nothing is to be booked.
    """

    remittances: tuple[Remittance, ...]
    booked: tuple[str, ...]
    problems: tuple[Problem, ...]


def remit_month(
    *,
    period: Month,
    day: date,
    ledger: Iterable[Transaction],
    booked: Sequence[Transfer],
    terms: Mapping[tuple[str, str], RemittanceTerms],
    rules: Sequence[TaxRule],
    rates: PinnedRates,
    payer_role: str = "platform",
) -> RemittedMonth:
    """Return what each party is due of all that was posted up to a month.

    Only what one payer owes is remitted; what others owe is between them.

    Args:
        period: The month that was closed.
        day: Of the payment.
        ledger: All transactions; those of later months are passed over.
        booked: Transfers of earlier remittances, this month's among them.
        terms: Role and id to how a party is paid; a party without is a problem.
        rules: Of tax.
        rates: Pinned for the month.
        payer_role: Of who pays.
    """
    owed = [own for own in ledger if own.period <= period and _is_paid_by(payer_role, own)]
    by_party = _balances(owed, booked)
    earned = _earned(owed, since=_last_remitted(booked, period))
    reserves = _reserves(booked)
    known = {own.id for own in booked}
    remittances: list[Remittance] = []
    before: list[str] = []
    problems: list[Problem] = []
    for party in sorted(by_party):
        own = terms.get(party)
        if own is None:
            name = ":".join(party)
            problems.append(Problem("settlement.no-terms", Where(path=name), {"party": name}))
        elif (own_id := remittance_id(period, own)) in known:
            before.append(own_id)
        else:
            found = remit(
                period=period,
                day=day,
                terms=own,
                balances=by_party[party],
                rules=rules,
                rates=rates,
                earned=earned.get(own.party, {}),
                reserves=reserves.get(own.party, ()),
            )
            if isinstance(found, Remittance):
                remittances.append(found)
            else:
                problems += found
    return RemittedMonth(tuple(remittances), tuple(before), tuple(problems))


def _last_remitted(booked: Iterable[Transfer], period: Month) -> Month | None:
    """Return the last month before one of which something was booked."""
    months = [
        Month.parse(own.id.removeprefix(prefix)[:7])
        for own in booked
        for prefix in _OF_A_MONTH
        if own.id.startswith(prefix)
    ]
    return max((own for own in months if own < period), default=None)


def _earned(ledger: Iterable[Transaction], *, since: Month | None) -> dict[str, dict[str, int]]:
    """Return what months after one brought each party, by role and id, then by currency."""
    earned: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for transaction in ledger:
        if since is None or transaction.period > since:
            for leg in transaction.legs:
                if leg.account.startswith(PAYABLE):
                    earned[leg.account.removeprefix(PAYABLE)][leg.currency] += leg.amount_minor
    return earned


def _reserves(booked: Iterable[Transfer]) -> dict[str, list[HeldReserve]]:
    by_party: dict[str, list[HeldReserve]] = defaultdict(list)
    for own in reserves_in(booked):
        by_party[own.party].append(own)
    return by_party


def _is_paid_by(role: str, transaction: Transaction) -> bool:
    sources = (own.account.split(":") for own in transaction.legs)
    return any(own[0] in SOURCES and own[-2] == role for own in sources)


def _balances(
    ledger: Iterable[Transaction], booked: Iterable[Transfer]
) -> dict[tuple[str, str], dict[AccountKey, int]]:
    """Return what each party's accounts have, by role and id."""
    held: dict[AccountKey, int] = defaultdict(int)
    for transaction in ledger:
        for posting in transaction.legs:
            key = AccountKey(posting.account, transaction.key.title_id, posting.currency)
            held[key] += posting.amount_minor
    for transfer in booked:
        for leg in transfer.legs:
            held[leg.account] += leg.amount_minor
    by_party: dict[tuple[str, str], dict[AccountKey, int]] = defaultdict(dict)
    for account, amount in held.items():
        if account.name.startswith(PAYABLE):
            role, _colon, party_id = account.name.removeprefix(PAYABLE).partition(":")
            by_party[role, party_id][account] = amount
    return by_party
