"""A title on show, and what its player sends."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from duanju_web.productions.models import Episode, Title
from duanju_web.shared.models import Organisation
from duanju_web.theater.grants import PlayGrant, sign_play_grant
from tests.support.events import an_id

HOUR_MS = 3_600_000
LONG_AGO = datetime(2026, 9, 1, tzinfo=UTC)


def a_title_on_show(*, studio: Organisation, slug: str = "on-show", episodes: int = 3) -> Title:
    """Make a published title of which the first episode is free."""
    title = Title.objects.create(
        slug=slug,
        studio=studio,
        name={"en": "On show", "zh-Hans": "上线剧"},
        orientation="vertical",
        genre="romance",
        production_kind="live_action",
        free_episode_count=1,
        state="published",
        published_at=LONG_AGO,
        created_at=LONG_AGO,
    )
    for number in range(1, episodes + 1):
        Episode.objects.create(
            title=title, number=number, state="ready", duration_ms=60_000, changed_at=LONG_AGO
        )
    return title


def a_play_grant(*, title_id: int, began_ms: int, **changes: int) -> PlayGrant:
    """Build the grant of a session of the first episode, good for four hours."""
    fields = {
        "viewer_id": 7,
        "title_id": title_id,
        "episode_number": 1,
        "session_id": 100,
        "started_at_ms": began_ms,
        "expires_at_ms": began_ms + 4 * HOUR_MS,
    }
    return PlayGrant(**fields | changes)


def a_told(kind: str, *, at_ms: int, seed: int = 0, **changes: Any) -> dict[str, Any]:
    """Build an event as a player tells it."""
    told = {"id": an_id(at_ms * 1000, seed), "kind": kind, "occurred_at_ms": at_ms}
    return told | {"sequence": seed} | changes


def a_beacon(grant: PlayGrant | str, events: Iterable[dict[str, Any]]) -> bytes:
    """Write a beacon's body."""
    token = grant if isinstance(grant, str) else sign_play_grant(grant)
    return json.dumps({"grant": token, "events": list(events)}).encode()
