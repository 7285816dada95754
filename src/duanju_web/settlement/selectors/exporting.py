"""The ledger as it leaves the house: transaction by transaction, however many there are."""

from collections.abc import Iterator

from django.db.models import Min

from duanju.kernel import Month
from duanju.settlement import Receipt, Transaction
from duanju_web.settlement.mapping.ledger import transaction_of
from duanju_web.settlement.mapping.transfers import receipt_of
from duanju_web.settlement.models import LedgerTransaction, LedgerTransfer
from duanju_web.settlement.selectors.lake import zone_of
from duanju_web.shared.models import Organisation

ROWS_AT_ONCE = 1_000


def stream_transactions(
    platform: Organisation, *, since: Month | None = None, until: Month | None = None
) -> Iterator[Transaction]:
    """Yield what a platform's closed months posted, by month, in the order of posting.

    Args:
        platform: Whose ledger.
        since: The first month; from the beginning where none is named.
        until: The last month; to the end where none is named.
    """
    rows = LedgerTransaction.objects.filter(close__platform=platform)
    if since is not None:
        rows = rows.filter(close__period__gte=str(since))
    if until is not None:
        rows = rows.filter(close__period__lte=str(until))
    ordered = (
        rows.select_related("close", "deal")
        .defer("close__snapshot")
        .prefetch_related("postings")
        .order_by("close__period", "number")
    )
    for row in ordered.iterator(chunk_size=ROWS_AT_ONCE):
        yield transaction_of(row)


def stream_transfers(
    platform: Organisation, *, since: Month | None = None, until: Month | None = None
) -> Iterator[Receipt]:
    """Yield the receipts of what moved on a platform's ledger after settlement, by time.

    Args:
        platform: Whose ledger.
        since: The first month, in the platform's zone; from the beginning where none is named.
        until: The last month; to the end where none is named.
    """
    zone = zone_of(platform)
    rows = LedgerTransfer.objects.filter(platform=platform).annotate(at=Min("legs__at"))
    if since is not None:
        rows = rows.filter(at__gte=since.period(zone).start)
    if until is not None:
        rows = rows.filter(at__lt=until.period(zone).end)
    ordered = rows.select_related("resolves").prefetch_related("legs__account").order_by("at", "pk")
    for row in ordered.iterator(chunk_size=ROWS_AT_ONCE):
        yield receipt_of(row)
