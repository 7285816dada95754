"""Evidence as the page of a script shows it: each figure leads to a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from duanju.screenplays import Element, ScriptEpisode
from duanju.screenplays.evidence import (
    BlockRates,
    EpisodeCount,
    Pace,
    ShootingBlock,
    SpeakerCount,
    count_episode,
    count_speakers,
    last_beat,
    leaves_question,
    plan_blocks,
    time_episode,
)

PEOPLE_SHOWN = 20
BLOCKS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class EpisodeShown:
    """A row of the table of episodes.

    Attributes:
        place: The episode's place in the script, from 1.
        episode: The episode.
        seconds: How long it plays.
        speech_percent: Of that time.
        count: What it needs, with lines.
        last: Its last beat.
        asks: Whether the last beat asks something.
    """

    place: int
    episode: ScriptEpisode
    seconds: int
    speech_percent: int
    count: EpisodeCount
    last: Element | None
    asks: bool


@dataclass(frozen=True, slots=True)
class BlockShown:
    """A shooting block, its minutes, and the currency of its cost."""

    block: ShootingBlock
    minutes: int
    currency: str


def episodes_shown(
    episodes: Sequence[ScriptEpisode], pace: Pace, *, start: int
) -> list[EpisodeShown]:
    """Return the rows of some episodes.

    Args:
        episodes: Those of a page.
        pace: By which time is estimated.
        start: Place of the first of them in the script, from 1.
    """
    return [_row(place, episode, pace) for place, episode in enumerate(episodes, start=start)]


def people_shown(episodes: Sequence[ScriptEpisode]) -> Sequence[SpeakerCount]:
    """Return those who speak most."""
    return count_speakers(episodes)[:PEOPLE_SHOWN]


def blocks_shown(episodes: Sequence[ScriptEpisode], pace: Pace) -> list[BlockShown]:
    """Return the longest shooting blocks."""
    rates = BlockRates()
    return [
        BlockShown(own, -(-own.screen_ms // 60_000), rates.currency)
        for own in plan_blocks(episodes, pace, rates)[:BLOCKS_SHOWN]
    ]


def _row(place: int, episode: ScriptEpisode, pace: Pace) -> EpisodeShown:
    count = count_episode(episode, pace)
    last = last_beat(episode)
    return EpisodeShown(
        place=place,
        episode=episode,
        seconds=time_episode(episode, pace) // 1000,
        speech_percent=round(count.speech_share.value * 100),
        count=count,
        last=last,
        asks=leaves_question(last),
    )
