"""Between a stored deal or offer and the contract that the engine computes with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from duanju.deals import Contract, Policy, Terms, read_parameters
from duanju.kernel import Party, ProblemsFound
from duanju_web.deals.mapping.policies import policy_of
from duanju_web.deals.models import Deal, Offer

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


def contract_of(deal: Deal) -> Contract:
    """Return the contract that a signed deal is; its id is the deal's number.

    Prefetch `titles` where there are many deals.
    """
    covered = Covered(
        platform=deal.platform.slug,
        studio=deal.studio.slug,
        title_ids=frozenset(str(title.pk) for title in deal.titles.all()),
        starts_on=deal.starts_on,
        ends_on=deal.ends_on,
        signed_on=day_in_zone(deal.signed_at, deal.platform.time_zone),
        others=deal.parties,
    )
    policy = policy_of(deal.policy_version)
    return Contract(
        id=deal.number, terms=terms_of(policy=policy, chosen=deal.parameters, covered=covered)
    )


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
