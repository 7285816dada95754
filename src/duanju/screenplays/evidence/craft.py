"""Rules of craft, as hypotheses that anybody can change or leave out; never a hidden score.

Source of the shipped ones: what trade guides repeat without evidence, a hook in 3 to 10 seconds, a
conflict within 30, an open question at the end; see `docs/explanation/evidence.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from duanju.screenplays.evidence.timing import (
    Pace,
    first_seconds,
    last_beat,
    leaves_question,
    time_episode,
)
from duanju.screenplays.structure import ScriptEpisode


class CraftMeasure(StrEnum):
    """What a rule can ask of an episode."""

    SECONDS_LONG = "seconds_long"
    SPEECH_WITHIN = "speech_within"
    ENDS_WITH_QUESTION = "ends_with_question"


@dataclass(frozen=True, slots=True, kw_only=True)
class CraftRule:
    """A hypothesis about what works.

    Attributes:
        id: Unique.
        measure: What it looks at.
        at_least, at_most: Bounds, each where it applies; seconds.
        source: Who says so.
    """

    id: str
    measure: CraftMeasure
    at_least: int | None = None
    at_most: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class CraftFinding:
    """Whether an episode does what a rule supposes.

    Attributes:
        rule: Id of the rule.
        episode: Number of the episode.
        holds: Whether it does.
        lines: Where one can see it.
    """

    rule: str
    episode: int
    holds: bool
    lines: tuple[int, ...]


def check_craft(
    rules: Sequence[CraftRule], episodes: Sequence[ScriptEpisode], pace: Pace
) -> tuple[CraftFinding, ...]:
    """Return what each rule finds in each episode, by episode; nothing is added up."""
    return tuple(_find(rule, episode, pace) for episode in episodes for rule in rules)


def _find(rule: CraftRule, episode: ScriptEpisode, pace: Pace) -> CraftFinding:
    if rule.measure is CraftMeasure.ENDS_WITH_QUESTION:
        beat = last_beat(episode)
        lines = (beat.line,) if beat is not None else ()
        return CraftFinding(rule.id, episode.number, leaves_question(beat), lines)
    if rule.measure is CraftMeasure.SPEECH_WITHIN:
        (opening,) = first_seconds(episode, pace, seconds=(rule.at_most or 0,))
        return CraftFinding(rule.id, episode.number, opening.has_speech, opening.lines)
    seconds = time_episode(episode, pace) // 1000
    long_enough = rule.at_least is None or seconds >= rule.at_least
    short_enough = rule.at_most is None or seconds <= rule.at_most
    return CraftFinding(rule.id, episode.number, long_enough and short_enough, (episode.line,))
