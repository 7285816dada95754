"""Whom a platform pays."""

from duanju.settlement import PAYABLE
from duanju_web.deals.selectors import deals_of
from duanju_web.settlement.models import LedgerPosting, PayoutTerms
from duanju_web.shared.models import Organisation


def payable_parties(platform: Organisation) -> list[tuple[str, str]]:
    """Return role and id of all whom a platform's ledger owes, or whose deals it signed."""
    names = (
        LedgerPosting.objects.filter(
            transaction__close__platform=platform, account__startswith=PAYABLE
        )
        .order_by()
        .values_list("account", flat=True)
        .distinct()
    )
    found = set()
    for name in names:
        role, _colon, party_id = name.removeprefix(PAYABLE).partition(":")
        found.add((role, party_id))
    studios = deals_of(platform).order_by().values_list("studio__slug", flat=True).distinct()
    found |= {("studio", slug) for slug in studios}
    found |= set(PayoutTerms.objects.filter(platform=platform).values_list("role", "party_id"))
    return sorted(found)
