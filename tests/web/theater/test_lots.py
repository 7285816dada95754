"""Which money an unlock carries: every fen of a purchase, once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju_web.theater.lots import Lot, NotEnoughCoins, Taken, consume_lots

LOTS = st.lists(
    st.tuples(st.integers(1, 3000), st.integers(0, 50_000)), min_size=1, max_size=6
).map(lambda pairs: [Lot(index, *pair) for index, pair in enumerate(pairs)])


def _after(lots: list[Lot], taken: tuple[Taken, ...]) -> list[Lot]:
    parts = {part.lot_id: part for part in taken}
    return [
        Lot(lot.id, lot.coins - parts[lot.id].coins, lot.amount_minor - parts[lot.id].amount_minor)
        if lot.id in parts
        else lot
        for lot in lots
    ]


def test_oldest_coins_are_spent_first() -> None:
    assert consume_lots([Lot(1, 100, 600), Lot(2, 500, 3000)], coins=120) == (
        Taken(1, 100, 600),
        Taken(2, 20, 120),
    )


def test_bonus_coins_carry_no_money() -> None:
    assert consume_lots([Lot(1, 10, 0)], coins=10) == (Taken(1, 10, 0),)


def test_coins_that_do_not_divide_the_price_leave_no_fen_behind() -> None:
    lots = [Lot(1, 3, 100)]
    amounts = []
    for _ in range(3):
        taken = consume_lots(lots, coins=1)
        amounts.append(taken[0].amount_minor)
        lots = _after(lots, taken)
    assert amounts == [33, 33, 34]


def test_the_table_of_the_explanation() -> None:
    lots = [Lot(1, 500, 2999), Lot(2, 60, 0)]
    table = []
    for _ in range(7):
        before = lots[0]
        taken = consume_lots(lots, coins=80)
        coins = {part.lot_id: part.coins for part in taken}
        amount_minor = sum(part.amount_minor for part in taken)
        table.append((coins[1], coins.get(2, 0), before.amount_minor, before.coins, amount_minor))
        lots = _after(lots, taken)
    assert table == [
        (80, 0, 2999, 500, 479),
        (80, 0, 2520, 420, 480),
        (80, 0, 2040, 340, 480),
        (80, 0, 1560, 260, 480),
        (80, 0, 1080, 180, 480),
        (80, 0, 600, 100, 480),
        (20, 60, 120, 20, 120),
    ]


def test_too_few_coins_are_refused_with_both_numbers() -> None:
    with pytest.raises(NotEnoughCoins) as refused:
        consume_lots([Lot(1, 79, 500)], coins=80)
    assert (refused.value.balance_coins, refused.value.price_coins) == (79, 80)


@given(LOTS, st.data())
def test_parts_sum_to_what_was_paid_however_the_coins_are_spent(
    lots: list[Lot], data: st.DataObject
) -> None:
    paid_minor = sum(lot.amount_minor for lot in lots)
    left_coins = sum(lot.coins for lot in lots)
    spent_minor = 0
    while left_coins:
        coins = data.draw(st.integers(1, left_coins))
        taken = consume_lots(lots, coins=coins)
        assert sum(part.coins for part in taken) == coins
        assert all(part.amount_minor >= 0 for part in taken)
        spent_minor += sum(part.amount_minor for part in taken)
        lots = _after(lots, taken)
        left_coins -= coins
    assert spent_minor == paid_minor
    assert all(lot.coins == 0 and lot.amount_minor == 0 for lot in lots)


@given(LOTS)
def test_a_coin_is_worth_what_its_lot_cost_to_within_a_fen(lots: list[Lot]) -> None:
    for part in consume_lots(lots, coins=sum(lot.coins for lot in lots) // 2):
        lot = lots[part.lot_id]
        assert abs(part.amount_minor - lot.amount_minor * part.coins / lot.coins) < 1
