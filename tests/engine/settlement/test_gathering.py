"""More titles than one transfer takes: brought together first, then made due as any other."""

from collections import defaultdict
from datetime import date

import pytest

from duanju.kernel import Money, Month
from duanju.settlement import (
    AccountKey,
    Remittance,
    RemittanceTerms,
    Transfer,
    pin_rates,
    remit,
)
from duanju.settlement.gathering import TITLES_MAX
from duanju.settlement.transfer import LEGS_MAX

SEPTEMBER = Month(2026, 9)
TERMS = RemittanceTerms(role="studio", party_id="lanxi", taxpayer="", currency="CNY")


def titles(number: int) -> dict[AccountKey, int]:
    """Return accounts that earned 1, 2, 3, … fen."""
    return {
        AccountKey("payable:studio:lanxi", f"{own}", "CNY"): own for own in range(1, number + 1)
    }


def remitted(balances: dict[AccountKey, int]) -> Remittance:
    found = remit(
        period=SEPTEMBER,
        day=date(2026, 10, 20),
        terms=TERMS,
        balances=balances,
        rules=(),
        rates=pin_rates([], source="", day=date(2026, 9, 30)),
    )
    assert isinstance(found, Remittance), found
    return found


def after(balances: dict[AccountKey, int], transfers: tuple[Transfer, ...]) -> dict[str, int]:
    """Return what accounts have then, by name; titles together."""
    sums: dict[str, int] = defaultdict(int)
    for key, own in balances.items():
        sums[key.name] += own
    for transfer in transfers:
        for leg in transfer.legs:
            sums[leg.account.name] += leg.amount_minor
    return dict(sums)


@pytest.mark.parametrize("number", [1, TITLES_MAX])
def test_few_titles_are_one_transfer(number: int) -> None:
    found = remitted(titles(number))
    assert found.gathering == ()
    assert found.transfer is not None
    assert len(found.transfer.legs) == number + 1


@pytest.mark.parametrize("number", [TITLES_MAX + 1, 2 * TITLES_MAX, 5_000])
def test_many_titles_are_brought_together(number: int) -> None:
    balances = titles(number)
    found = remitted(balances)
    assert found.due == Money(number * (number + 1) // 2, "CNY")
    assert len(found.gathering) == -(-number // TITLES_MAX)
    assert max(len(own.legs) for own in found.transfers) <= LEGS_MAX
    emptied = [leg.account for own in found.gathering for leg in own.legs if leg.account.title_id]
    assert sorted(emptied) == sorted(balances)
    assert after(balances, found.transfers) == {
        "payable:studio:lanxi": 0,
        "due:studio:lanxi": found.due.amount_minor,
    }
    assert len({own.id for own in found.transfers}) == len(found.transfers)


def test_a_part_that_was_booked_is_not_brought_together_again() -> None:
    balances = titles(2 * TITLES_MAX)
    first, second = remitted(balances).gathering
    for leg in first.legs:
        balances[leg.account] = balances.get(leg.account, 0) + leg.amount_minor
    found = remitted({key: own for key, own in balances.items() if own})
    assert [own.id for own in found.gathering] == [second.id]
    assert found.due == remitted(titles(2 * TITLES_MAX)).due
