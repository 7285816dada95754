"""Bringing what titles earned together, where they are more than one transfer takes."""

from collections import defaultdict
from collections.abc import Mapping

from duanju.kernel import Month, digest
from duanju.settlement.transfer import (
    LEGS_MAX,
    AccountKey,
    Transfer,
    TransferAction,
    TransferLeg,
)

SPARE_LEGS = 200
"""Of a transfer, beside those of titles: of taxes, conversions and sums, a few a currency."""

TITLES_MAX = LEGS_MAX - SPARE_LEGS
"""So many accounts one transfer takes from."""


def gather(
    period: Month, balances: Mapping[AccountKey, int]
) -> tuple[tuple[Transfer, ...], dict[AccountKey, int]]:
    """Return what brings a party's accounts together, and what they have then.

    While they are few, nothing moves. Of more, those of titles are emptied, part after part, each
    a transfer of its own, into the account of their name that has no title. A transfer's id is the
    digest of what it moves, so a repeat, also of a part, books nothing twice.

    Args:
        period: The month for which it is done.
        balances: What the accounts have, none at zero.
    """
    if len(balances) <= TITLES_MAX:
        return (), dict(balances)
    titles = sorted(key for key in balances if key.title_id)
    left: dict[AccountKey, int] = defaultdict(int)
    left |= {key: own for key, own in balances.items() if not key.title_id}
    transfers = []
    for first in range(0, len(titles), TITLES_MAX):
        part = titles[first : first + TITLES_MAX]
        sums: dict[AccountKey, int] = defaultdict(int)
        for key in part:
            sums[AccountKey(key.name, "", key.currency)] += balances[key]
        legs = [TransferLeg(key, -balances[key]) for key in part]
        legs += [TransferLeg(key, own) for key, own in sorted(sums.items()) if own]
        transfers.append(_transfer(period, legs))
        for key, own in sums.items():
            left[key] += own
    return tuple(transfers), {key: own for key, own in left.items() if own}


def _transfer(period: Month, legs: list[TransferLeg]) -> Transfer:
    told = [
        [own.account.name, own.account.title_id, own.account.currency, own.amount_minor]
        for own in legs
    ]
    own_id = f"gather-{period}-{digest(told)[:32]}"
    purpose = f"titles together {period}"
    return Transfer(own_id, TransferAction.MOVE, tuple(legs), purpose=purpose)
