"""Making an offer, taking it back, declining it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models, transaction

from duanju.deals import check_terms
from duanju.kernel import Problem, ProblemsFound, Where
from duanju_web.deals.mapping.contracts import Covered, day_in_zone, terms_of
from duanju_web.deals.mapping.policies import policy_of
from duanju_web.deals.models import Offer, OfferState, PolicyVersion
from duanju_web.deals.services.coverage import find_double_coverage
from duanju_web.deals.services.parties import find_party_problems
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit

TITLES_MAX = 500
"""Titles of one offer."""


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """What a platform fills in.

    Attributes:
        studio: The organisation that is asked.
        policy_version: The version whose terms are offered.
        parameters: Parameter id to the words that were typed.
        titles: Titles of the studio.
        starts_on: First day that counts, in the platform's zone.
        ends_on: First day that no longer counts, or None for open.
        valid_until: Last day on which the studio can accept.
        message: A word to the studio.
        parties: Who fills the policy's other roles: role to `{"slug": …}` or `{"name": …}`.
    """

    studio: models.Model
    policy_version: PolicyVersion
    parameters: Mapping[str, str]
    titles: Sequence[models.Model]
    starts_on: date
    ends_on: date | None
    valid_until: date
    message: str = ""
    parties: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def make_offer(*, actor: Actor, draft: OfferDraft, now: datetime) -> Offer | tuple[Problem, ...]:
    """Put terms before a studio, or return everything that is wrong with them.

    Args:
        actor: A member of the platform who may make offers.
        draft: What was filled in.
        now: The time, aware.
    """
    problems = find_draft_problems(actor=actor, draft=draft, now=now)
    if problems:
        return problems
    offer = Offer.objects.create(
        platform=actor.organisation,
        studio=draft.studio,
        policy_version=draft.policy_version,
        parameters=dict(draft.parameters),
        parties={role: dict(who) for role, who in draft.parties.items()},
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        message=draft.message,
        valid_until=draft.valid_until,
        made_by=actor.user,
        made_at=now,
    )
    offer.titles.set(draft.titles)
    _record(actor, offer, "deals.make-offer", before=None, now=now)
    return offer


def find_draft_problems(*, actor: Actor, draft: OfferDraft, now: datetime) -> tuple[Problem, ...]:
    """Return what is wrong with a draft; nothing is saved."""
    assert actor.organisation is not None
    today = day_in_zone(now, actor.organisation.time_zone)
    covered = Covered(
        platform=actor.organisation.slug,
        studio=draft.studio.slug,
        title_ids=frozenset(str(title.pk) for title in draft.titles),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        signed_on=today,
        others=draft.parties,
    )
    policy = policy_of(draft.policy_version)
    problems = (
        _date_problems(draft, today)
        + _title_problems(draft)
        + find_party_problems(draft.parties, policy=policy)
    )
    try:
        terms = terms_of(policy=policy, chosen=draft.parameters, covered=covered)
    except ProblemsFound as found:
        return problems + found.problems
    problems = problems or check_terms(terms)
    return problems or find_double_coverage(terms, titles=draft.titles, platform=actor.organisation)


def withdraw_offer(*, actor: Actor, offer_id: int, now: datetime) -> Offer | Problem:
    """Take back an offer of the actor's platform that nobody has answered.

    Returns:
        The offer, or a problem where it has been answered.
    """
    return _answer(actor, offer_id, OfferState.WITHDRAWN, "", now)


def decline_offer(*, actor: Actor, offer_id: int, reason: str, now: datetime) -> Offer | Problem:
    """Say no to an offer to the actor's studio, with a reason that the platform reads.

    Returns:
        The offer, or a problem where it has been answered or taken back.
    """
    if not reason.strip():
        return Problem("deals.reason-missing", Where(path="reason"))
    return _answer(actor, offer_id, OfferState.DECLINED, reason.strip(), now)


@transaction.atomic
def _answer(
    actor: Actor, offer_id: int, state: OfferState, reason: str, now: datetime
) -> Offer | Problem:
    own_side = "platform" if state is OfferState.WITHDRAWN else "studio"
    offer = Offer.objects.select_for_update().get(pk=offer_id, **{own_side: actor.organisation})
    if offer.state != OfferState.OFFERED:
        return Problem("deals.offer-already-answered", params={"state": str(offer.state)})
    offer.state, offer.reason = state, reason
    offer.answered_by, offer.answered_at = actor.user, now
    offer.save(update_fields=["state", "reason", "answered_by", "answered_at"])
    action = "deals.withdraw-offer" if own_side == "platform" else "deals.decline-offer"
    _record(actor, offer, action, before={"state": OfferState.OFFERED.value}, now=now)
    return offer


def _record(
    actor: Actor,
    offer: Offer,
    action: str,
    *,
    before: Mapping[str, object] | None,
    now: datetime,
) -> None:
    after = {"state": str(offer.state)}
    if before is None:
        after |= {
            "policy": str(offer.policy_version),
            "parameters": offer.parameters,
            "studio": offer.studio.slug,
            "parties": {role: next(iter(who.values())) for role, who in offer.parties.items()},
            "titles": [title.pk for title in offer.titles.all()],
            "starts_on": offer.starts_on.isoformat(),
            "ends_on": offer.ends_on.isoformat() if offer.ends_on else None,
        }
    if offer.reason:
        after["reason"] = offer.reason
    record_audit(actor=actor, action=action, target=offer, before=before, after=after, now=now)


def _date_problems(draft: OfferDraft, today: date) -> tuple[Problem, ...]:
    if draft.valid_until < today:
        return (Problem("deals.offer-never-valid", Where(path="valid_until")),)
    return ()


def _title_problems(draft: OfferDraft) -> tuple[Problem, ...]:
    if len(draft.titles) > TITLES_MAX:
        return (Problem("deals.too-many-titles", Where(path="titles"), {"max": TITLES_MAX}),)
    if any(title.studio_id != draft.studio.pk for title in draft.titles):
        return (Problem("deals.title-of-another", Where(path="titles")),)
    return ()
