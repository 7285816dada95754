"""Which coins an unlock spends, and which money was paid for them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lot:
    """Coins that came in together.

    Attributes:
        id: The lot's number.
        coins: Coins still in it.
        amount_minor: Money still in it, in minor units; 0 for coins that were a present.
    """

    id: int
    coins: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken out of one lot."""

    lot_id: int
    coins: int
    amount_minor: int


class NotEnoughCoins(Exception):
    """The lots hold fewer coins than are asked for; nothing was taken."""

    code = "theater.not-enough-coins"

    def __init__(self, *, balance_coins: int, price_coins: int) -> None:
        """Keep both numbers for the sentence that the viewer reads."""
        super().__init__(f"{price_coins} coins asked, {balance_coins} there")
        self.balance_coins = balance_coins
        self.price_coins = price_coins


def consume_lots(lots: Sequence[Lot], *, coins: int) -> tuple[Taken, ...]:
    """Take coins out of lots, oldest first, with the money that belongs to them.

    A lot gives `k` of its `n` coins the floor of `k / n` of the money still in it. What the floor
    leaves stays in the lot, so the last coin takes the last minor unit and the parts of a lot sum
    to what was paid for it, however it is spent.

    Args:
        lots: In the order in which they came in.
        coins: How many to take, 0 or more.

    Returns:
        One entry a lot touched, in order; their coins sum to `coins`.

    Raises:
        NotEnoughCoins: The lots hold fewer.

    >>> consume_lots([Lot(1, 3, 100), Lot(2, 10, 0)], coins=4)
    (Taken(lot_id=1, coins=3, amount_minor=100), Taken(lot_id=2, coins=1, amount_minor=0))
    """
    balance_coins = sum(lot.coins for lot in lots)
    if coins > balance_coins:
        raise NotEnoughCoins(balance_coins=balance_coins, price_coins=coins)
    taken = []
    wanted_coins = coins
    for lot in lots:
        if wanted_coins == 0:
            break
        if lot.coins == 0:
            continue
        part_coins = min(wanted_coins, lot.coins)
        taken.append(Taken(lot.id, part_coins, lot.amount_minor * part_coins // lot.coins))
        wanted_coins -= part_coins
    return tuple(taken)
