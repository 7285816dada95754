"""Mails of settlement: a month waits for its partners, a dispute for words."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from duanju.kernel import Month, Text
from duanju.settlement import DisputeAction, DisputeSide
from duanju_web.settlement.models import Dispute, MonthStep, ProvisionalStatement
from duanju_web.settlement.selectors.stages import closing_for, last_push
from duanju_web.shared.models import Organisation, Role
from duanju_web.shared.services.mailing import page_address, tell_people

READERS = (Role.OWNER, Role.ACCOUNTANT)


def tell_partners(step: MonthStep) -> None:
    """Tell the partners of a month that was opened to them, and until when they may dispute."""
    closing = closing_for(step.platform)
    month = Month.parse(step.period)
    assert closing is not None, "a month with stages has rules"
    for partner in _partners(step.platform, month):
        tell_people(
            partner,
            roles=READERS,
            subject=_("%(platform)s: your figures of %(month)s"),
            text=_(
                "%(platform)s has opened its figures of %(month)s. Look at your provisional "
                "statements; until the end of %(day)s lines can be disputed."
            ),
            told={
                "platform": Text(step.platform.name),
                "month": step.period,
                "day": closing.calendar.objections_end(month).isoformat(),
            },
            link=page_address(reverse("statements")),
        )


def tell_of_dispute(dispute: Dispute, *, action: DisputeAction, side: DisputeSide) -> None:
    """Tell the other side that something was said in a dispute."""
    is_partner = side is DisputeSide.PARTNER
    said_by, reader = (
        (dispute.party, dispute.platform) if is_partner else (dispute.platform, dispute.party)
    )
    raised = action is DisputeAction.RAISE
    tell_people(
        reader,
        roles=READERS,
        subject=_("%(organisation)s: dispute %(number)s of %(month)s"),
        text=_("%(organisation)s disputes a line of %(month)s.")
        if raised
        else _("%(organisation)s has said something in dispute %(number)s of %(month)s."),
        told={
            "organisation": Text(said_by.name),
            "number": dispute.number,
            "month": dispute.period,
        },
        link=page_address(reverse("dispute", args=[dispute.pk])),
    )


def _partners(platform: Organisation, month: Month) -> Iterable[Organisation]:
    """Return who has a provisional statement of the figures that stand."""
    parties = ProvisionalStatement.objects.filter(step=last_push(platform, month)).values("party")
    return Organisation.objects.filter(pk__in=parties).order_by("pk")
