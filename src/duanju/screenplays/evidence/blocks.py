"""Shooting blocks: what is shot in one place at one time of day, and roughly what that costs."""

from collections.abc import Iterable
from dataclasses import dataclass

from duanju.screenplays.elements import DayPart, ElementKind
from duanju.screenplays.evidence.counting import CROWD_WORDS, EFFECT_WORDS
from duanju.screenplays.evidence.timing import Pace, time_elements
from duanju.screenplays.structure import Scene, ScriptEpisode


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRates:
    """What a rough budget counts with; a production sets its own. All money in minor units.

    Attributes:
        currency: ISO 4217.
        day_minor: A day of shooting, crew and equipment.
        screen_ms_a_day: How much screen time a day yields.
        location_minor: Opening a location.
        night_percent, crowd_percent, effect_percent: What is added to a block's days.
    """

    currency: str = "CNY"
    day_minor: int = 6_000_000
    screen_ms_a_day: int = 600_000
    location_minor: int = 500_000
    night_percent: int = 25
    crowd_percent: int = 30
    effect_percent: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ShootingBlock:
    """What is shot together.

    Attributes:
        location: As the script names it.
        is_night: Whether it is shot at night.
        lines: Of the scenes' headings.
        episodes: In order.
        cast: Who speaks there, in order of appearance.
        screen_ms: What it yields.
        has_crowd, has_effects: What makes it dearer.
        cost_minor: Rough, by the rates.
    """

    location: str
    is_night: bool
    lines: tuple[int, ...]
    episodes: tuple[int, ...]
    cast: tuple[str, ...]
    screen_ms: int
    has_crowd: bool
    has_effects: bool
    cost_minor: int


def plan_blocks(
    episodes: Iterable[ScriptEpisode], pace: Pace, rates: BlockRates
) -> tuple[ShootingBlock, ...]:
    """Return the blocks of a script, the longest first.

    Scenes belong together that play in a place of the same name, all by night or none. The cost
    is a proportion of days, rounded up to a whole minor unit, and an opening of each place.
    """
    scenes: dict[tuple[str, bool], list[Scene]] = {}
    for episode in episodes:
        for scene in episode.scenes:
            night = scene.place.day_part is DayPart.NIGHT
            scenes.setdefault((scene.place.location, night), []).append(scene)
    blocks = [_block(key, own, pace, rates) for key, own in scenes.items()]
    return tuple(sorted(blocks, key=lambda own: (-own.screen_ms, own.lines)))


def _block(
    key: tuple[str, bool], scenes: list[Scene], pace: Pace, rates: BlockRates
) -> ShootingBlock:
    location, night = key
    elements = [element for scene in scenes for element in scene.elements]
    screen_ms = sum(
        timing.to_ms - timing.from_ms
        for scene in scenes
        for timing in time_elements(scene.elements, pace)
    )
    words = " ".join(each.text for each in elements if each.kind is not ElementKind.SPEECH)
    crowd, effects = bool(CROWD_WORDS.search(words)), bool(EFFECT_WORDS.search(words))
    percent = 100 + rates.night_percent * night
    percent += rates.crowd_percent * crowd + rates.effect_percent * effects
    days = screen_ms * rates.day_minor * percent
    cost = -(-days // (rates.screen_ms_a_day * 100)) + rates.location_minor
    speakers = [each.speaker for each in elements if each.kind is ElementKind.SPEECH]
    return ShootingBlock(
        location=location,
        is_night=night,
        lines=tuple(scene.line for scene in scenes),
        episodes=tuple(dict.fromkeys(scene.episode for scene in scenes)),
        cast=tuple(dict.fromkeys(speakers)),
        screen_ms=screen_ms,
        has_crowd=crowd,
        has_effects=effects,
        cost_minor=cost,
    )
