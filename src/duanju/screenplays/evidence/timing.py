"""How long it plays, and what stands in the first and the last seconds.

An estimate from reading: words by a rate of speech, an action by its length, captions by the time
they need to be read. The rates are a `Pace` that its reader can change; they are no measurement of
a cut.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from duanju.screenplays.elements import Element, ElementKind
from duanju.screenplays.structure import ScriptEpisode

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’,.]*")
_PLAYED = frozenset(
    {ElementKind.ACTION, ElementKind.SPEECH, ElementKind.CAPTION, ElementKind.DIRECTION}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a drama is played; whole numbers, so that both sides compute the same.

    Attributes:
        characters_a_minute: Chinese characters spoken in a minute.
        words_a_minute: English words spoken in a minute.
        pause_ms: Before each speech.
        action_ms: An action's least time.
        action_character_ms, action_word_ms: What each character or word of an action adds.
        caption_ms: How long a caption stands.
    """

    characters_a_minute: int = 270
    words_a_minute: int = 160
    pause_ms: int = 300
    action_ms: int = 1_200
    action_character_ms: int = 90
    action_word_ms: int = 160
    caption_ms: int = 2_000


@dataclass(frozen=True, slots=True)
class Timing:
    """An element and when it plays.

    Attributes:
        element: What plays.
        from_ms, to_ms: Half-open, from the start of its episode.
    """

    element: Element
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class Opening:
    """What has begun to play within the first seconds of an episode.

    Attributes:
        seconds: 3, 10, 30.
        lines: The lines of what plays, in order.
        has_speech: Whether somebody speaks.
    """

    seconds: int
    lines: tuple[int, ...]
    has_speech: bool


def time_elements(elements: Iterable[Element], pace: Pace) -> Iterator[Timing]:
    """Yield what plays, in order, each with the time that it takes."""
    at = 0
    for element in elements:
        if element.kind in _PLAYED:
            lasts = _lasts_ms(element, pace)
            yield Timing(element, at, at + lasts)
            at += lasts


def time_episode(episode: ScriptEpisode, pace: Pace) -> int:
    """Return how long an episode plays, in milliseconds."""
    return max((timing.to_ms for timing in time_elements(episode.elements, pace)), default=0)


def first_seconds(
    episode: ScriptEpisode, pace: Pace, *, seconds: tuple[int, ...] = (3, 10, 30)
) -> tuple[Opening, ...]:
    """Return what has begun to play within the first 3, 10 and 30 seconds."""
    timings = list(time_elements(episode.elements, pace))
    openings = []
    for limit in seconds:
        begun = [timing.element for timing in timings if timing.from_ms < limit * 1000]
        lines = tuple(element.line for element in begun)
        spoken = any(element.kind is ElementKind.SPEECH for element in begun)
        openings.append(Opening(limit, lines, spoken))
    return tuple(openings)


def last_beat(episode: ScriptEpisode) -> Element | None:
    """Return the last thing that is seen or said in an episode; none where nothing is."""
    played = [element for element in episode.elements if element.kind in _PLAYED]
    return played[-1] if played else None


def leaves_question(element: Element | None) -> bool:
    """Say whether a last beat asks something, or breaks off."""
    return element is not None and element.text.rstrip("”\"'）)").endswith(("？", "?", "……", "..."))


def _lasts_ms(element: Element, pace: Pace) -> int:
    if element.kind is ElementKind.CAPTION:
        return pace.caption_ms
    characters = len(_CHINESE.findall(element.text))
    words = len(_WORD.findall(element.text))
    if element.kind is ElementKind.SPEECH:
        spoken = Fraction(characters * 60_000, pace.characters_a_minute)
        spoken += Fraction(words * 60_000, pace.words_a_minute)
        return pace.pause_ms + int(spoken)
    length = characters * pace.action_character_ms + words * pace.action_word_ms
    return pace.action_ms + length
