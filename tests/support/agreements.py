"""Policies, titles, deals and viewing for tests of the business pages.

platform, studio = an_actor("platform"), an_actor("studio")
title = a_title_of(studio)
deal = a_deal(platform, studio, [title], policy="paid-unlock-share", **UNLOCKS)
watched(title, minutes=90, at=SEPTEMBER_NOON)
"""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from duanju.adapters.lake import Event, Spool, microseconds
from duanju_web.deals.models import Deal, Offer, PolicyVersion
from duanju_web.deals.services import OfferDraft, accept_offer, import_policies, make_offer
from duanju_web.productions.models import Title
from duanju_web.shared.actor import Actor
from tests.support.events import a_report, an_unlock

POLICIES = Path(__file__).resolve().parents[2] / "policies"
T1 = "tencent-short-drama-vertical"
UNLOCK_SHARE = "paid-unlock-share"
EXCLUSIVE = {"rights": "exclusive_premiere"}
HALF_AFTER_FEES = {"currency": "CNY", "studio_share": "0.5", "web_fee": "0.6%"}

SIGNED_AT = datetime(2026, 8, 20, 4, tzinfo=UTC)
SEPTEMBER_NOON = datetime(2026, 9, 10, 4, tzinfo=UTC)
OCTOBER_NOON = datetime(2026, 10, 10, 4, tzinfo=UTC)
OCTOBER_5 = datetime(2026, 10, 5, 4, tzinfo=UTC)
NOVEMBER_5 = datetime(2026, 11, 5, 4, tzinfo=UTC)
DAY_MINUTES = 24 * 60
SPOOL_BYTES = 64 * 1024**2


def a_policy(policy_id: str = T1) -> PolicyVersion:
    """Return version 1 of a published policy, imported if it was not."""
    if not PolicyVersion.objects.filter(policy_id=policy_id, version=1).exists():
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(POLICIES / f"{policy_id}.toml", folder)
            import_policies(folder=Path(folder), now=SIGNED_AT)
    return PolicyVersion.objects.get(policy_id=policy_id, version=1)


def a_title_of(studio: Actor, *, name: str = "Night Flight", chinese: str = "夜航") -> Title:
    """Make a title of a studio."""
    number = Title.objects.count() + 1
    return Title.objects.create(
        slug=f"title-{number}",
        studio=studio.organisation,
        name={"en": name, "zh-Hans": chinese},
        orientation="vertical",
        genre="romance",
        production_kind="live_action",
        created_at=SIGNED_AT,
    )


def an_offer(
    platform: Actor,
    studio: Actor,
    titles: Sequence[Title],
    *,
    policy: str = T1,
    parameters: Mapping[str, str] | None = None,
    starts_on: date = date(2026, 9, 1),
    ends_on: date | None = None,
    now: datetime = SIGNED_AT,
    parties: Mapping[str, Mapping[str, str]] | None = None,
) -> Offer:
    """Make an offer; fails where it has a problem."""
    draft = OfferDraft(
        studio=studio.organisation,
        policy_version=a_policy(policy),
        parameters=EXCLUSIVE if parameters is None else parameters,
        titles=titles,
        starts_on=starts_on,
        ends_on=ends_on,
        valid_until=(now + timedelta(days=14)).date(),
        parties=parties or {},
    )
    offer = make_offer(actor=platform, draft=draft, now=now)
    assert isinstance(offer, Offer), offer
    return offer


def a_deal(platform: Actor, studio: Actor, titles: Sequence[Title], **offered: object) -> Deal:
    """Make an offer and accept it."""
    offer = an_offer(platform, studio, titles, **offered)  # type: ignore[arg-type]
    deal = accept_offer(actor=studio, offer_id=offer.pk, now=offer.made_at)
    assert isinstance(deal, Deal), deal
    return deal


def watched(title: Title, *, minutes: int, at: datetime, seed: int = 1, **changes: object) -> None:
    """Let viewers effectively watch a title for so many minutes, in whole sessions before `at`."""
    events = []
    left = minutes
    while left:
        own = min(left, DAY_MINUTES)
        left -= own
        session = seed * 100_000 + len(events)
        fields: dict[str, object] = {
            "title_id": title.pk,
            "session_id": session,
            "viewer_id": session,
            "seed": session,
            "began_us": microseconds(at - timedelta(minutes=own)),
            "after_s": own * 60,
        }
        events.append(a_report(seconds=own * 60, **fields | changes))
    spooled(events)


def unlocked(title: Title, *, amount_minor: int, at: datetime, **changes: object) -> Event:
    """Let a viewer unlock an episode of a title for so much money in CNY through the web."""
    fields: dict[str, object] = {"title_id": title.pk, "began_us": microseconds(at)}
    event = an_unlock(amount_minor=amount_minor, **fields | changes)
    spooled([event])
    return event


def spooled(events: Sequence[Event]) -> None:
    """Put events into the spool of the running settings, unlocks by the wallet's door."""
    spool = Spool(settings.SPOOL_FOLDER, max_bytes=SPOOL_BYTES)
    spool.append([event for event in events if event.kind != "unlock"])
    spool.append_unlocks([event for event in events if event.kind == "unlock"])
    spool.close()
