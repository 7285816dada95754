"""What the demo world shows: six drawn stories that play, eighteen titles with figures only."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from duanju_web.demo.drawing import Story, load_stories

_FILE = Path(__file__).with_name("titles.toml")
_DRAWN_STUDIOS = ("qingning", "north-bank", "myriad")
_DRAWN_PLATFORM = "changhe"
_DRAWN_WEIGHT = 6
_DRAWN_EPISODE_MS = 20_000
_GENRES = {"time_slip": "time_travel", "urban": "workplace"}
"""Genres of the drawing room that the productions room calls otherwise."""


@dataclass(frozen=True, slots=True)
class WorldTitle:
    """A title of the demo world.

    Attributes:
        slug: Its address.
        name: By BCP-47 tag.
        synopsis: By BCP-47 tag.
        genre: A genre of the productions room.
        orientation: `vertical` or `horizontal`.
        production_kind: `live_action` or `ai_made`.
        lengths_ms: Length of each episode, as the simulated viewing takes it.
        free_episode_count: So many from the first are free.
        price_coins: Of one locked episode.
        studio: Slug of the maker.
        platform: Slug of the platform that shows it.
        weight: Share of first views.
        first_day: Days after the first simulated day on which it comes out.
        filing_number: As shown with the title.
        story: What is drawn, for the six that play.
    """

    slug: str
    name: Mapping[str, str]
    synopsis: Mapping[str, str]
    genre: str
    orientation: str
    production_kind: str
    lengths_ms: tuple[int, ...]
    free_episode_count: int
    price_coins: int
    studio: str
    platform: str
    weight: int
    first_day: int
    filing_number: str
    story: Story | None = None


def load_titles(*, seed: int) -> tuple[WorldTitle, ...]:
    """Read all titles, the drawn ones first; lengths and prices come from the seed."""
    random = Random(seed)
    drawn = tuple(_drawn(index, story) for index, story in enumerate(load_stories()))
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["title"]
    return drawn + tuple(_told(random, index, row) for index, row in enumerate(rows))


def drawn_episode_counts() -> dict[str, int]:
    """Return the slug of each drawn story with the number of its episodes."""
    return {story.slug: len(story.episodes) for story in load_stories()}


def _drawn(index: int, story: Story) -> WorldTitle:
    studio = "myriad" if story.production_kind == "ai_made" else _DRAWN_STUDIOS[index % 2]
    return WorldTitle(
        slug=story.slug,
        name=dict(story.name),
        synopsis=dict(story.synopsis),
        genre=_GENRES.get(story.genre, story.genre),
        orientation=story.orientation,
        production_kind=story.production_kind,
        lengths_ms=(_DRAWN_EPISODE_MS,) * len(story.episodes),
        free_episode_count=story.free_episode_count,
        price_coins=60,
        studio=studio,
        platform=_DRAWN_PLATFORM,
        weight=_DRAWN_WEIGHT,
        first_day=0,
        filing_number=_filing_number(index),
        story=story,
    )


def _told(random: Random, index: int, row: Mapping[str, object]) -> WorldTitle:
    count = int(str(row["episodes"]))
    pays_by_the_minute = row["platform"] == "changhe"
    return WorldTitle(
        slug=str(row["slug"]),
        name=row["name"],  # type: ignore[arg-type]
        synopsis=row["synopsis"],  # type: ignore[arg-type]
        genre=str(row["genre"]),
        orientation=str(row["orientation"]),
        production_kind=str(row["production_kind"]),
        lengths_ms=tuple(random.randint(60_000, 120_000) for _ in range(count)),
        free_episode_count=count if pays_by_the_minute else random.randint(8, 12),
        price_coins=random.randrange(60, 121, 10),
        studio=str(row["studio"]),
        platform=str(row["platform"]),
        weight=int(str(row["weight"])),
        first_day=random.choice((0, 0, 0, 3, 8, 15, 24)),
        filing_number=_filing_number(index + 100),
    )


def _filing_number(number: int) -> str:
    return f"(演示)网微剧备字(2026)第{number + 1:03d}号"
