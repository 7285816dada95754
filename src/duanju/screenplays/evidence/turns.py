"""Where a story may turn: candidates that readers confirm or strike out, never a count of merit.

Two signs are looked for: words by which people show that they did not expect it, and a change of
feeling from one stretch of an episode to the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from duanju.screenplays.elements import ElementKind
from duanju.screenplays.evidence.feeling import FeelingPoint
from duanju.screenplays.structure import ScriptEpisode

UNEXPECTED_WORDS = (
    *("竟然", "居然", "原来", "没想到", "怎么会", "怎么是你", "不可能", "你是谁", "真相"),
    *("it was you", "who are you", "impossible", "all along", "turns out"),
)
"""What people say when something was not as it seemed; a list to be changed, not a finding."""

FEELING_CHANGE_MIN = Fraction(2)
_SAID = frozenset({ElementKind.SPEECH, ElementKind.ACTION, ElementKind.CAPTION})


class TurnSign(StrEnum):
    """By which a turn is suspected."""

    WORDS = "words"
    FEELING = "feeling"


@dataclass(frozen=True, slots=True)
class TurnCandidate:
    """A line at which a story may turn.

    Attributes:
        line: Where.
        sign: Why it is suspected.
        shown: The word that was found; empty for a change of feeling.
    """

    line: int
    sign: TurnSign
    shown: str = ""


def find_turns(
    episode: ScriptEpisode,
    curve: Sequence[FeelingPoint],
    *,
    words: Iterable[str] = UNEXPECTED_WORDS,
) -> tuple[TurnCandidate, ...]:
    """Return the lines at which an episode may turn, by line.

    Args:
        episode: Of the script.
        curve: Its emotional curve, from `trace_feeling`.
        words: Those that show surprise.
    """
    found = [*_by_words(episode, tuple(words)), *_by_feeling(curve)]
    return tuple(sorted(found, key=lambda turn: (turn.line, turn.sign)))


def _by_words(episode: ScriptEpisode, words: tuple[str, ...]) -> Iterator[TurnCandidate]:
    for element in episode.elements:
        text = element.text.lower()
        shown = next((word for word in words if word in text), None)
        if element.kind in _SAID and shown is not None:
            yield TurnCandidate(element.line, TurnSign.WORDS, shown)


def _by_feeling(curve: Sequence[FeelingPoint]) -> Iterator[TurnCandidate]:
    """Yield the stretches that feel other than the last one in which any word was found."""
    before: Fraction | None = None
    for point in curve:
        if not point.words:
            continue
        if before is not None and abs(point.value - before) >= FEELING_CHANGE_MIN:
            yield TurnCandidate(point.line, TurnSign.FEELING)
        before = point.value
