"""The demo's organisations and everybody in them."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from duanju_web.demo.world import DEMO_PASSWORD, VIEWER_EMAIL, load_organisations
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Membership, User
from duanju_web.shared.services import create_organisation

VIEWER_NAME = "周末 Zhou Mo"


def load_people(*, now: datetime) -> dict[str, Actor]:
    """Make the organisations with their people, and one viewer without organisation.

    Returns:
        Organisation slug to its owner, acting for it.
    """
    password = make_password(DEMO_PASSWORD)
    owners = {}
    for world in load_organisations():
        owner, *others = world.people
        user = _user(owner.email, owner.name, password)
        organisation = create_organisation(
            user=user,
            kind=world.kind,
            slug=world.slug,
            name=world.name,
            time_zone=world.time_zone,
            now=now,
        )
        for person in others:
            member = _user(person.email, person.name, password)
            Membership.objects.create(user=member, organisation=organisation, role=person.role)
        owners[world.slug] = Actor(user, organisation.memberships.get(user=user))
    _user(VIEWER_EMAIL, VIEWER_NAME, password)
    return owners


def _user(email: str, name: str, password: str) -> User:
    user = User.objects.create(email=email, display_name=name, password=password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
