"""Where the demo's organisations are paid, and pay from."""

from collections.abc import Mapping
from datetime import datetime

from duanju.settlement import PayoutAccount
from duanju_web.demo.world import load_organisations
from duanju_web.payouts.services import keep_bank_account
from duanju_web.shared.actor import Actor


def load_bank_accounts(*, owners: Mapping[str, Actor], now: datetime) -> None:
    """Enter the accounts of the world, as owners would with their second factor.

    They are the first of their currencies, so they hold at once and nobody is mailed.
    """
    for world in load_organisations():
        owner = owners[world.slug]
        assert owner.user is not None
        for own in world.accounts:
            keep_bank_account(
                actor=owner,
                currency=own.currency,
                account=PayoutAccount(
                    holder=own.holder,
                    number=own.number,
                    clearing_system=own.clearing_system,
                    clearing_member=own.clearing_member,
                ),
                contact_email=owner.user.email,
                token=f"{world.slug}-{own.currency}",
                link="",
                now=now,
            )
