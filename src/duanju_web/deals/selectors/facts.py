"""What people recorded about deals, beside what the lake measures."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from duanju.deals import Fact
from duanju_web.deals.mapping.facts import fact_of
from duanju_web.deals.models import Deal, ReportedFact

LAKE_MEASURES = frozenset({"effective_minutes", "unlock_income"})
"""What the event lake measures; nobody records it, but which part of it was fraud."""


def facts_recorded(deal: Deal) -> QuerySet[ReportedFact]:
    """Return everything that was ever recorded about a deal, newest first."""
    return (
        ReportedFact.objects.filter(deal=deal)
        .select_related("title", "recorded_by", "replaced_by")
        .order_by("-pk")
    )


def reported_facts(
    *, deals: Iterable[Deal], known_at: datetime | None = None
) -> dict[str, tuple[Fact, ...]]:
    """Return what holds of what was recorded about deals: deal's number to facts.

    Args:
        deals: Which.
        known_at: As it was known then; by default now.
    """
    numbers = {deal.pk: deal.number for deal in deals}
    rows = ReportedFact.objects.filter(deal__in=list(numbers)).order_by("pk")
    if known_at is None:
        rows = rows.filter(replaced_by=None)
    else:
        rows = rows.filter(recorded_at__lte=known_at).filter(
            Q(replaced_by=None) | Q(replaced_by__recorded_at__gt=known_at)
        )
    found: dict[str, list[Fact]] = {}
    for row in rows:
        found.setdefault(numbers[row.deal_id], []).append(fact_of(row))
    return {number: tuple(facts) for number, facts in found.items()}
