"""Ledgers of platforms for tests that store transfers."""

from duanju_web.settlement.services import open_account
from duanju_web.shared.actor import Actor
from tests.support.people import A_MOMENT, an_actor
from tests.support.transfers import LIMITED, UNLIMITED


def an_open_ledger() -> Actor:
    """Make a platform with open accounts, and the accountant who acts for it."""
    platform = an_actor("platform", role="accountant")
    for key in (*LIMITED, *UNLIMITED):
        open_account(
            platform=platform.organisation,
            account=key,
            may_be_negative=key in UNLIMITED,
            now=A_MOMENT,
        )
    return platform
