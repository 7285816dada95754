"""What a script shares with another: shingles for many, passages side by side for two."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b

from duanju.screenplays.elements import Element, ElementKind

SHINGLE_LENGTH = 8
"""Characters, after everything but letters, digits and ideographs is gone."""

SAMPLE = 512
"""How many of the smallest shingles a script is compared by (bottom-k sketches; Broder 1997)."""

_SAME_MAX = 50
"""Of a run that stands in the other script more often, so many are followed."""

_Run = tuple[int, int, int, int, int]
"""First and last line here, first and last line there, length."""

_KEPT = re.compile(r"[\W_]+")
_TEXTS = frozenset({ElementKind.ACTION, ElementKind.SPEECH, ElementKind.CAPTION})


@dataclass(frozen=True, slots=True)
class Shingles:
    """A script's smallest shingles, by which it is compared with thousands.

    Attributes:
        smallest: At most `SAMPLE`, rising.
        count: How many different ones the script has.
    """

    smallest: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two scripts are: shared shingles as a part of all of them, estimated."""

    share: Fraction


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that two scripts share.

    Attributes:
        lines, other_lines: First and last line in either.
        characters: How long the shared run is, counted as shingles count.
    """

    lines: tuple[int, int]
    other_lines: tuple[int, int]
    characters: int


def shingle(elements: Iterable[Element]) -> Shingles:
    """Return the shingles of what is seen and said; order of scenes does not matter."""
    hashes = {_hash(part) for _, _, part in _parts(elements)}
    return Shingles(tuple(sorted(hashes)[:SAMPLE]), len(hashes))


def likeness(one: Shingles, other: Shingles) -> Likeness:
    """Return how alike two scripts are, from nought to one."""
    both = sorted(set(one.smallest) | set(other.smallest))[:SAMPLE]
    if not both:
        return Likeness(Fraction(0))
    shared = set(one.smallest) & set(other.smallest)
    return Likeness(Fraction(sum(value in shared for value in both), len(both)))


def find_passages(
    elements: Sequence[Element], other: Sequence[Element], *, most: int = 100
) -> tuple[Passage, ...]:
    """Return what two scripts share word for word, the longest passage first.

    Args:
        elements: Of the script in question.
        other: Of the one it is held against.
        most: How many passages are returned.
    """
    there: dict[int, list[tuple[int, int, int]]] = {}
    for place, (first, last, part) in enumerate(_parts(other)):
        there.setdefault(_hash(part), []).append((place, first, last))
    found: list[_Run] = []
    running: dict[int, _Run] = {}
    for first, last, part in _parts(elements):
        still: dict[int, _Run] = {}
        for place, other_first, other_last in there.get(_hash(part), [])[:_SAME_MAX]:
            fresh = (first, last, other_first, other_last, SHINGLE_LENGTH - 1)
            begun, _, other_begun, _, length = running.pop(place - 1, fresh)
            still[place] = (begun, last, other_begun, other_last, length + 1)
        found += running.values()
        running = still
    found += running.values()
    passages = [_passage(run) for run in found]
    return tuple(sorted(passages, key=lambda own: (-own.characters, own.lines))[:most])


def _passage(run: _Run) -> Passage:
    first, last, other_first, other_last, length = run
    return Passage((first, last), (other_first, other_last), length)


def _parts(elements: Iterable[Element]) -> Iterator[tuple[int, int, str]]:
    """Yield each run of `SHINGLE_LENGTH` characters, with the lines of its first and last."""
    window: deque[tuple[str, int]] = deque(maxlen=SHINGLE_LENGTH)
    for element in elements:
        if element.kind not in _TEXTS:
            continue
        for char in _KEPT.sub("", element.text.lower()):
            window.append((char, element.line))
            if len(window) == SHINGLE_LENGTH:
                part = "".join(one for one, _ in window)
                yield window[0][1], element.line, part


def _hash(part: str) -> int:
    return int.from_bytes(blake2b(part.encode(), digest_size=8).digest())
