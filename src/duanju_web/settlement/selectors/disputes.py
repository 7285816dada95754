"""Disputes as each side reads them."""

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from duanju.kernel import Month
from duanju.settlement import UNSETTLED, DisputeSide
from duanju_web.settlement.models import Dispute, DisputeFile, DisputeStep
from duanju_web.shared.models import Organisation

_OPEN = [own.value for own in UNSETTLED]


def disputes_of(organisation: Organisation) -> QuerySet[Dispute]:
    """Return the disputes that an organisation raised or answers, the newest first.

    Each has `state`, where it stands, and `last_at`.
    """
    last = DisputeStep.objects.filter(dispute=OuterRef("pk")).order_by("-number")
    return (
        Dispute.objects.filter(Q(party=organisation) | Q(platform=organisation))
        .select_related("platform", "party", "deal__policy_version")
        .annotate(
            state=Subquery(last.values("state")[:1]), last_at=Subquery(last.values("said_at")[:1])
        )
        .order_by("-pk")
    )


def open_disputes_of(platform: Organisation, month: Month) -> QuerySet[Dispute]:
    """Return the disputes of a platform's month in which somebody still has to say something."""
    return disputes_of(platform).filter(platform=platform, period=str(month), state__in=_OPEN)


def find_dispute(organisation: Organisation, dispute_id: int) -> Dispute | None:
    """Return a dispute with all that was said; others' do not exist."""
    steps = DisputeStep.objects.select_related("said_by").prefetch_related("files")
    found = disputes_of(organisation).filter(pk=dispute_id)
    return found.prefetch_related(Prefetch("steps", queryset=steps.order_by("number"))).first()


def find_dispute_file(organisation: Organisation, file_id: int) -> DisputeFile | None:
    """Return a file of a dispute that an organisation may read."""
    sides = Q(step__dispute__party=organisation) | Q(step__dispute__platform=organisation)
    return DisputeFile.objects.filter(sides, pk=file_id).first()


def side_of(dispute: Dispute, organisation: Organisation) -> DisputeSide:
    """Return for which side an organisation speaks."""
    own = dispute.platform_id == organisation.pk
    return DisputeSide.PLATFORM if own else DisputeSide.PARTNER
