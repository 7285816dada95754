"""Making titles, changing them, and showing them to viewers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from pypinyin import lazy_pinyin

from duanju.kernel import Problem, Text
from duanju_web.productions.models import ProductionKind, Title, TitleState
from duanju_web.productions.selectors import obstacles_of
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

_SLUG_CHARACTERS_MAX = 60


@dataclass(frozen=True, slots=True)
class TitleDetails:
    """What a studio says of a title.

    Attributes:
        name: BCP-47 tag to name; at least one.
        orientation: An `Orientation`.
        genre: A `Genre`.
        production_kind: A `ProductionKind`.
        synopsis: BCP-47 tag to synopsis.
        filing_number: As the authority gave it, or empty.
        budget_tier: A `BudgetTier`, or empty.
        ai_label: Whether every episode carries the AI label.
        free_episode_count: So many episodes from the first are free.
        episode_price_coins: Price of each other episode.
    """

    name: Mapping[str, str]
    orientation: str
    genre: str
    production_kind: str = ProductionKind.LIVE_ACTION.value
    synopsis: Mapping[str, str] = field(default_factory=dict)
    filing_number: str = ""
    budget_tier: str = ""
    ai_label: bool = False
    free_episode_count: int = 10
    episode_price_coins: int = 80


@transaction.atomic
def create_title(
    *, actor: Actor, studio: Organisation, details: TitleDetails, now: datetime, slug: str = ""
) -> Title:
    """Make a draft of a studio.

    Args:
        actor: Who does it.
        studio: Whose title it is.
        details: What is said of it.
        now: The time, aware.
        slug: Its address; made from the name if empty.

    Raises:
        UntranslatedText: The name is in no language.
    """
    Text(details.name)
    title = Title.objects.create(
        slug=slug or _free_slug(details.name), studio=studio, created_at=now, **_fields(details)
    )
    record_audit(
        actor=actor,
        action="productions.create-title",
        target=title,
        before=None,
        after={"slug": title.slug, "studio": studio.slug, **_fields(details)},
        now=now,
    )
    return title


@transaction.atomic
def change_title(*, actor: Actor, title: Title, details: TitleDetails, now: datetime) -> Title:
    """Say something else of a title; what was different is in the audit log.

    Raises:
        UntranslatedText: The name is in no language.
    """
    Text(details.name)
    title = Title.objects.select_for_update().get(pk=title.pk)
    before = {name: getattr(title, name) for name in _fields(details)}
    changed = {name: value for name, value in _fields(details).items() if value != before[name]}
    if not changed:
        return title
    for name, value in changed.items():
        setattr(title, name, value)
    title.save(update_fields=list(changed))
    record_audit(
        actor=actor,
        action="productions.change-title",
        target=title,
        before={name: before[name] for name in changed},
        after=changed,
        now=now,
    )
    return title


@transaction.atomic
def publish_title(*, actor: Actor, title: Title, now: datetime) -> tuple[Problem, ...]:
    """Show a title to viewers, unless something stands in the way.

    Returns:
        The reasons against it, in which case nothing was changed; none if it is published.
    """
    title = Title.objects.select_for_update().get(pk=title.pk)
    obstacles = obstacles_of(title)
    if obstacles or title.state == TitleState.PUBLISHED:
        return obstacles
    _change_state(actor, title, TitleState.PUBLISHED, "productions.publish", now)
    return ()


@transaction.atomic
def unpublish_title(*, actor: Actor, title: Title, now: datetime) -> None:
    """Take a title away from viewers; what was bought stays bought."""
    title = Title.objects.select_for_update().get(pk=title.pk)
    if title.state == TitleState.PUBLISHED:
        _change_state(actor, title, TitleState.DRAFT, "productions.unpublish", now)


def _change_state(
    actor: Actor, title: Title, state: TitleState, action: str, now: datetime
) -> None:
    before = title.state
    title.state = state
    title.published_at = now if state == TitleState.PUBLISHED else title.published_at
    title.save(update_fields=["state", "published_at"])
    after = {"state": state.value, "filing_number": title.filing_number}
    record_audit(
        actor=actor, action=action, target=title, before={"state": before}, after=after, now=now
    )


def _fields(details: TitleDetails) -> dict[str, Any]:
    fields = asdict(details)
    for name in ("name", "synopsis"):
        fields[name] = {tag: text for tag, text in fields[name].items() if text}
    return fields


def _free_slug(name: Mapping[str, str]) -> str:
    english = slugify(name.get("en", ""))
    stem = english or slugify(" ".join(lazy_pinyin(Text(name).in_language("zh-Hans")))) or "title"
    stem = stem[:_SLUG_CHARACTERS_MAX].strip("-")
    taken = set(Title.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in numbered if slug not in taken)
