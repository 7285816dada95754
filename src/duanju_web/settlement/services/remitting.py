"""Making due what a closed month brought: from what was earned to what payouts take."""

from collections.abc import Sequence
from datetime import datetime

from duanju.kernel import Month, Problem, ProblemsFound
from duanju.settlement import DUE, Transfer
from duanju_web.settlement.selectors.closes import find_close, last_close
from duanju_web.settlement.selectors.remitting import find_due_now
from duanju_web.settlement.services.accounts import open_accounts
from duanju_web.settlement.services.transfers import TRANSFERS_MAX, make_transfers
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation


def make_due(
    *, platform: Organisation, month: Month, actor: Actor, now: datetime
) -> int | tuple[Problem, ...]:
    """Move what the platform owes each party to where payouts take it from.

    It is part after part, each whole; called again, by whoever and after whatever, it goes on
    where it stopped, and moves nothing twice.

    Args:
        platform: Whose ledger.
        month: The last that was closed.
        actor: Who asks.
        now: The time, aware.

    Returns:
        How many transfers were made; or why none was.
    """
    if find_close(platform=platform, month=month) is None:
        return (Problem("settlement.month-not-closed", params={"month": str(month)}),)
    last = last_close(platform)
    if last is not None and last.period != str(month):
        params = {"month": str(month), "last": last.period}
        return (Problem("settlement.not-the-last-month", params=params),)
    moving = find_due_now(platform, month).moving
    transfers = [own.transfer for own in moving if own.transfer]
    for first in range(0, len(transfers), TRANSFERS_MAX):
        part = transfers[first : first + TRANSFERS_MAX]
        try:
            _book(platform, part, actor, now)
        except ProblemsFound as refused:
            return refused.problems
    return len(transfers)


def _book(
    platform: Organisation, transfers: Sequence[Transfer], actor: Actor, now: datetime
) -> None:
    """Open what is not open and book; what is due never goes below zero, what is payable may."""
    keys = {leg.account for own in transfers for leg in own.legs}
    rules = {key: not key.name.startswith(DUE) for key in keys}
    open_accounts(platform=platform, may_be_negative=rules, now=now)
    make_transfers(platform=platform, transfers=transfers, actor=actor, now=now)
