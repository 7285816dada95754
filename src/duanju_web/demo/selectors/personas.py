"""Who a visitor of the demo can be."""

from dataclasses import dataclass

from duanju_web.demo.world import VIEWER_EMAIL, load_organisations
from duanju_web.shared.models import Membership, OrganisationKind, User

VIEWER_KIND = "viewer"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be with one click."""

    email: str
    name: str
    role: str
    organisation: Membership | None


@dataclass(frozen=True, slots=True)
class PersonaGroup:
    """The personas of one kind; `kind` is `viewer` for the one without organisation."""

    kind: str
    label: str
    personas: tuple[Persona, ...]


def persona_groups() -> tuple[PersonaGroup, ...]:
    """Return the personas by kind, viewer first, in the world's order, in two queries."""
    emails = {person.email for world in load_organisations() for person in world.people}
    memberships = (
        Membership.objects.filter(user__email__in=emails)
        .select_related("user", "organisation")
        .order_by("id")
    )
    by_kind: dict[str, list[Persona]] = {}
    for membership in memberships:
        persona = Persona(
            email=membership.user.email,
            name=str(membership.user),
            role=membership.get_role_display(),
            organisation=membership,
        )
        by_kind.setdefault(membership.organisation.kind, []).append(persona)
    viewer = User.objects.filter(email=VIEWER_EMAIL).first()
    groups = [PersonaGroup(VIEWER_KIND, "", (Persona(VIEWER_EMAIL, str(viewer), "", None),))]
    groups += [
        PersonaGroup(kind, str(OrganisationKind(kind).label), tuple(by_kind[kind]))
        for kind in OrganisationKind.values
        if kind in by_kind
    ]
    return tuple(groups) if viewer else tuple(groups[1:])


def find_persona(email: str) -> User | None:
    """Return the demo's user with this address; nobody else can be found here."""
    known = {person.email for world in load_organisations() for person in world.people}
    if email not in known | {VIEWER_EMAIL}:
        return None
    return User.objects.filter(email=email).first()
