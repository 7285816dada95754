"""A platform's months: which are closed, which comes next, what has been posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from duanju.kernel import Month
from duanju.settlement import Transaction
from duanju_web.deals.selectors import deals_begun
from duanju_web.settlement.mapping.ledger import transaction_of
from duanju_web.settlement.models import Close, LedgerTransaction
from duanju_web.settlement.selectors.lake import zone_of
from duanju_web.shared.models import Organisation


@dataclass(frozen=True, slots=True)
class PlatformMonth:
    """One month of a platform.

    Attributes:
        month: Which.
        close: Its close, or None while it is open.
        is_over: Whether its last day has passed in the platform's zone.
        is_next: Whether it is the one that can be closed next.
    """

    month: Month
    close: Close | None
    is_over: bool
    is_next: bool


def closes_of(platform: Organisation) -> QuerySet[Close]:
    """Return a platform's closed months, newest first."""
    return Close.objects.filter(platform=platform).order_by("-period")


def find_close(*, platform: Organisation, month: Month) -> Close | None:
    """Return the close of a month, or None while it is open."""
    return Close.objects.filter(platform=platform, period=str(month)).first()


def last_close(platform: Organisation) -> Close | None:
    """Return the newest close of a platform."""
    return closes_of(platform).first()


def first_month(*, platform: Organisation, now: datetime) -> Month | None:
    """Return the month in which the platform's first deal begins; None before there is one."""
    begins = (
        deals_begun(platform=platform, before=now)
        .order_by("starts_on")
        .values_list("starts_on", flat=True)
        .first()
    )
    return Month(begins.year, begins.month) if begins else None


def next_month(*, platform: Organisation, now: datetime) -> Month | None:
    """Return the month that is closed next: after the last close, else that of the first deal."""
    closed = last_close(platform)
    if closed is not None:
        return Month.parse(closed.period).next()
    return first_month(platform=platform, now=now)


def months_of(*, platform: Organisation, now: datetime) -> Sequence[PlatformMonth]:
    """Return a platform's months from now back to the first that is closed or has a deal."""
    current = Month.of(now, zone_of(platform))
    closes = {close.period: close for close in closes_of(platform).defer("snapshot")}
    starts = [Month.parse(period) for period in closes]
    begun = first_month(platform=platform, now=now)
    month = min([*starts, *([begun] if begun else [])], default=None)
    following = next_month(platform=platform, now=now)
    found = []
    while month is not None and month <= current:
        found.append(
            PlatformMonth(
                month=month,
                close=closes.get(str(month)),
                is_over=month < current,
                is_next=month == following,
            )
        )
        month = month.next()
    return found[::-1]


def posted_transactions(platform: Organisation) -> list[Transaction]:
    """Return all that a platform's ledger holds, in the order of posting."""
    rows = (
        LedgerTransaction.objects.filter(close__platform=platform)
        .select_related("close", "deal")
        .defer("close__snapshot")
        .prefetch_related("postings")
        .order_by("close__period", "number")
    )
    return [transaction_of(row) for row in rows]
