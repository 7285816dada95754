"""The emotional curve: how warm or dark the words are, beat by beat, by a lexicon that is shown.

The lexicon that is shipped was written for Duanju and is in the public domain (CC0). It is small,
and counts words only: irony and restraint escape it. A curve is a picture to look at, not a score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files

from duanju.screenplays.elements import Element, ElementKind
from duanju.screenplays.structure import ScriptEpisode

NEGATIONS = ("不", "没", "别", "未", "无", "not ", "never ", "no ")
_READ = frozenset({ElementKind.ACTION, ElementKind.SPEECH, ElementKind.CAPTION})


@dataclass(frozen=True, slots=True)
class FeelingLexicon:
    """Words and how they feel.

    Attributes:
        source: Where it comes from.
        licence: Under which it is used.
        weights: By word, from −3, the darkest, to 3.
    """

    source: str
    licence: str
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FeelingPoint:
    """How a stretch of an episode feels.

    Attributes:
        line: Where it begins.
        value: Mean weight of the words found; 0 without any.
        words: Those words, each with its line.
    """

    line: int
    value: Fraction
    words: tuple[tuple[int, str], ...]


def read_lexicon() -> FeelingLexicon:
    """Return the lexicon that is shipped."""
    text = files("duanju.screenplays.evidence").joinpath("feeling.txt").read_text("utf-8")
    source, licence, *rows = [line for line in text.splitlines() if line.strip()]
    weights = {}
    for row in rows:
        weight, _, words = row.partition(" ")
        weights.update(dict.fromkeys(words.split("、"), int(weight)))
    return FeelingLexicon(source.removeprefix("# "), licence.removeprefix("# "), weights)


def trace_feeling(
    episode: ScriptEpisode, lexicon: FeelingLexicon, *, points: int = 10
) -> tuple[FeelingPoint, ...]:
    """Return the curve of an episode: so many stretches of equally many elements."""
    elements = [each for each in episode.elements if each.kind in _READ]
    if not elements:
        return ()
    size = max(1, -(-len(elements) // points))
    stretches = [elements[start : start + size] for start in range(0, len(elements), size)]
    longest = max(len(word) for word in lexicon.weights)
    return tuple(_point(stretch, lexicon.weights, longest) for stretch in stretches)


def _point(elements: list[Element], weights: Mapping[str, int], longest: int) -> FeelingPoint:
    found = [
        (element.line, word, weight)
        for element in elements
        for word, weight in _words(element.text.lower(), weights, longest)
    ]
    total = sum(weight for _, _, weight in found)
    value = Fraction(total, len(found)) if found else Fraction(0)
    return FeelingPoint(elements[0].line, value, tuple((line, word) for line, word, _ in found))


def _words(text: str, weights: Mapping[str, int], longest: int) -> Iterable[tuple[str, int]]:
    """Yield the words found, the longest at each place; a negation right before turns one."""
    place = 0
    while place < len(text):
        for size in range(min(longest, len(text) - place), 0, -1):
            word = text[place : place + size]
            if word in weights and _whole(text, place, word):
                turned = text[:place].endswith(NEGATIONS)
                yield word, -weights[word] if turned else weights[word]
                place += size
                break
        else:
            place += 1


def _whole(text: str, place: int, word: str) -> bool:
    """Say whether an English word stands alone; Chinese ones always do."""
    if not word.isascii():
        return True
    before, after = text[place - 1 : place], text[place + len(word) : place + len(word) + 1]
    return not (before.isascii() and before.isalpha()) and not (after.isascii() and after.isalpha())
