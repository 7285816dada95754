"""Reserves: a share of what a month earned is held back, and released when its months are over."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from duanju.kernel import Month, digest, round_half_even
from duanju.settlement.remittance_terms import PAYABLE, RemittanceTerms
from duanju.settlement.transfer import AccountKey, Transfer, TransferAction, TransferLeg

RESERVE = "reserve:"
"""What the accounts begin with on which a reserve lies; role and id of its owner follow."""

_HELD, _RELEASED = "reserve-", "release-"


@dataclass(frozen=True, slots=True, order=True)
class HeldReserve:
    """What was held of a month, in one currency.

    Attributes:
        period: The month whose earnings it was held of.
        party: Role and id of its owner, `studio:lanxi`.
        currency: ISO 4217 code.
        amount_minor: More than 0.
        is_released: Whether it went back; it does so once.
    """

    period: Month
    party: str
    currency: str
    amount_minor: int
    is_released: bool = False


@dataclass(frozen=True, slots=True)
class Reserving:
    """What a month holds back of a party, and gives back.

    Attributes:
        held: By currency.
        released: Of months before, rising.
        transfers: One for each of both; empty where nothing moves.
    """

    held: tuple[HeldReserve, ...]
    released: tuple[HeldReserve, ...]
    transfers: tuple[Transfer, ...]

    def change(self) -> dict[str, int]:
        """Return by how much it changes what a party has, by currency, in minor units."""
        changes: dict[str, int] = defaultdict(int)
        for own in self.released:
            changes[own.currency] += own.amount_minor
        for own in self.held:
            changes[own.currency] -= own.amount_minor
        return dict(changes)


def reserve_id(period: Month, party: str, currency: str) -> str:
    """Return the id of what holds: one a month, party and currency; a repeat books nothing."""
    return f"{_HELD}{period}-{digest([str(period), party, currency])[:32]}"


def release_id(own: HeldReserve) -> str:
    """Return the id of what releases: one for what was held, so that it goes back once."""
    held = reserve_id(own.period, own.party, own.currency)
    return f"{_RELEASED}{held.removeprefix(_HELD)}"


def reserve(
    *,
    period: Month,
    terms: RemittanceTerms,
    earned: Mapping[str, int],
    owed: Mapping[str, int],
    reserves: Sequence[HeldReserve],
) -> Reserving:
    """Return what is held of a month, and what of earlier ones is released in it.

    The share is taken of what the month earned, not of what was carried into it, so nothing is
    held twice; and never more than the party has. What was held is released in the first month
    that is `reserve_months` after its own, or later; under terms without a reserve, at once.

    Args:
        period: The month that was closed.
        terms: How the party is paid.
        earned: Since the month before was made due, by currency.
        owed: What its accounts have, by currency.
        reserves: What was held of it and not released, and all that was held of this month.
    """
    known = {own.currency for own in reserves if own.period == period}
    held = []
    for code, amount in sorted(earned.items()):
        share = round_half_even(terms.reserve_rate * max(amount, 0))
        amount_minor = min(share, max(owed.get(code, 0), 0))
        if amount_minor and terms.reserve_months and code not in known:
            held.append(HeldReserve(period, terms.party, code, amount_minor))
    released = tuple(
        sorted(
            own
            for own in reserves
            if not own.is_released
            and own.period < period
            and _months_between(own.period, period) >= terms.reserve_months
        )
    )
    transfers = (*map(_release, released), *map(_hold, held))
    return Reserving(tuple(held), released, transfers)


def reserves_in(transfers: Iterable[Transfer]) -> tuple[HeldReserve, ...]:
    """Return what transfers held, and whether they released it, rising."""
    known = list(transfers)
    ids = {own.id for own in known}
    found = []
    for own in known:
        if own.id.startswith(_HELD):
            (leg,) = (leg for leg in own.legs if leg.account.name.startswith(RESERVE))
            held = HeldReserve(
                period=Month.parse(own.id.removeprefix(_HELD)[:7]),
                party=leg.account.name.removeprefix(RESERVE),
                currency=leg.account.currency,
                amount_minor=leg.amount_minor,
            )
            is_released = release_id(held) in ids
            found.append(
                HeldReserve(held.period, held.party, held.currency, held.amount_minor, is_released)
            )
    return tuple(sorted(found))


def _months_between(before: Month, after: Month) -> int:
    return (after.year - before.year) * 12 + after.number - before.number


def _hold(own: HeldReserve) -> Transfer:
    own_id = reserve_id(own.period, own.party, own.currency)
    return _moved(own_id, own, own.amount_minor, f"reserve of {own.period}")


def _release(own: HeldReserve) -> Transfer:
    return _moved(
        release_id(own), own, -own.amount_minor, f"release of the reserve of {own.period}"
    )


def _moved(own_id: str, own: HeldReserve, amount_minor: int, purpose: str) -> Transfer:
    """Return what moves an amount from what is owed to the reserve, or back."""
    legs = (
        TransferLeg(AccountKey(f"{PAYABLE}{own.party}", "", own.currency), -amount_minor),
        TransferLeg(AccountKey(f"{RESERVE}{own.party}", "", own.currency), amount_minor),
    )
    return Transfer(own_id, TransferAction.MOVE, legs, purpose=purpose)
