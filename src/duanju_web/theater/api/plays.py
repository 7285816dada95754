"""Opening episodes."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Status

from duanju_web.theater.api.schemas import (
    Locked,
    Place,
    Play,
    PlayRequest,
    Refusal,
    Renewed,
    RenewRequest,
)
from duanju_web.theater.api.words import no_such_episode, refusal
from duanju_web.theater.grants import read_play_grant
from duanju_web.theater.models import Viewer
from duanju_web.theater.payments import payment_provider
from duanju_web.theater.presenting import media_address, pack_card, rest_of_series
from duanju_web.theater.selectors import (
    EpisodeView,
    coin_packs,
    episode_views,
    may_watch,
    ready_episode,
    ready_episode_of,
    subtitles_of,
    wallet_of,
    watchable_title,
)
from duanju_web.theater.selectors.access import Access
from duanju_web.theater.services import OpenedPlay, keep_place, open_play, renew_play
from duanju_web.theater.viewing import require_viewer, time_ms

router = Router(tags=["playing"])


@router.post("play", response={200: Play, 402: Locked, 404: Refusal}, operation_id="play")
def play(request: HttpRequest, response: HttpResponse, wish: PlayRequest) -> Status[Any]:
    """Open an episode, or say what unlocking it takes."""
    title = watchable_title(wish.slug)
    episode = title and ready_episode(title=title, number=wish.number)
    if not episode:
        return Status(404, no_such_episode())
    viewer = require_viewer(request, response)
    episodes = episode_views(viewer=viewer, title=title)
    access = next(view.access for view in episodes if view.number == episode.number)
    opened = open_play(
        viewer=viewer,
        title=title,
        episode=episode,
        is_open=access is not Access.LOCKED,
        now_ms=time_ms(timezone.now()),
    )
    if access is Access.LOCKED:
        locked = _locked(viewer=viewer, title=title, episode=episode, episodes=episodes)
        session = {"grant": opened.grant, "expires_at_ms": opened.expires_at_ms}
        return Status(402, locked | session)
    told = _opened(title=title, episode=episode, episodes=episodes, opened=opened, access=access)
    return Status(200, told)


@router.post("renew", response={200: Renewed, 403: Refusal}, operation_id="renew")
def renew(request: HttpRequest, response: HttpResponse, wish: RenewRequest) -> Status[Any]:
    """Lengthen a play session of this viewer; an expired one counts, its number stays."""
    grant = read_play_grant(wish.grant)
    viewer = require_viewer(request, response)
    allowed = grant.viewer_id == viewer.pk and may_watch(
        viewer_id=viewer.pk, title_id=grant.title_id, episode_number=grant.episode_number
    )
    episode = allowed and ready_episode_of(title_id=grant.title_id, number=grant.episode_number)
    if not episode:
        return Status(403, refusal("theater.invalid-grant"))
    renewed = renew_play(grant=grant, episode=episode, now_ms=time_ms(timezone.now()))
    told = {
        "master": media_address(renewed.media_token, episode, "master.m3u8"),
        "grant": renewed.grant,
        "expires_at_ms": renewed.expires_at_ms,
    }
    return Status(200, told)


@router.post("place", response={204: None, 404: Refusal}, operation_id="keep_place")
def place(request: HttpRequest, response: HttpResponse, wish: Place) -> Status[Any]:
    """Keep where the viewer is, to go on there on any device."""
    title = watchable_title(wish.slug)
    if title is None or not title.first_number <= wish.number <= title.last_number:
        return Status(404, no_such_episode())
    keep_place(
        viewer=require_viewer(request, response),
        title=title,
        episode_number=wish.number,
        position_ms=wish.position_ms,
        now=timezone.now(),
    )
    return Status(204, None)


def _opened(
    *,
    title: Any,
    episode: Any,
    episodes: tuple[EpisodeView, ...],
    opened: OpenedPlay,
    access: Access,
) -> dict[str, Any]:
    after = [view.number for view in episodes if view.number > episode.number]
    return {
        "slug": title.slug,
        "number": episode.number,
        "access": access,
        "duration_ms": episode.duration_ms,
        "width": episode.width,
        "height": episode.height,
        "master": media_address(opened.media_token, episode, "master.m3u8"),
        "poster": media_address(opened.media_token, episode, "poster.webp"),
        "strip": media_address(opened.media_token, episode, "strip.vtt"),
        "subtitles": [
            {
                "tag": found.tag,
                "label": found.label,
                "address": media_address(opened.media_token, episode, found.path),
            }
            for found in subtitles_of(episode)
        ],
        "grant": opened.grant,
        "expires_at_ms": opened.expires_at_ms,
        "next_number": after[0] if after else None,
        "ai_label": title.ai_label,
    }


def _locked(
    *, viewer: Viewer, title: Any, episode: Any, episodes: tuple[EpisodeView, ...]
) -> dict[str, Any]:
    wallet = wallet_of(viewer)
    provider = payment_provider()
    price_coins = title.episode_price_coins
    return {
        "slug": title.slug,
        "number": episode.number,
        "price_coins": price_coins,
        "duration_ms": episode.duration_ms,
        "rest": asdict(rest_of_series(episodes, price_coins=price_coins)),
        "balance_coins": wallet.balance_coins if wallet else 0,
        "auto_unlock": bool(wallet and wallet.auto_unlock),
        "daily_cap_coins": wallet.daily_cap_coins if wallet else None,
        "packs": [asdict(pack_card(pack)) for pack in coin_packs()] if provider else [],
        "real_money": bool(provider and provider.real_money),
    }
