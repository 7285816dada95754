"""Viewers, coins and media for tests, named in words.

viewer = a_viewer(coins=500, amount_minor=3000)
title = a_series(free=1, episodes=3, price_coins=80)
put_media(title)
"""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from duanju_web.productions.models import Episode, Title
from duanju_web.theater.models import CoinPack, Viewer
from duanju_web.theater.payments import SandboxProvider
from duanju_web.theater.services import buy_pack, create_viewer
from tests.support.beacons import a_title_on_show
from tests.support.people import A_MOMENT, an_organisation

SEGMENT = bytes(range(256)) * 4
"""Stands for a media file; its bytes tell their place."""


def a_pack(*, coins: int = 500, bonus_coins: int = 0, price_minor: int = 3000) -> CoinPack:
    """Put a coin pack on offer."""
    return CoinPack.objects.create(
        coins=coins, bonus_coins=bonus_coins, price_minor=price_minor, currency="CNY"
    )


def a_viewer(*, coins: int = 0, bonus_coins: int = 0, amount_minor: int = 3000) -> Viewer:
    """Make a device's viewer who has bought coins for an amount, if any."""
    viewer = create_viewer(user=None, now=A_MOMENT)
    if coins:
        pack = a_pack(coins=coins, bonus_coins=bonus_coins, price_minor=amount_minor)
        buy_pack(
            viewer=viewer,
            pack_id=pack.pk,
            idempotency_key=f"stock-{viewer.pk}",
            provider=SandboxProvider(),
            now=A_MOMENT,
        )
    return viewer


def a_series(
    *, slug: str = "on-show", free: int = 1, episodes: int = 3, price_coins: int = 80, **fields: Any
) -> Title:
    """Make a title on show whose later episodes take coins."""
    title = a_title_on_show(studio=an_organisation("studio"), slug=slug, episodes=episodes)
    for name, value in fields.items():
        setattr(title, name, value)
    title.free_episode_count = free
    title.episode_price_coins = price_coins
    title.save()
    return title


def put_media(title: Title) -> Path:
    """Put stand-ins for packaged media into the folder of each of a title's episodes."""
    for episode in Episode.objects.filter(title=title):
        episode.media_folder = f"{title.slug}/{episode.number}"
        episode.save(update_fields=["media_folder"])
        folder = Path(settings.MEDIA_FOLDER) / episode.media_folder
        folder.mkdir(parents=True)
        (folder / "master.m3u8").write_text("#EXTM3U\nvideo_360.m3u8\n")
        (folder / "video_360.mp4").write_bytes(SEGMENT)
        (folder / "audio.mp4").write_bytes(SEGMENT)
        (folder / "poster.webp").write_bytes(b"RIFF")
        (folder / "episode.json").write_text("{}")
    return Path(settings.MEDIA_FOLDER)


def post(client: Client, path: str, **body: Any) -> Any:
    """Send JSON to the theater's API."""
    return client.post(f"/api/{path}", json.dumps(body), content_type="application/json")
