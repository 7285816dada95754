"""Between a stored deal or offer and the contract that the engine computes with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from duanju.deals import (
    AmendedBy,
    Amendment,
    AmendmentMode,
    Contract,
    Policy,
    Terms,
    read_parameters,
)
from duanju.kernel import Party, ProblemsFound
from duanju_web.deals.mapping.policies import policy_of
from duanju_web.deals.models import Deal, DealAmendment, Offer, OfferState

EXTERNAL = "~"
"""Begins the id of a party that is no organisation of this installation."""


@dataclass(frozen=True, slots=True)
class Covered:
    """Who deals about what, and when.

    Attributes:
        platform: The platform's slug.
        studio: The studio's slug.
        title_ids: The titles' numbers as the lake knows them.
        starts_on: First day that counts, in the platform's zone.
        ends_on: First day that no longer counts, or None.
        signed_on: Day of signing, or None while it is an offer.
        others: Who fills the policy's other roles, as an offer stores it.
    """

    platform: str
    studio: str
    title_ids: frozenset[str]
    starts_on: date
    ends_on: date | None
    signed_on: date | None = None
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def terms_of(*, policy: Policy, chosen: Mapping[str, object], covered: Covered) -> Terms:
    """Return the terms that a policy with chosen parameters makes.

    Raises:
        ProblemsFound: A parameter is missing or not of its kind.
    """
    parameters, problems = read_parameters(policy=policy, chosen=chosen)
    if problems:
        raise ProblemsFound(problems)
    return Terms(
        policy=policy,
        parties={
            "platform": Party("platform", covered.platform),
            "studio": Party("studio", covered.studio),
            **{role: party_of(role, who) for role, who in covered.others.items()},
        },
        title_ids=covered.title_ids,
        starts_on=covered.starts_on,
        ends_on=covered.ends_on,
        signed_on=covered.signed_on,
        parameters=parameters,
    )


def contract_of(deal: Deal, *, known_at: datetime | None = None) -> Contract:
    """Return the contract that a signed deal is, with all that amended it.

    Its id is the deal's number. Prefetch `titles` and `amendments__policy_version` where there are
    many deals.

    Args:
        deal: Which.
        known_at: Amendments that were agreed later are left out; by default nothing is later.
    """
    covered = covered_by(deal)
    policy = policy_of(deal.policy_version)
    return Contract(
        id=deal.number,
        terms=terms_of(policy=policy, chosen=deal.parameters, covered=covered),
        amendments=tuple(
            amendment_of(own, code=own.code, covered=covered, signed_on=_agreed_on(own, deal))
            for own in amendments_agreed(deal, known_at=known_at)
        ),
    )


def amendments_agreed(deal: Deal, *, known_at: datetime | None = None) -> list[DealAmendment]:
    """Return the accepted amendments of a deal in the order in which they were agreed."""
    agreed = [
        own
        for own in deal.amendments.all()
        if own.state == OfferState.ACCEPTED and (known_at is None or own.answered_at <= known_at)
    ]
    return sorted(agreed, key=lambda own: own.position)


def amendment_of(
    record: DealAmendment, *, code: str, covered: Covered, signed_on: date
) -> Amendment:
    """Return the amendment that a stored one is, or would be if it were agreed on a day.

    Args:
        record: The stored one.
        code: Its id within the deal.
        covered: What its deal covers.
        signed_on: The day of agreement.

    Raises:
        ProblemsFound: A parameter is missing or not of its kind.
    """
    others = {**record.parties, **covered.others}
    terms = terms_of(
        policy=policy_of(record.policy_version),
        chosen=record.parameters,
        covered=replace(covered, signed_on=signed_on, others=others),
    )
    mode, by = AmendmentMode(record.mode), AmendedBy(record.by)
    return Amendment(code, terms, record.effective_on, mode, by)


def covered_by(deal: Deal) -> Covered:
    """Return who deals about what in a signed deal, and when."""
    return Covered(
        platform=deal.platform.slug,
        studio=deal.studio.slug,
        title_ids=frozenset(str(title.pk) for title in deal.titles.all()),
        starts_on=deal.starts_on,
        ends_on=deal.ends_on,
        signed_on=day_in_zone(deal.signed_at, deal.platform.time_zone),
        others=deal.parties,
    )


def _agreed_on(record: DealAmendment, deal: Deal) -> date:
    return day_in_zone(record.answered_at, deal.platform.time_zone)


def terms_of_offer(offer: Offer, *, signed_on: date) -> Terms:
    """Return the terms that an offer would make if it were signed on a day."""
    covered = Covered(
        platform=offer.platform.slug,
        studio=offer.studio.slug,
        title_ids=frozenset(str(title.pk) for title in offer.titles.all()),
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        signed_on=signed_on,
        others=offer.parties,
    )
    return terms_of(
        policy=policy_of(offer.policy_version), chosen=offer.parameters, covered=covered
    )


def party_of(role: str, who: Mapping[str, str]) -> Party:
    """Return who fills a role: an organisation by its slug, anybody else by a marked name."""
    if "slug" in who:
        return Party(role, who["slug"])
    return Party(role, EXTERNAL + who["name"].replace(":", "·"))


def day_in_zone(moment: datetime, zone: str) -> date:
    """Return the calendar day on which an aware moment falls in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()
