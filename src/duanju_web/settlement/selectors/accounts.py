"""An account of the ledger: what it holds at any time, and every entry that made it so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value

from duanju.settlement import AccountBalance, TransferAction
from duanju_web.deals.selectors import deals_of
from duanju_web.settlement.models import LedgerAccount, LedgerPosting, LedgerTransferLeg
from duanju_web.shared.models import Organisation

POSTING, LEG = 0, 1
_HELD = ("posted_minor", "pending_in_minor", "pending_out_minor")


@dataclass(frozen=True, slots=True)
class AccountTotal:
    """What the accounts of one name hold in one currency, of all titles together."""

    name: str
    currency: str
    balance: AccountBalance


@dataclass(frozen=True, slots=True)
class Entry:
    """One leg on an account, with its address.

    Attributes:
        at: When it counted: at the close of a month, or when its transfer was booked.
        amount_minor: What the account receives, or gives where it is negative.
        currency: ISO 4217 code.
        title_id: Of which title, or empty.
        posting: The leg that a closed month posted, or None.
        leg: The leg of a transfer, or None.
    """

    at: datetime
    amount_minor: int
    currency: str
    title_id: str
    posting: LedgerPosting | None
    leg: LedgerTransferLeg | None

    @property
    def moves(self) -> bool:
        """Whether it changes the balance: what is only held, or let go again, does not."""
        return self.leg is None or self.leg.transfer.action in {
            TransferAction.MOVE.value,
            TransferAction.POST.value,
        }


def account_totals(
    platform: Organisation, *, name: str | None = None, at: datetime | None = None
) -> list[AccountTotal]:
    """Return what a platform's accounts hold, or held at a time, by name and currency.

    Args:
        platform: Whose ledger.
        name: Only of this account.
        at: The time, aware, with all that happened at it; by default now.
    """
    settled = _settled(_postings(platform, name, at))
    accounts = LedgerAccount.objects.filter(platform=platform)
    if name is not None:
        accounts = accounts.filter(name=name)
    if at is not None:
        accounts = accounts.filter(opened_at__lte=at)
    held = _held(accounts, at)
    return [
        AccountTotal(*place, AccountBalance(settled.get(place, 0), *held.get(place, (0, 0, 0))))
        for place in sorted({*settled, *held})
    ]


def entries_of(
    platform: Organisation, name: str, *, at: datetime | None = None
) -> QuerySet[LedgerPosting, tuple[datetime, int, int]]:
    """Return where an account's entries stand, the newest first: time, kind and primary key.

    Args:
        platform: Whose ledger.
        name: The account.
        at: Only what had happened by then.
    """
    postings = _postings(platform, name, at).annotate(
        kind=Value(POSTING, IntegerField()), when=F("transaction__close__closed_at")
    )
    legs = LedgerTransferLeg.objects.filter(account__platform=platform, account__name=name)
    if at is not None:
        legs = legs.filter(at__lte=at)
    legs = legs.annotate(kind=Value(LEG, IntegerField()), when=F("at"))
    own = postings.order_by().values_list("when", "kind", "pk")
    others = legs.order_by().values_list("when", "kind", "pk")
    return own.union(others, all=True).order_by("-when", "-kind", "-pk")


def read_entries(places: Iterable[tuple[datetime, int, int]]) -> list[Entry]:
    """Return entries in the order of their places, in three queries at most."""
    asked = list(places)
    postings = LedgerPosting.objects.select_related(
        "transaction__close", "transaction__deal"
    ).defer("transaction__close__snapshot")
    legs = LedgerTransferLeg.objects.select_related("account", "transfer__resolves")
    posted = postings.in_bulk([pk for _at, kind, pk in asked if kind == POSTING])
    moved = legs.in_bulk([pk for _at, kind, pk in asked if kind == LEG])
    return [
        _of_posting(posted[pk]) if kind == POSTING else _of_leg(moved[pk])
        for _at, kind, pk in asked
    ]


def names_of_titles(platform: Organisation, title_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the names of titles of a platform's deals, by language."""
    ids = {int(own) for own in title_ids if own.isdecimal()}
    rows = deals_of(platform).order_by().filter(titles__pk__in=ids)
    return {str(pk): name for pk, name in rows.values_list("titles__pk", "titles__name")}


def _postings(
    platform: Organisation, name: str | None, at: datetime | None
) -> QuerySet[LedgerPosting]:
    rows = LedgerPosting.objects.filter(transaction__close__platform=platform)
    if name is not None:
        rows = rows.filter(account=name)
    if at is not None:
        rows = rows.filter(transaction__close__closed_at__lte=at)
    return rows


def _settled(rows: QuerySet[LedgerPosting]) -> dict[tuple[str, str], int]:
    sums = rows.order_by().values_list("account", "currency").annotate(Sum("amount_minor"))
    return {(account, code): int(total) for account, code, total in sums}


def _held(
    accounts: QuerySet[LedgerAccount], at: datetime | None
) -> dict[tuple[str, str], Sequence[int]]:
    """Return what the last leg of each account says, added up by name and currency."""
    legs = LedgerTransferLeg.objects.filter(account=OuterRef("pk"))
    if at is not None:
        legs = legs.filter(at__lte=at)
    last = legs.order_by("-at", "-sequence")
    rows = (
        accounts.order_by()
        .annotate(**{f"last_{own}": Subquery(last.values(own)[:1]) for own in _HELD})
        .values_list("name", "currency")
        .annotate(*(Sum(f"last_{own}") for own in _HELD))
    )
    return {(name, code): [int(own or 0) for own in sums] for name, code, *sums in rows}


def _of_posting(row: LedgerPosting) -> Entry:
    own = row.transaction
    return Entry(own.close.closed_at, row.amount_minor, row.currency, own.title_id, row, None)


def _of_leg(row: LedgerTransferLeg) -> Entry:
    return Entry(row.at, row.amount_minor, row.currency, row.account.title_id, None, row)
