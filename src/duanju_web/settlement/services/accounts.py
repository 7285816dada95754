"""Opening the accounts that transfers use."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from duanju.settlement import AccountKey
from duanju_web.settlement.mapping.transfers import key_of
from duanju_web.settlement.models import LedgerAccount
from duanju_web.settlement.selectors.transfers import accounts_of
from duanju_web.shared.models import Organisation

ATTEMPTS_MAX = 5
"""Each attempt that fails saw somebody else open one of the accounts."""


class AccountOpenedOtherwise(RuntimeError):
    """The account is open already, and whether it may go below zero was said otherwise."""

    code = "settlement.account-opened-otherwise"


def open_account(
    *, platform: Organisation, account: AccountKey, may_be_negative: bool, now: datetime
) -> LedgerAccount:
    """Open an account for transfers, or return it if it is open with the same rule.

    Raises:
        AccountOpenedOtherwise: It is open with the other rule, which never changes.
    """
    row, _opened = LedgerAccount.objects.get_or_create(
        platform=platform,
        name=account.name,
        title_id=account.title_id,
        currency=account.currency,
        defaults={"may_be_negative": may_be_negative, "opened_at": now},
    )
    if row.may_be_negative != may_be_negative:
        raise AccountOpenedOtherwise(str(row))
    return row


def open_accounts(
    *, platform: Organisation, may_be_negative: Mapping[AccountKey, bool], now: datetime
) -> None:
    """Open accounts that are not open, in a few statements for any number.

    Args:
        platform: Whose ledger.
        may_be_negative: Account to whether it may go below zero.
        now: The time, aware.

    Raises:
        AccountOpenedOtherwise: One is open with the other rule, which never changes.
    """
    for attempt in range(1, ATTEMPTS_MAX + 1):
        opened = {key_of(row): row for row in accounts_of(platform, keys=may_be_negative.keys())}
        for key, row in opened.items():
            if row.may_be_negative != may_be_negative[key]:
                raise AccountOpenedOtherwise(str(row))
        wanted = [
            LedgerAccount(
                platform=platform,
                name=key.name,
                title_id=key.title_id,
                currency=key.currency,
                may_be_negative=may_be_negative[key],
                opened_at=now,
            )
            for key in sorted(may_be_negative.keys() - opened.keys())
        ]
        try:
            with transaction.atomic():
                LedgerAccount.objects.bulk_create(wanted, batch_size=500)
        except IntegrityError:  # somebody else opened one of them meanwhile
            if attempt == ATTEMPTS_MAX:
                raise
        else:
            return
