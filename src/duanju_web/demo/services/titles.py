"""The demo's titles and their posters."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO

from django.conf import settings
from PIL import Image

from duanju_web.demo.drawing import draw_plain_poster, draw_poster
from duanju_web.demo.world import WorldTitle
from duanju_web.productions.models import Episode, EpisodeState, ProductionKind, Title, TitleState
from duanju_web.shared.actor import Actor

POSTER_SIZE = {"vertical": (360, 640), "horizontal": (640, 360)}
POSTER_BYTES_MAX = 15_000
_POSTER_GENRES = {"time_travel": "time_slip"}


def load_title_rows(
    *,
    world: Sequence[WorldTitle],
    owners: Mapping[str, Actor],
    first_moment: datetime,
    on_progress: Callable[[int], None],
) -> dict[str, Title]:
    """Make the titles with their episodes; what has no media is published by its figures alone.

    The drawn ones stay drafts: they are published like any other, when an episode plays.

    Returns:
        Slug to title.
    """
    titles = {}
    for number, title in enumerate(world):
        on_progress(number)
        came_out = first_moment + timedelta(days=title.first_day)
        titles[title.slug] = Title.objects.create(
            slug=title.slug,
            studio=owners[title.studio].organisation,
            name=dict(title.name),
            synopsis=dict(title.synopsis),
            orientation=title.orientation,
            genre=title.genre,
            production_kind=title.production_kind,
            budget_tier="ordinary",
            filing_number=title.filing_number,
            ai_label=title.production_kind == ProductionKind.AI_MADE,
            free_episode_count=title.free_episode_count,
            episode_price_coins=title.price_coins,
            poster=_draw(number, title),
            state=TitleState.DRAFT if title.story else TitleState.PUBLISHED,
            published_at=None if title.story else came_out,
            created_at=first_moment - timedelta(days=30),
        )
    _load_episodes(world, titles, first_moment)
    on_progress(len(world))
    return titles


def _load_episodes(world: Sequence[WorldTitle], titles: Mapping[str, Title], now: datetime) -> None:
    Episode.objects.bulk_create(
        [
            Episode(
                title=titles[title.slug],
                number=number,
                state=EpisodeState.EXPECTED,
                duration_ms=length_ms,
                changed_at=now,
            )
            for title in world
            for number, length_ms in enumerate(title.lengths_ms, start=1)
        ],
        batch_size=500,
    )


def _draw(number: int, title: WorldTitle) -> str:
    """Draw a title's poster and return its place in the media folder."""
    size = POSTER_SIZE[title.orientation]
    if title.story:
        image = draw_poster(story=title.story, size=size)
    else:
        image = draw_plain_poster(
            name=title.name,
            palette_seed=number,
            genre=_POSTER_GENRES.get(title.genre, title.genre),
            size=size,
        )
    place = f"posters/{title.slug}.webp"
    path = settings.MEDIA_FOLDER / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_as_webp(image))
    return place


def _as_webp(image: bytes) -> bytes:
    """Write a poster as WebP within the theater's budget for slow lines."""
    picture = Image.open(BytesIO(image)).convert("RGB")
    for quality in range(80, 20, -10):
        written = BytesIO()
        picture.save(written, "WEBP", quality=quality, method=4)
        if written.tell() <= POSTER_BYTES_MAX:
            break
    return written.getvalue()
