"""Which bank account receives, which waits, and which were."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from duanju_web.payouts.models import BankAccount
from duanju_web.shared.models import Organisation


def receiving_accounts(
    organisation_ids: Iterable[int], *, currency: str, now: datetime
) -> dict[int, BankAccount]:
    """Return the account that each organisation is paid to in a currency: the last that started.

    Those that have none are not there. One query for a thousand organisations.
    """
    started = BankAccount.objects.filter(
        organisation__in=list(organisation_ids), currency=currency, starts_at__lte=now, stop=None
    )
    return {own.organisation_id: own for own in started.order_by("starts_at", "pk")}


def receiving_account(
    organisation: Organisation, *, currency: str, now: datetime
) -> BankAccount | None:
    """Return the account that an organisation is paid to in a currency, or pays from."""
    return receiving_accounts([organisation.pk], currency=currency, now=now).get(organisation.pk)


def waiting_account(
    organisation: Organisation, *, currency: str, now: datetime
) -> BankAccount | None:
    """Return the change that waits, if one does."""
    return BankAccount.objects.filter(
        organisation=organisation, currency=currency, starts_at__gt=now, stop=None
    ).first()


def bank_accounts_of(organisation: Organisation) -> QuerySet[BankAccount]:
    """Return all that was ever entered, the newest first."""
    return (
        BankAccount.objects.filter(organisation=organisation)
        .select_related("entered_by", "stop", "stop__stopped_by")
        .order_by("-pk")
    )


def find_bank_account(organisation: Organisation, account_id: int) -> BankAccount | None:
    """Return an organisation's own account."""
    return BankAccount.objects.filter(organisation=organisation, pk=account_id).first()


def find_by_token(token: str) -> BankAccount | None:
    """Return the account that a mailed token stands for."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    rows = BankAccount.objects.filter(token_digest=digest).select_related("organisation", "stop")
    return rows.first()


def receiving_by_currency(organisation: Organisation, *, now: datetime) -> dict[str, BankAccount]:
    """Return the account that an organisation is paid to, by currency."""
    started = BankAccount.objects.filter(
        organisation=organisation, starts_at__lte=now, stop=None
    ).order_by("starts_at", "pk")
    return {own.currency: own for own in started}
