"""What deals put on first pages: offers to answer, deals signed, policies to compute with."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from duanju_web.deals.models.offer import Offer, OfferState
from duanju_web.deals.selectors import amendments_open, deals_of, offers_of, policy_versions
from duanju_web.shared.home import Asked, Section, Task, register_section, register_tasks
from duanju_web.shared.models import OrganisationKind
from duanju_web.shared.permissions import may_act
from duanju_web.shared.templatetags.duanju import localized

DEALS_SHOWN = 5
POLICIES_SHOWN = 5
SIGNERS = ("producer",)
SIDES = frozenset({"platform", "studio"})


def _open_offers(asked: Asked) -> QuerySet[Offer]:
    """Offers of the organisation that can still be accepted."""
    return offers_of(asked.request.actor.organisation).filter(  # type: ignore[attr-defined]
        state=OfferState.OFFERED, valid_until__gte=asked.now.date()
    )


def _answers(asked: Asked) -> Iterable[Task]:
    """Offers that the studio has not answered, for those who may sign."""
    actor = asked.request.actor  # type: ignore[attr-defined]
    if not may_act(actor, kinds=("studio",), roles=SIGNERS):
        return
    for offer in _open_offers(asked):
        platform, terms = localized(offer.platform.name), localized(offer.policy_version.title)
        yield Task(
            label=_("Answer the offer of %(platform)s") % {"platform": platform},
            note=terms,
            address=reverse("offer", args=[offer.pk]),
            icon="stamp",
            tone="seal",
        )
    for amendment in amendments_open(actor.organisation).filter(valid_until__gte=asked.now.date()):
        yield Task(
            label=_("Answer the amendment of deal %(number)s") % {"number": amendment.deal.number},
            note=localized(amendment.policy_version.title),
            address=reverse("amendment", args=[amendment.pk]),
            icon="stamp",
            tone="seal",
        )


def _deals(asked: Asked) -> Mapping[str, Any]:
    organisation = asked.request.actor.organisation  # type: ignore[attr-defined]
    return {
        "deals": deals_of(organisation)[:DEALS_SHOWN],
        "unanswered_count": _open_offers(asked).count() if asked.kind == "platform" else 0,
        "own_id": organisation.pk,
        "is_platform": asked.kind == "platform",
    }


def _policies(_asked: Asked) -> Mapping[str, Any]:
    return {"versions": policy_versions().defer("document")[:POLICIES_SHOWN]}


register_tasks("studio", load=_answers)
register_section(
    Section(
        heading=pgettext_lazy("first page", "Deals"),
        template="deals/waiting_deals.html",
        load=_deals,
        kinds=SIDES,
        place=50,
        more_label=gettext_lazy("All deals"),
        more_address="/deals/",
    )
)
register_section(
    Section(
        heading=gettext_lazy("Policies you can compute with"),
        template="deals/waiting_policies.html",
        load=_policies,
        kinds=frozenset(OrganisationKind.values) - SIDES,
        place=20,
        more_label=gettext_lazy("All policies"),
        more_address="/policies/",
    )
)
