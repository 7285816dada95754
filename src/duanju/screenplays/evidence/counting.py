"""Who and what a screenplay needs: speech and action, cast, places, nights, crowds, effects."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from duanju.screenplays.elements import DayPart, Element, ElementKind, Setting, Voice
from duanju.screenplays.evidence.timing import Pace, time_elements
from duanju.screenplays.structure import Scene, ScriptEpisode

CROWD_WORDS = re.compile(
    r"众|人群|群演|围观|观众席|宾客|一群|所有人|全场|保安一拥|crowd|everyone|guests", re.IGNORECASE
)
EFFECT_WORDS = re.compile(
    r"爆炸|起火|大火|枪|坠|飞车|追车|特效|雷电|坍塌|塌了|血|威亚|打斗|explosion|gunshot|collapse|blood",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the lines that it comes from.

    Attributes:
        value: Whole, or an exact share.
        lines: In order; what a reader opens to see why.
    """

    value: Fraction
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeCount:
    """What an episode needs and holds.

    Attributes:
        number: The episode.
        speech_share: Of the time that it plays.
        action_share: Of the time that it plays.
        speakers: How many people speak.
        locations, nights, exteriors, crowds, effects: Scenes, or places, of that sort.
    """

    number: int
    speech_share: Figure
    action_share: Figure
    speakers: Figure
    locations: Figure
    nights: Figure
    exteriors: Figure
    crowds: Figure
    effects: Figure


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """How much somebody says.

    Attributes:
        name: As the script writes it.
        episodes: In which they speak, in order.
        lines: Of their speeches.
    """

    name: str
    episodes: tuple[int, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """How often two people speak one after the other.

    Attributes:
        people: Both, by name.
        lines: Where the second of two speeches begins.
    """

    people: tuple[str, str]
    lines: tuple[int, ...]


def count_episode(episode: ScriptEpisode, pace: Pace) -> EpisodeCount:
    """Return what an episode needs and holds, each figure with its lines."""
    timings = list(time_elements(episode.elements, pace))
    total = sum(timing.to_ms - timing.from_ms for timing in timings) or 1

    def share(kind: ElementKind) -> Figure:
        own = [timing for timing in timings if timing.element.kind is kind]
        time = sum(timing.to_ms - timing.from_ms for timing in own)
        return Figure(Fraction(time, total), tuple(timing.element.line for timing in own))

    speeches = [each for each in episode.elements if each.kind is ElementKind.SPEECH]
    firsts = _firsts((each.speaker, each.line) for each in speeches)
    places = _firsts((scene.place.location, scene.line) for scene in episode.scenes)
    return EpisodeCount(
        number=episode.number,
        speech_share=share(ElementKind.SPEECH),
        action_share=share(ElementKind.ACTION),
        speakers=_figure(firsts),
        locations=_figure(places),
        nights=_scenes(scene for scene in episode.scenes if scene.place.day_part is DayPart.NIGHT),
        exteriors=_scenes(
            scene
            for scene in episode.scenes
            if scene.place.setting in (Setting.EXTERIOR, Setting.BOTH)
        ),
        crowds=_figure(_lines_with(episode.elements, CROWD_WORDS)),
        effects=_figure(_lines_with(episode.elements, EFFECT_WORDS)),
    )


def count_speakers(episodes: Iterable[ScriptEpisode]) -> tuple[SpeakerCount, ...]:
    """Return who speaks, those with the most speeches first."""
    lines: dict[str, list[int]] = {}
    where: dict[str, list[int]] = {}
    for episode in episodes:
        for element in episode.elements:
            if element.kind is ElementKind.SPEECH:
                lines.setdefault(element.speaker, []).append(element.line)
                where.setdefault(element.speaker, []).append(episode.number)
    found = [
        SpeakerCount(name, tuple(dict.fromkeys(where[name])), tuple(own))
        for name, own in lines.items()
    ]
    return tuple(sorted(found, key=lambda own: (-len(own.lines), own.lines)))


def count_exchanges(episodes: Iterable[ScriptEpisode]) -> tuple[Exchange, ...]:
    """Return who speaks with whom, the busiest pair first; a voice over answers nobody."""
    lines: dict[tuple[str, str], list[int]] = {}
    for episode in episodes:
        for scene in episode.scenes:
            said = [
                each
                for each in scene.elements
                if each.kind is ElementKind.SPEECH and each.voice is not Voice.VOICE_OVER
            ]
            for one, other in pairwise(said):
                if one.speaker != other.speaker:
                    first, second = sorted((one.speaker, other.speaker))
                    lines.setdefault((first, second), []).append(other.line)
    found = [Exchange(people, tuple(own)) for people, own in lines.items()]
    return tuple(sorted(found, key=lambda own: (-len(own.lines), own.people)))


def _firsts(named: Iterable[tuple[str, int]]) -> tuple[int, ...]:
    first: dict[str, int] = {}
    for name, line in named:
        if name:
            first.setdefault(name, line)
    return tuple(first.values())


def _figure(lines: tuple[int, ...]) -> Figure:
    return Figure(Fraction(len(lines)), lines)


def _scenes(scenes: Iterator[Scene]) -> Figure:
    return _figure(tuple(scene.line for scene in scenes))


def _lines_with(elements: Iterable[Element], words: re.Pattern[str]) -> tuple[int, ...]:
    seen = (ElementKind.ACTION, ElementKind.CAST, ElementKind.DIRECTION)
    return tuple(
        element.line
        for element in elements
        if element.kind in seen and words.search(f"{element.text} {' '.join(element.people)}")
    )
