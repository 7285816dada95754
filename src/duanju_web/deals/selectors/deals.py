"""Offers and deals, as each side may see them."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Case, Model, Q, QuerySet, When

from duanju.kernel import Period, Text
from duanju_web.deals.mapping.contracts import EXTERNAL, day_in_zone, party_of
from duanju_web.deals.mapping.words import in_reader_language, role_in_words
from duanju_web.deals.models import Deal, DealAmendment, Offer
from duanju_web.shared.models import AuditEntry, Organisation


def deals_in_force(*, platform: Organisation, period: Period) -> QuerySet[Deal]:
    """Return the deals of a platform that hold on some day of a period, by number.

    Args:
        platform: Who owes.
        period: Half-open; its days are those of the platform's zone.
    """
    first = day_in_zone(period.start, platform.time_zone)
    after = day_in_zone(period.end, platform.time_zone)
    return deals_begun(platform=platform, before=period.end).filter(
        Q(ends_on=None) | Q(ends_on__gt=first), starts_on__lt=after
    )


def deals_begun(*, platform: Organisation, before: datetime) -> QuerySet[Deal]:
    """Return the deals of a platform whose first day lies before a moment, ended ones included.

    What a deal earned is cumulative, so an ended deal can still be owed a correction.
    """
    return (
        Deal.objects.filter(
            platform=platform, starts_on__lt=day_in_zone(before, platform.time_zone)
        )
        .select_related("policy_version", "platform", "studio")
        .prefetch_related("titles", "amendments__policy_version")
        .order_by("pk")
    )


def deals_of(organisation: Organisation) -> QuerySet[Deal]:
    """Return the deals to which an organisation is a party, newest first."""
    return (
        Deal.objects.filter(Q(platform=organisation) | Q(studio=organisation))
        .select_related("policy_version", "platform", "studio")
        .prefetch_related("titles", "amendments__policy_version")
        .order_by("-pk")
    )


def offers_of(organisation: Organisation) -> QuerySet[Offer]:
    """Return the offers that an organisation made or received, newest first."""
    return (
        Offer.objects.filter(Q(platform=organisation) | Q(studio=organisation))
        .select_related("policy_version", "platform", "studio", "made_by", "answered_by", "deal")
        .prefetch_related("titles")
        .order_by("-pk")
    )


def party_names(platform: Organisation) -> dict[str, str]:
    """Return the names of a platform and of all whom it dealt with, by their ids in ledgers."""
    others = [
        party_of(role, who)
        for model, side in ((Deal, "platform"), (DealAmendment, "deal__platform"))
        for parties in model.objects.filter(**{side: platform}).values_list("parties", flat=True)
        for role, who in parties.items()
    ]
    known = Organisation.objects.filter(
        Q(pk=platform.pk)
        | Q(pk__in=Deal.objects.filter(platform=platform).values("studio"))
        | Q(slug__in={own.id for own in others})
    )
    names = {own.id: own.id.removeprefix(EXTERNAL) for own in others}
    return names | {party.slug: in_reader_language(Text(party.name)) for party in known}


def parties_in_words(parties: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """Return who fills the roles of an offer or deal besides its two sides: role and name."""
    slugs = [who["slug"] for who in parties.values() if "slug" in who]
    known = Organisation.objects.filter(slug__in=slugs) if slugs else ()
    names = {own.slug: in_reader_language(Text(own.name)) for own in known}
    return [
        (role_in_words(role), names.get(who.get("slug", ""), next(iter(who.values()))))
        for role, who in parties.items()
    ]


def possible_parties(studio: Organisation) -> QuerySet[Organisation]:
    """Return the organisations that can fill a further role in an offer, the studio first.

    The studio itself may: its director is often its own.
    """
    others = Organisation.objects.exclude(kind="platform")
    return others.order_by(Case(When(pk=studio.pk, then=0), default=1), "slug")


def role_of(record: Deal | Offer, organisation: Organisation) -> str:
    """Return the role of one of an agreement's two sides."""
    return "platform" if organisation.pk == record.platform_id else "studio"


def trail_of(record: Model) -> QuerySet[AuditEntry]:
    """Return the audit entries about one offer or deal, oldest first; both sides may read them."""
    return (
        AuditEntry.objects.filter(target_type=record._meta.label_lower, target_id=str(record.pk))
        .select_related("user", "organisation")
        .order_by("pk")
    )
