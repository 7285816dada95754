"""What closed months brought can be paid out, and no more; corrections reach the same accounts."""

from datetime import timedelta

import pytest

from duanju.kernel import ProblemsFound
from duanju.settlement import AccountBalance, AccountKey, Transfer
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.selectors import balance_of, balances_by_key, balances_of
from duanju_web.settlement.services import close_month, make_transfers, open_account
from duanju_web.shared.actor import Actor
from tests.support.agreements import (
    NOVEMBER_5,
    OCTOBER_5,
    SEPTEMBER_NOON,
    a_deal,
    a_title_of,
    watched,
)
from tests.support.people import A_MOMENT, an_actor
from tests.support.transfers import a_hold, a_posting
from tests.web.settlement.test_closing import OCTOBER, SEPTEMBER

pytestmark = pytest.mark.django_db


def make(platform: Actor, *transfers: Transfer) -> None:
    make_transfers(
        platform=platform.organisation, transfers=transfers, actor=platform, now=A_MOMENT
    )


def test_what_closed_months_brought_can_be_paid_out_and_no_more():
    platform, studio = an_actor("platform", role="accountant"), an_actor("studio")
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    close_month(platform=platform.organisation, month=SEPTEMBER, actor=platform, now=OCTOBER_5)
    (total,) = StatementRecord.objects.get().totals
    owed = AccountKey(f"payable:studio:{studio.organisation.slug}", str(title.pk), "CNY")
    bank = AccountKey(f"bank:platform:{platform.organisation.slug}", "", "CNY")
    before = balance_of(platform.organisation, owed, at=OCTOBER_5 - timedelta(seconds=1))
    assert before == AccountBalance()
    assert balance_of(platform.organisation, owed) == AccountBalance(settled_minor=1_500)
    assert total["amount_minor"] == 1_500
    for key in (owed, bank):
        open_account(
            platform=platform.organisation,
            account=key,
            may_be_negative=key == bank,
            now=OCTOBER_5,
        )
    with pytest.raises(ProblemsFound, match="account-below-zero"):
        make(platform, a_hold("pay", 1_501, out_of=owed, into=bank))
    make(platform, a_hold("pay", 1_500, out_of=owed, into=bank))
    held = balance_of(platform.organisation, owed)
    assert (held.balance_minor, held.available_minor) == (1_500, 0)
    make(platform, a_posting("paid", "pay"))
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=2, delay_s=86_400 * 30)
    close_month(platform=platform.organisation, month=OCTOBER, actor=platform, now=NOVEMBER_5)
    assert balances_of(platform.organisation, keys=[owed, bank]) == {
        owed: AccountBalance(settled_minor=1_650, posted_minor=-1_500),
        bank: AccountBalance(posted_minor=1_500),
    }
    other = AccountKey(owed.name, "", "USD")
    open_account(
        platform=platform.organisation, account=other, may_be_negative=False, now=NOVEMBER_5
    )
    assert balances_by_key(platform.organisation, owed.name) == {
        other: AccountBalance(),
        owed: AccountBalance(settled_minor=1_650, posted_minor=-1_500),
    }
    assert balances_by_key(platform.organisation, owed.name, at=OCTOBER_5)[owed] == (
        AccountBalance(settled_minor=1_500)
    )
