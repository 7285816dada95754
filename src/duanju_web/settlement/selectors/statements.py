"""Statements and ledgers, as each side may read them."""

from django.db.models import Q, QuerySet, Sum

from duanju.kernel import Month
from duanju_web.settlement.models import LedgerPosting, LedgerTransaction, StatementRecord
from duanju_web.shared.models import Organisation


def statements_of(organisation: Organisation) -> QuerySet[StatementRecord]:
    """Return the statements that an organisation issued or received, newest month first."""
    return (
        StatementRecord.objects.filter(Q(party=organisation) | Q(close__platform=organisation))
        .select_related("close", "close__platform", "deal__policy_version", "party")
        .defer("document", "close__snapshot")
        .order_by("-close__period", "-pk")
    )


def find_statement(*, organisation: Organisation, statement_id: int) -> StatementRecord | None:
    """Return a statement that an organisation issued or received; others' do not exist for it."""
    return (
        StatementRecord.objects.filter(Q(party=organisation) | Q(close__platform=organisation))
        .select_related(
            "close__platform", "deal__policy_version", "deal__platform", "deal__studio", "party"
        )
        .filter(pk=statement_id)
        .first()
    )


def ledger_of(platform: Organisation, *, month: Month | None = None) -> QuerySet[LedgerTransaction]:
    """Return a platform's transactions in the order of posting, newest month first."""
    rows = LedgerTransaction.objects.filter(close__platform=platform)
    if month is not None:
        rows = rows.filter(close__period=str(month))
    return (
        rows.select_related("close", "deal")
        .defer("close__snapshot")
        .prefetch_related("postings")
        .order_by("-close__period", "number")
    )


def currency_sums(platform: Organisation, *, month: Month | None = None) -> dict[str, int]:
    """Return the sum of all postings a currency, in minor units: zero, or the books are broken."""
    legs = LedgerPosting.objects.filter(transaction__close__platform=platform)
    if month is not None:
        legs = legs.filter(transaction__close__period=str(month))
    rows = legs.values("currency").annotate(total=Sum("amount_minor")).order_by("currency")
    return {row["currency"]: int(row["total"]) for row in rows}


def account_balances(
    platform: Organisation, *, month: Month | None = None
) -> list[tuple[str, str, int]]:
    """Return what each account holds: account, currency, minor units."""
    legs = LedgerPosting.objects.filter(transaction__close__platform=platform)
    if month is not None:
        legs = legs.filter(transaction__close__period=str(month))
    rows = (
        legs.values("account", "currency")
        .annotate(total=Sum("amount_minor"))
        .order_by("account", "currency")
    )
    return [(row["account"], row["currency"], int(row["total"])) for row in rows]
