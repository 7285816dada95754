"""People and organisations for tests, named in words.

tencent = an_organisation("platform", slug="tencent")
accountant = a_member_of(tencent, role="accountant")
page = client_of(accountant, language="zh-hans").get("/settlement/")
"""

from datetime import UTC, datetime
from itertools import count

from django.test import Client

from duanju_web.shared.actor import Actor
from duanju_web.shared.middleware import ACTING_ORGANISATION_KEY
from duanju_web.shared.models import Membership, Organisation, User

A_MOMENT = datetime(2026, 11, 14, 4, 0, tzinfo=UTC)
"""The time of tests that need one: noon in Shanghai on the last day of the demo world."""

_numbers = count(1)


def a_person(*, email: str = "", display_name: str = "") -> User:
    """Make somebody with an account and no organisation."""
    number = next(_numbers)
    return User.objects.create_user(
        email=email or f"person{number}@example.org",
        password="correct horse battery staple",
        display_name=display_name or f"Person {number}",
    )


def an_organisation(
    kind: str, *, slug: str = "", name: dict[str, str] | None = None
) -> Organisation:
    """Make an organisation of a kind, `platform` or `studio` for example, without members."""
    slug = slug or f"{kind}-{next(_numbers)}"
    return Organisation.objects.create(
        slug=slug, kind=kind, name=name or {"en": slug.title(), "zh-Hans": f"机构{slug}"}
    )


def a_member_of(
    organisation: Organisation, *, role: str = "owner", user: User | None = None
) -> Actor:
    """Make a person, or take one, who acts for the organisation in a role."""
    person = user or a_person()
    membership = Membership.objects.create(user=person, organisation=organisation, role=role)
    return Actor(user=person, membership=membership)


def an_actor(kind: str, *, role: str = "owner") -> Actor:
    """Make a new organisation of a kind and somebody who acts for it."""
    return a_member_of(an_organisation(kind), role=role)


def client_of(actor: Actor | User | None = None, *, language: str = "en") -> Client:
    """Return a browser without a screen, logged in as the actor, reading in a language.

    Args:
        actor: A member acting for its organisation, a person without one, or None for a visitor.
        language: `en` or `zh-hans`.
    """
    client = Client(headers={"accept-language": language})
    user = actor.user if isinstance(actor, Actor) else actor
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if isinstance(actor, Actor) and actor.organisation is not None:
        session = client.session
        session[ACTING_ORGANISATION_KEY] = actor.organisation.pk
        session.save()
    return client
