"""Policies that are still being written, as their owner may see them."""

from django.db.models import QuerySet

from duanju_web.deals.models import PolicyDraft
from duanju_web.shared.models import Organisation


def drafts_of(owner: Organisation) -> QuerySet[PolicyDraft]:
    """Return the drafts of an organisation that are not published, changed last first."""
    return PolicyDraft.objects.filter(owner=owner, published_as=None).select_related("changed_by")
