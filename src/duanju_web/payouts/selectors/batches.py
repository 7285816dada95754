"""Batches, payouts, and what is due."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, Sum

from duanju.settlement import DUE, AccountKey, PayoutState
from duanju_web.payouts.models import (
    BatchState,
    PayoutBatchRecord,
    PayoutRecord,
    PayoutRule,
    StatusFile,
)
from duanju_web.settlement.selectors import (
    available_by_account,
    balances_of,
    currencies_of_accounts,
    opened_accounts_of,
)
from duanju_web.shared.models import Organisation


def today_of(platform: Organisation, now: datetime) -> date:
    """Return the day that it is where a platform is."""
    return now.astimezone(ZoneInfo(platform.time_zone)).date()


def rule_of(platform: Organisation, currency: str) -> PayoutRule:
    """Return what holds for a platform's batches in a currency; unsaved where nobody said."""
    own = PayoutRule.objects.filter(platform=platform, currency=currency).first()
    return own or PayoutRule(platform=platform, currency=currency)


def batches_of(platform: Organisation) -> QuerySet[PayoutBatchRecord]:
    """Return a platform's batches, the newest first."""
    rows = PayoutBatchRecord.objects.filter(platform=platform)
    return rows.select_related("proposed_by", "approved_by").order_by("-pk")


def find_batch(platform: Organisation, batch_pk: int) -> PayoutBatchRecord | None:
    """Return a platform's own batch."""
    rows = PayoutBatchRecord.objects.filter(platform=platform, pk=batch_pk)
    return rows.select_related("debtor", "proposed_by", "approved_by", "withdrawn_by").first()


def payouts_in(batch: PayoutBatchRecord) -> QuerySet[PayoutRecord]:
    """Return a batch's payouts in the order of its file, with whom and where."""
    return batch.payouts.select_related("bank_account", "party").order_by("number")


def counts_in(batch: PayoutBatchRecord) -> dict[PayoutState, tuple[int, int]]:
    """Return how many payouts of a batch are in each state, and what they come to."""
    rows = batch.payouts.order_by().values_list("state").annotate(Count("pk"), Sum("amount_minor"))
    found = {PayoutState(state): (count, int(total)) for state, count, total in rows}
    return {state: found.get(state, (0, 0)) for state in PayoutState}


def payouts_to(party: Organisation) -> QuerySet[PayoutRecord]:
    """Return the payouts to an organisation that were approved, the newest first."""
    return (
        PayoutRecord.objects.filter(party=party, batch__state=BatchState.APPROVED)
        .select_related("batch__platform", "bank_account")
        .order_by("-pk")
    )


def status_files_of(platform: Organisation) -> QuerySet[StatusFile]:
    """Return the files that a platform imported, the newest first."""
    rows = StatusFile.objects.filter(platform=platform).select_related("imported_by")
    return rows.order_by("-pk")


def due_of_platform(platform: Organisation, currency: str) -> dict[AccountKey, int]:
    """Return what a platform is still to propose: due, not held, and in no batch that waits."""
    due = available_by_account(platform, prefix=DUE, currency=currency)
    waiting = (
        PayoutRecord.objects.filter(
            batch__platform=platform, batch__currency=currency, batch__state=BatchState.PROPOSED
        )
        .order_by()
        .values_list("account")
        .annotate(Sum("amount_minor"))
    )
    for name, total in waiting:
        key = AccountKey(name, "", currency)
        due[key] = due.get(key, 0) - int(total)
    return due


def currencies_due(platform: Organisation) -> list[str]:
    """Return the currencies in which a platform has accounts that are due."""
    return currencies_of_accounts(platform, prefix=DUE)


def due_to(party: Organisation) -> list[tuple[Organisation, str, int]]:
    """Return what each platform is still to pay a party: platform, currency, amount."""
    accounts = opened_accounts_of(party, prefix=DUE)
    platforms = Organisation.objects.in_bulk(list(accounts))
    found: dict[tuple[int, str], int] = {}
    for platform_id, keys in accounts.items():
        for key, own in balances_of(platforms[platform_id], keys=keys).items():
            place = (platform_id, key.currency)
            found[place] = found.get(place, 0) + own.available_minor
    return [
        (platforms[platform_id], code, total)
        for (platform_id, code), total in sorted(found.items())
        if total
    ]


def rules_of(platform: Organisation) -> list[PayoutRule]:
    """Return what a platform has said of its currencies; there are few."""
    return list(PayoutRule.objects.filter(platform=platform))


def names_of_left_out(
    batch: PayoutBatchRecord, *, limit: int
) -> list[tuple[Organisation | None, str, int, str]]:
    """Return who is left out of a batch: organisation, account, amount, why; the first so many."""
    shown = batch.left_out[:limit]
    slugs = {own["account"].rpartition(":")[2] for own in shown}
    parties = {own.slug: own for own in Organisation.objects.filter(slug__in=slugs)}
    return [
        (
            parties.get(own["account"].rpartition(":")[2]),
            own["account"],
            own["amount_minor"],
            own["why"],
        )
        for own in shown
    ]
