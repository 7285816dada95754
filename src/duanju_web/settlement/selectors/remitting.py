"""What a platform owes and has not made due, and what it has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from duanju.deals import month_ends_on
from duanju.kernel import Month
from duanju.settlement import (
    DUE,
    PAYABLE,
    AccountKey,
    PinnedRates,
    Remittance,
    RemittanceTerms,
    pin_rates,
    remit,
)
from duanju_web.settlement.models import LedgerPosting, LedgerTransferLeg
from duanju_web.shared.models import Organisation


@dataclass(frozen=True, slots=True)
class DueNow:
    """What could be made due of all that was posted.

    Attributes:
        moving: What would move.
        carried: What waits, each with why.
    """

    moving: tuple[Remittance, ...]
    carried: tuple[Remittance, ...]


def find_due_now(platform: Organisation, month: Month) -> DueNow:
    """Return what each party is owed by the platform and was not made due, in four queries.

    Each currency is paid as it was earned, for the pages keep no terms of payment yet: nothing is
    converted and no tax is withheld.

    Args:
        platform: Whose ledger.
        month: The last that was closed.
    """
    rates = _no_rates(month)
    found = [
        remit(
            period=month,
            day=month_ends_on(month),
            terms=RemittanceTerms(role=role, party_id=party, taxpayer="", currency=code),
            balances=balances,
            rules=(),
            rates=rates,
        )
        for (role, party, code), balances in sorted(_owed(platform).items())
    ]
    remittances = [own for own in found if isinstance(own, Remittance)]
    assert len(remittances) == len(found), "without tax and conversion nothing can be missing"
    return DueNow(
        moving=tuple(own for own in remittances if own.transfer),
        carried=tuple(own for own in remittances if not own.transfer and own.left),
    )


def legs_made_due(platform: Organisation, month: Month) -> QuerySet[LedgerTransferLeg]:
    """Return what came to be due for a month, a leg each, by account."""
    return (
        LedgerTransferLeg.objects.filter(
            transfer__platform=platform,
            transfer__transfer_id__startswith=f"remit-{month}-",
            account__name__startswith=DUE,
        )
        .select_related("account", "transfer")
        .order_by("account__name", "account__currency")
    )


def _no_rates(month: Month) -> PinnedRates:
    return pin_rates([], source="", day=month_ends_on(month) - timedelta(days=1))


def _owed(platform: Organisation) -> Mapping[tuple[str, str, str], dict[AccountKey, int]]:
    """Return balances of accounts by role, id and currency; those at zero left out."""
    held: dict[AccountKey, int] = defaultdict(int)
    for name, title_id, code, amount in (*_posted(platform), *_moved(platform)):
        held[AccountKey(name, title_id, code)] += int(amount)
    owed: dict[tuple[str, str, str], dict[AccountKey, int]] = defaultdict(dict)
    for key, amount in held.items():
        if amount:
            role, _colon, party = key.name.removeprefix(PAYABLE).partition(":")
            owed[role, party, key.currency][key] = amount
    return owed


def _posted(platform: Organisation) -> Iterable[tuple[str, str, str, int]]:
    """Return what closes brought, of what the platform itself pays; others owe among them."""
    own_side = f":platform:{platform.slug}"
    sources = LedgerPosting.objects.filter(
        Q(account__startswith="expense:") | Q(account__startswith="income:"),
        transaction=OuterRef("transaction"),
        account__endswith=own_side,
    )
    legs = LedgerPosting.objects.filter(
        Exists(sources),
        transaction__close__platform=platform,
        account__startswith=PAYABLE,
    )
    return (
        legs.order_by()
        .values_list("account", "transaction__title_id", "currency")
        .annotate(Sum("amount_minor"))
    )


def _moved(platform: Organisation) -> Iterable[tuple[str, str, str, int]]:
    legs = LedgerTransferLeg.objects.filter(
        transfer__platform=platform,
        transfer__action__in=("move", "post"),
        account__name__startswith=PAYABLE,
    )
    return (
        legs.order_by()
        .values_list("account__name", "account__title_id", "currency")
        .annotate(Sum("amount_minor"))
    )
