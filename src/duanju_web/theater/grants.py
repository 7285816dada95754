"""Signed permissions: to report a play session, and to fetch an episode's media.

A permission is signed for what it opens, not for a file: playlists name their segments relatively,
so the segments inherit the token in the address, and a cache in front may leave the token out of
its key.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

_MEDIA_SIGNER = signing.Signer(sep=".", salt="duanju.theater.media")
_PLAY_SIGNER = signing.Signer(sep=".", salt="duanju.theater.play")


class InvalidGrant(Exception):
    """The token was not signed here, or was changed."""

    code = "theater.invalid-grant"


class GrantExpired(Exception):
    """The token was good and its time is over; a page may ask for a new one."""

    code = "theater.grant-expired"


@dataclass(frozen=True, slots=True)
class PlayGrant:
    """The permission to report one play session of one episode.

    Attributes:
        viewer_id: Pseudonym of the viewer.
        title_id: Number of the title.
        episode_number: Number of the episode.
        session_id: Number of the play session, positive, 62 bits.
        started_at_ms: When the server opened the session, milliseconds since the Unix epoch.
        expires_at_ms: First millisecond at which it is no longer good.
        is_open: Whether the episode stood open to the viewer when this was signed. What is told
            under it then counts without asking again.
    """

    viewer_id: int
    title_id: int
    episode_number: int
    session_id: int
    started_at_ms: int
    expires_at_ms: int
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class MediaGrant:
    """The permission to fetch what lies in one media folder.

    Attributes:
        viewer_id: Pseudonym of the viewer that it was given to.
        folder: Path below the media folder, without slash at the ends.
        expires_at_ms: First millisecond at which it is no longer good.
    """

    viewer_id: int
    folder: str
    expires_at_ms: int


def sign_play_grant(grant: PlayGrant) -> str:
    """Return the token that stands for a play session."""
    return _PLAY_SIGNER.sign_object(asdict(grant), compress=False)


def read_play_grant(token: str, *, now_ms: int | None = None) -> PlayGrant:
    """Read a play session's token.

    Args:
        token: What `sign_play_grant` made.
        now_ms: The time, to refuse what is over; None reads an expired grant too, for late reports.

    Raises:
        InvalidGrant: It was not signed here.
        GrantExpired: Its time is over.
    """
    grant = PlayGrant(**_unsign(_PLAY_SIGNER, token))
    _require_time(grant.expires_at_ms, now_ms)
    return grant


def sign_media_grant(grant: MediaGrant) -> str:
    """Return the token that opens a media folder."""
    return _MEDIA_SIGNER.sign_object(asdict(grant), compress=False)


def read_media_grant(token: str, *, now_ms: int) -> MediaGrant:
    """Read a media folder's token.

    Raises:
        InvalidGrant: It was not signed here.
        GrantExpired: Its time is over.
    """
    grant = MediaGrant(**_unsign(_MEDIA_SIGNER, token))
    _require_time(grant.expires_at_ms, now_ms)
    return grant


def _unsign(signer: signing.Signer, token: str) -> Any:
    try:
        return signer.unsign_object(token)
    except (signing.BadSignature, ValueError):
        raise InvalidGrant(token[:16]) from None


def _require_time(expires_at_ms: int, now_ms: int | None) -> None:
    if now_ms is not None and now_ms >= expires_at_ms:
        raise GrantExpired(expires_at_ms)
