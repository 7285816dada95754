"""What parties were told of closed months; each of them its own."""

from django.db.models import Q, QuerySet

from duanju_web.settlement.models import RemittanceAdvice
from duanju_web.shared.models import Organisation


def advices_for(organisation: Organisation) -> QuerySet[RemittanceAdvice]:
    """Return what an organisation told its partners, or was told by them, the newest first."""
    is_of_it = Q(platform=organisation) | Q(party_id=organisation.slug)
    return (
        RemittanceAdvice.objects.filter(is_of_it)
        .select_related("platform")
        .order_by("-period", "role", "party_id", "currency", "pk")
    )


def find_advice(organisation: Organisation, advice_id: int) -> RemittanceAdvice | None:
    """Return an advice that an organisation gave or got, or None."""
    return advices_for(organisation).filter(pk=advice_id).first()
