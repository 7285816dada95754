"""Making due what a closed month brought: from what was earned to what payouts take."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from duanju.kernel import Month, Problem, ProblemsFound
from duanju.settlement import DUE, RESERVE, Remittance, Transfer
from duanju_web.settlement.mapping.remitting import advice_of
from duanju_web.settlement.models import RemittanceAdvice, RemittingMonth
from duanju_web.settlement.selectors.closes import find_close, last_close
from duanju_web.settlement.selectors.remitting import (
    RemittingBasis,
    advices_of,
    find_basis,
    find_due_now,
)
from duanju_web.settlement.selectors.taxes import last_recorded_at
from duanju_web.settlement.services.accounts import open_accounts
from duanju_web.settlement.services.rates import lock_platform
from duanju_web.settlement.services.transfers import TRANSFERS_MAX, make_transfers
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation

PARTIES_A_PART = 200
"""So many are told, and paid, in one transaction."""

LEGS_A_PART = 20_000
"""Or fewer, of those with many titles."""


def make_due(
    *, platform: Organisation, month: Month, actor: Actor, now: datetime
) -> int | tuple[Problem, ...]:
    """Move what the platform owes each party to where payouts take it from, and tell each of it.

    The first call says by which rates, rules and terms; they stay. It is part after part, each
    whole; called again, by whoever and after whatever, it goes on where it stopped, and moves
    nothing twice.

    Args:
        platform: Whose ledger.
        month: The last that was closed.
        actor: Who asks.
        now: The time, aware.

    Returns:
        How many amounts were made due; or why none was.
    """
    if find_close(platform=platform, month=month) is None:
        return (Problem("settlement.month-not-closed", params={"month": str(month)}),)
    last = last_close(platform)
    if last is not None and last.period != str(month):
        params = {"month": str(month), "last": last.period}
        return (Problem("settlement.not-the-last-month", params=params),)
    problems = _begin(platform, month, actor, now)
    if problems:
        return problems
    basis = find_basis(platform, month, now=now)
    found = find_due_now(platform, month, basis)
    if found.problems or not basis.is_begun:
        return found.problems or 0
    made = 0
    for part in _parts((*found.moving, *found.carried)):
        try:
            made += _book(platform, basis, part, actor, now)
        except ProblemsFound as refused:
            return refused.problems
    return made


@transaction.atomic
def _begin(
    platform: Organisation, month: Month, actor: Actor, now: datetime
) -> tuple[Problem, ...]:
    """Say by what the month is made due, if there is something, and it was not said before."""
    lock_platform(actor)
    basis = find_basis(platform, month, now=now)
    if basis.is_begun:
        return ()
    found = find_due_now(platform, month, basis)
    if found.problems or not (found.moving or found.carried):
        return found.problems
    RemittingMonth.objects.create(
        platform=platform,
        period=str(month),
        day=basis.day,
        pin=basis.pin,
        begun_by=actor.user,
        begun_at=max(now, last_recorded_at(platform) or now),
    )
    return ()


def _parts(remittances: Sequence[Remittance]) -> Iterator[list[Remittance]]:
    """Yield remittances in parts that one transaction takes; those of a party stay together."""
    part: list[Remittance] = []
    legs = transfers = 0
    for own in remittances:
        more = sum(len(transfer.legs) for transfer in own.transfers)
        is_full = (
            len(part) >= PARTIES_A_PART
            or legs + more > LEGS_A_PART
            or transfers + len(own.transfers) > TRANSFERS_MAX
        )
        if part and is_full:
            yield part
            part, legs, transfers = [], 0, 0
        part.append(own)
        legs += more
        transfers += len(own.transfers)
    if part:
        yield part


@transaction.atomic
def _book(
    platform: Organisation,
    basis: RemittingBasis,
    part: Sequence[Remittance],
    actor: Actor,
    now: datetime,
) -> int:
    """Book and tell what nobody has booked and told meanwhile; return how much of it is due."""
    month = part[0].period
    begun = RemittingMonth.objects.filter(platform=platform, period=str(month))
    begun.select_for_update(no_key=True).get()
    told = set(advices_of(platform, month).values_list("role", "party_id", "currency"))
    new = [
        own for own in part if (own.terms.role, own.terms.party_id, own.terms.currency) not in told
    ]
    RemittanceAdvice.objects.bulk_create([_told(platform, own, basis, now) for own in new])
    _move(platform, [transfer for own in new for transfer in own.transfers], actor, now)
    return sum(own.transfer is not None for own in new)


def _told(
    platform: Organisation, own: Remittance, basis: RemittingBasis, now: datetime
) -> RemittanceAdvice:
    return RemittanceAdvice(
        platform=platform,
        period=str(own.period),
        role=own.terms.role,
        party_id=own.terms.party_id,
        currency=own.terms.currency,
        due_minor=own.due.amount_minor if own.transfer else 0,
        carried=own.carried.value if own.carried else "",
        transfer_id=own.transfer.id if own.transfer else "",
        content=advice_of(own, basis.rates)
        | {"table": basis.pin.table_id if basis.pin and own.conversions else None},
        made_at=now,
    )


def _move(
    platform: Organisation, transfers: Sequence[Transfer], actor: Actor, now: datetime
) -> None:
    """Open what is not open and book; what is due or reserved never goes below zero."""
    if not transfers:
        return
    keys = {leg.account for own in transfers for leg in own.legs}
    rules = {key: not key.name.startswith((DUE, RESERVE)) for key in keys}
    open_accounts(platform=platform, may_be_negative=rules, now=now)
    make_transfers(platform=platform, transfers=transfers, actor=actor, now=now)
