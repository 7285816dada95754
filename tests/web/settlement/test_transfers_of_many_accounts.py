"""Ledgers of many accounts: read back whole, and asked for all at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duanju.settlement import AccountKey, Transfer, TransferAction, TransferLeg
from duanju_web.settlement.models import LedgerAccount
from duanju_web.settlement.selectors import (
    available_by_account,
    balances_of,
    currencies_of_accounts,
    find_transfer,
)
from duanju_web.settlement.services import make_transfers, open_account
from tests.support.people import A_MOMENT, an_actor
from tests.support.transfers import BANK, a_hold, between

pytestmark = pytest.mark.django_db
MANY = 1_100
"""More than SQLite looks up by a chain of comparisons."""


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


def opened(platform, *keys: AccountKey) -> None:
    LedgerAccount.objects.bulk_create(
        LedgerAccount(
            platform=platform.organisation,
            name=key.name,
            title_id=key.title_id,
            currency=key.currency,
            may_be_negative=False,
            opened_at=A_MOMENT,
        )
        for key in keys
    )
    open_account(platform=platform.organisation, account=BANK, may_be_negative=True, now=A_MOMENT)


def make(platform, *transfers: Transfer):
    return make_transfers(
        platform=platform.organisation, transfers=transfers, actor=platform, now=A_MOMENT
    )


def test_a_transfer_of_more_than_a_thousand_accounts_is_read_back_whole(platform):
    keys = [AccountKey(f"due:studio:s{number}", "", "CNY") for number in range(MANY)]
    opened(platform, *keys)
    legs = (*(TransferLeg(key, 1) for key in keys), TransferLeg(BANK, -MANY))
    (receipt,) = make(platform, Transfer("many", TransferAction.MOVE, legs))
    assert find_transfer(platform.organisation, "many") == receipt
    with CaptureQueriesContext(connection) as queries:
        found = available_by_account(platform.organisation, prefix="due:", currency="CNY")
    assert found == dict.fromkeys(keys, 1)
    assert len(queries) == 2


def test_what_accounts_can_give_is_what_each_says_of_itself(platform):
    keys = [AccountKey(f"due:studio:s{number}", "", "CNY") for number in range(4)]
    others = [
        AccountKey("due:studio:s0", "", "USD"),
        AccountKey("due:studio:s0", "t1", "CNY"),
        AccountKey("payable:studio:s0", "", "CNY"),
    ]
    opened(platform, *keys, *others)
    for number, key in enumerate(keys[:3], start=1):
        legs = between(100 * number, out_of=BANK, into=key)
        make(platform, Transfer(f"in{number}", TransferAction.MOVE, legs))
    make(platform, a_hold("held", 30, out_of=keys[1], into=BANK))
    found = available_by_account(platform.organisation, prefix="due:", currency="CNY")
    said = balances_of(platform.organisation, keys=keys)
    assert found == {key: own.available_minor for key, own in said.items()}
    assert list(found.values()) == [100, 170, 300, 0]
    assert currencies_of_accounts(platform.organisation, prefix="due:") == ["CNY", "USD"]
