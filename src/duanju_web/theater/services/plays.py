"""Opening an episode, and keeping the place."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from duanju_web.theater.grants import (
    MediaGrant,
    PlayGrant,
    sign_media_grant,
    sign_play_grant,
)
from duanju_web.theater.models import Viewer, WatchProgress

SESSION_BITS = 62


@dataclass(frozen=True, slots=True)
class OpenedPlay:
    """What a player needs to play an episode and to report it.

    Attributes:
        grant: Token under which the play session is reported.
        media_token: Token that opens the episode's media folder.
        expires_at_ms: When both stop being good, milliseconds since the Unix epoch.
    """

    grant: str
    media_token: str
    expires_at_ms: int


def open_play(
    *,
    viewer: Viewer,
    title: Any,
    episode: Any,
    is_open: bool,
    now_ms: int,
    draw_bits: Callable[[int], int] = secrets.randbits,
) -> OpenedPlay:
    """Open a play session of an episode.

    Args:
        viewer: Who watches.
        title: The title of the episode.
        episode: What is watched.
        is_open: Whether the viewer may watch it, as the caller found; of a locked one only the
            paywall can be reported.
        now_ms: The time, milliseconds since the Unix epoch.
        draw_bits: Draws the session's number.
    """
    return _signed(
        PlayGrant(
            viewer_id=viewer.pk,
            title_id=title.pk,
            episode_number=episode.number,
            session_id=draw_bits(SESSION_BITS) or 1,
            started_at_ms=now_ms,
            expires_at_ms=now_ms + settings.MEDIA_GRANT_LIFETIME_S * 1000,
            is_open=is_open,
        ),
        folder=episode.media_folder,
    )


def renew_play(*, grant: PlayGrant, episode: Any, now_ms: int) -> OpenedPlay:
    """Lengthen a play session that stands open to the viewer; it keeps its number and start."""
    return _signed(
        PlayGrant(
            viewer_id=grant.viewer_id,
            title_id=grant.title_id,
            episode_number=grant.episode_number,
            session_id=grant.session_id,
            started_at_ms=grant.started_at_ms,
            expires_at_ms=now_ms + settings.MEDIA_GRANT_LIFETIME_S * 1000,
            is_open=True,
        ),
        folder=episode.media_folder,
    )


def keep_place(
    *, viewer: Viewer, title: Any, episode_number: int, position_ms: int, now: datetime
) -> None:
    """Keep where the viewer is in a title; the latest word counts."""
    WatchProgress.objects.update_or_create(
        viewer=viewer,
        title=title,
        defaults={
            "episode_number": episode_number,
            "position_ms": position_ms,
            "updated_at": now,
        },
    )


def _signed(grant: PlayGrant, *, folder: str) -> OpenedPlay:
    media = MediaGrant(
        viewer_id=grant.viewer_id, folder=folder.strip("/"), expires_at_ms=grant.expires_at_ms
    )
    return OpenedPlay(
        grant=sign_play_grant(grant),
        media_token=sign_media_grant(media),
        expires_at_ms=grant.expires_at_ms,
    )
