"""What must be there before a journey begins; run inside the site as a module with one word."""

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from duanju_web.productions.models import Title

PASSWORD = "correct horse battery staple"
PEOPLE = {
    "producer@example.org": ("lantern", "studio", "owner"),
    "accountant@example.org": ("river-video", "platform", "owner"),
}
COLLEAGUES = {"terms@example.org": "producer", "books@example.org": "accountant"}
"""Who else works for the platform, in which role."""
NAMES = {
    "lantern": {"en": "Lantern Pictures", "zh-Hans": "灯笼影业"},
    "river-video": {"en": "River Video", "zh-Hans": "江河视频"},
}


def add_people() -> None:
    """Make a studio and a platform with an owner each, a viewer, a coin pack, the policies."""
    from duanju_web.deals.services import import_policies
    from duanju_web.shared.models import User
    from duanju_web.shared.services import create_organisation
    from duanju_web.theater.models import CoinPack

    now = timezone.now()
    for email, (slug, kind, _role) in PEOPLE.items():
        person = User.objects.create_user(email, PASSWORD, display_name=email.split("@")[0].title())
        create_organisation(user=person, kind=kind, slug=slug, name=NAMES[slug], now=now)
    User.objects.create_user("viewer@example.org", PASSWORD, display_name="Viewer")
    CoinPack.objects.create(coins=100, price_minor=1000, currency="CNY")
    import_policies(folder=settings.POLICIES_FOLDER, now=now)


def add_writer() -> None:
    """Make a writer, alone in her workshop."""
    from duanju_web.shared.models import User
    from duanju_web.shared.services import create_organisation

    person = User.objects.create_user("writer@example.org", PASSWORD, display_name="Writer")
    name = {"en": "One Lamp", "zh-Hans": "一盏灯编剧室"}
    create_organisation(user=person, kind="writer", slug="lamp", name=name, now=timezone.now())


def add_negotiators() -> None:
    """Make the people, the platform's producer and accountant, and a title of the studio."""
    from duanju_web.productions.models import Title
    from duanju_web.shared.models import Membership, Organisation, User

    add_people()
    platform = Organisation.objects.get(slug="river-video")
    for email, role in COLLEAGUES.items():
        person = User.objects.create_user(email, PASSWORD, display_name=email.split("@")[0].title())
        Membership.objects.create(user=person, organisation=platform, role=role)
    Title.objects.create(
        slug="night-ferry",
        studio=Organisation.objects.get(slug="lantern"),
        name={"en": "Night Ferry", "zh-Hans": "夜航"},
        orientation="vertical",
        genre="romance",
        production_kind="live_action",
        created_at=timezone.now(),
    )


def sign_deal(slug: str) -> None:
    """Let the platform offer half of what is paid for a title, and the studio accept."""
    from duanju_web.productions.models import Title

    terms = {"currency": "CNY", "web_fee": "0.01"}
    _sign(Title.objects.get(slug=slug), policy="paid-unlock-share", parameters=terms)


def _sign(title: "Title", *, policy: str, parameters: Mapping[str, str]) -> None:
    from datetime import timedelta

    from duanju_web.deals.models import PolicyVersion
    from duanju_web.deals.services import OfferDraft, accept_offer, make_offer
    from duanju_web.shared.models import User
    from duanju_web.shared.selectors import find_actor

    now = timezone.now()
    actors = {
        kind: find_actor(user=User.objects.get(email=email), organisation_id=None)
        for email, (_slug, kind, _role) in PEOPLE.items()
    }
    draft = OfferDraft(
        studio=actors["studio"].organisation,
        policy_version=PolicyVersion.objects.get(policy_id=policy),
        parameters=parameters,
        titles=[title],
        starts_on=now.date().replace(day=1),
        ends_on=None,
        valid_until=now.date() + timedelta(days=7),
    )
    offer = make_offer(actor=actors["platform"], draft=draft, now=now)
    assert not isinstance(offer, tuple), offer
    assert not isinstance(accept_offer(actor=actors["studio"], offer_id=offer.pk, now=now), tuple)


def sign_advertising() -> None:
    """Make the people, a title, and a deal for a fifth of its advertising."""
    from duanju_web.productions.models import Title

    add_negotiators()
    title = Title.objects.get(slug="night-ferry")
    terms = {"licence_fee": "250000", "studio_share": "0.2"}
    _sign(title, policy="cmg-rights-partnership", parameters=terms)
    print(json.dumps({"title": title.pk}))


def add_second_factors() -> None:
    """Let the owners have set up an authenticator app; they are logged in already."""
    from duanju_web.shared.models import User
    from tests.support.second_factor import a_second_factor

    for email in PEOPLE:
        a_second_factor(User.objects.get(email=email))


def add_personas() -> None:
    """Make the people of the demo, and one title on show; none of its media."""
    from duanju_web.demo.services.people import load_people
    from duanju_web.productions.models import Episode, Title

    now = timezone.now()
    owners = load_people(now=now)
    studio = next(actor.organisation for actor in owners.values() if actor.kind == "studio")
    title = Title.objects.create(
        slug="on-show",
        studio=studio,
        name={"en": "On show", "zh-Hans": "正在上映"},
        orientation="vertical",
        genre="romance",
        production_kind="live_action",
        state="published",
        published_at=now,
        created_at=now,
    )
    Episode.objects.create(title=title, number=1, state="ready", duration_ms=60_000, changed_at=now)


if __name__ == "__main__":
    django.setup()
    {
        "people": add_people,
        "writer": add_writer,
        "negotiators": add_negotiators,
        "deal": sign_deal,
        "advertising": sign_advertising,
        "second-factors": add_second_factors,
        "personas": add_personas,
    }[sys.argv[1]](*sys.argv[2:])
