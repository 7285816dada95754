"""Titles, episodes and uploads for tests, named in words.

title = a_title(maker, filing_number="")
an_episode(title, 1, state="ready")
upload = a_received_file(title, videos("small.mp4"), name="第1集.mp4")
"""

from pathlib import Path
from typing import Any

from django.conf import settings

from duanju_web.productions.models import Episode, Title, Upload
from duanju_web.productions.services import (
    TitleDetails,
    append_to_upload,
    begin_upload,
    create_title,
)
from duanju_web.shared.actor import Actor
from tests.support.people import A_MOMENT

A_FILING_NUMBER = "(京)网微剧审字(2026)第001号"


def a_title(maker: Actor, *, slug: str = "", **details: Any) -> Title:
    """Make a draft of the maker's studio with everything that publication asks but episodes."""
    told = {
        "name": {"en": "Night Flight", "zh-Hans": "夜航"},
        "synopsis": {"en": "A pilot returns.", "zh-Hans": "机长归来。"},
        "orientation": "vertical",
        "genre": "romance",
        "budget_tier": "ordinary",
        "filing_number": A_FILING_NUMBER,
        "free_episode_count": 1,
    } | details
    assert maker.organisation is not None
    return create_title(
        actor=maker,
        studio=maker.organisation,
        details=TitleDetails(**told),
        now=A_MOMENT,
        slug=slug,
    )


def an_episode(title: Title, number: int, *, state: str = "ready", **fields: Any) -> Episode:
    """Make an episode in a state, without media."""
    return Episode.objects.create(
        title=title, number=number, state=state, changed_at=A_MOMENT, **fields
    )


def a_received_file(
    title: Title, content: Path | bytes, *, name: str, proposed_number: int | None = None
) -> Upload:
    """Have a file come in whole, as a browser sends it."""
    data = content if isinstance(content, bytes) else content.read_bytes()
    membership = title.studio.memberships.select_related("user").earliest("id")
    upload = begin_upload(
        title=title,
        user=membership.user,
        name=name,
        size_bytes=len(data),
        now=A_MOMENT,
        proposed_number=proposed_number,
    )
    if not data:
        return upload
    return append_to_upload(upload=upload, offset_bytes=0, blocks=[data], now=A_MOMENT)


def files_under(folder: Path) -> list[str]:
    """Return the files below a folder, sorted, to assert that nothing was left or moved."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def files_kept() -> list[str]:
    """Return the originals that are kept."""
    return files_under(Path(settings.ORIGINALS_FOLDER))
