"""Accepting an offer: the moment at which a deal pins everything."""

from datetime import datetime

from django.db import transaction

from duanju.deals import check_terms
from duanju.kernel import Problem
from duanju_web.deals.mapping.contracts import day_in_zone, terms_of_offer
from duanju_web.deals.models import Deal, Offer, OfferState
from duanju_web.deals.services.coverage import find_double_coverage
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit


@transaction.atomic
def accept_offer(*, actor: Actor, offer_id: int, now: datetime) -> Deal | tuple[Problem, ...]:
    """Sign an offer to the actor's studio, or return why it cannot be signed.

    Accepting a second time returns the deal of the first. Of an acceptance and a withdrawal at the
    same time one wins; of two acceptances that claim the same title for the same measure, too.

    Args:
        actor: A member of the studio who may sign.
        offer_id: An offer to that studio.
        now: The time, aware.
    """
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("policy_version", "platform", "studio")
        .get(pk=offer_id, studio=actor.organisation)
    )
    if offer.state == OfferState.ACCEPTED:
        return offer.deal
    titles = list(offer.titles.select_for_update(of=("self",)).order_by("pk"))
    problems = _find_problems(offer, titles, now)
    if problems:
        return problems
    deal = _sign(actor, offer, now)
    deal.titles.set(titles)
    offer.state = OfferState.ACCEPTED
    offer.answered_by, offer.answered_at = actor.user, now
    offer.save(update_fields=["state", "answered_by", "answered_at"])
    _record(actor, offer, deal, now)
    return deal


def _find_problems(offer: Offer, titles: list[object], now: datetime) -> tuple[Problem, ...]:
    today = day_in_zone(now, offer.platform.time_zone)
    if offer.state != OfferState.OFFERED:
        return (Problem("deals.offer-already-answered", params={"state": str(offer.state)}),)
    if today > offer.valid_until:
        return (Problem("deals.offer-expired", params={"day": offer.valid_until.isoformat()}),)
    terms = terms_of_offer(offer, signed_on=today)
    return check_terms(terms) or find_double_coverage(terms, titles=titles)


def _sign(actor: Actor, offer: Offer, now: datetime) -> Deal:
    assert actor.user is not None
    return Deal.objects.create(
        offer=offer,
        policy_version=offer.policy_version,
        policy_digest=offer.policy_version.digest,
        parameters=offer.parameters,
        parties=offer.parties,
        platform=offer.platform,
        studio=offer.studio,
        signed_at=now,
        signed_by=actor.user,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
    )


def _record(actor: Actor, offer: Offer, deal: Deal, now: datetime) -> None:
    record_audit(
        actor=actor,
        action="deals.accept-offer",
        target=offer,
        before={"state": OfferState.OFFERED.value},
        after={
            "state": OfferState.ACCEPTED.value,
            "deal": deal.number,
            "policy": str(deal.policy_version),
            "digest": deal.policy_digest,
            "parameters": deal.parameters,
        },
        now=now,
    )
