"""Which file is which episode, read from the files' names."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

from duanju.kernel import Problem, Where

EPISODE_NUMBER_MAX = 9_999

_CHINESE_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_CHINESE_DIGITS |= {"〇": 0, "两": 2}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[0-9零〇一二两三四五六七八九十百千]+"
_MARKED = (
    re.compile(rf"第\s*({_NUMERAL})\s*[集话話回]"),
    re.compile(r"(?:^|[^a-z])(?:s\d{1,2})?\s*e(?:p|pisode)?[\s._#-]*(\d{1,4})(?!\d)", re.I),
    re.compile(rf"(?<![第全共0-9零〇一二两三四五六七八九十百千])({_NUMERAL})\s*[集话話](?!锦)"),
)
# Numbers that say how a file was made, not which episode it is.
_NOISE = re.compile(
    r"\d{3,4}\s*[x×*]\s*\d{3,4}|\d{3,4}[pi]\b|[hx]\.?26[45]|mp[34]|\d+\s*fps|\d+\s*k?bps"
    r"|\b[248]k\b|\bv\d+\b|(?:19|20)\d{2}[-.年]?\d{1,2}[-.月]?\d{1,2}日?",
    re.I,
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class EpisodeOrder:
    """A proposed numbering of files.

    Attributes:
        numbered: Episode number and file name, by number, then by name in natural order.
        problems: `media.number-guessed`, `media.same-number`, `media.number-missing`; none of them
            prevents the numbering from being accepted after a look at it.
    """

    numbered: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...]


def order_episodes(*, names: Sequence[str]) -> EpisodeOrder:
    """Number files as episodes by what their names say.

    A marked number counts first (`第01集`, `第十二集`, `EP01`, `S01E02`, `3话`). Else it is the
    leading, last or first number of the name: whichever tells the most of these files apart, so a
    year that all share does not count. Files without any number come after the others in natural
    order, each with a problem.

    Args:
        names: File names, with or without folders; in any order.

    >>> order_episodes(names=["夜航 第十二集.mp4", "夜航 第2集.mp4"]).numbered
    ((2, '夜航 第2集.mp4'), (12, '夜航 第十二集.mp4'))
    """
    naturally = sorted(names, key=_natural_key)
    stems = {name: _stem(name) for name in naturally}
    numbers = {name: _marked_number(stem) for name, stem in stems.items()}
    unmarked = [name for name, number in numbers.items() if number is None]
    reading = _most_telling([stems[name] for name in unmarked])
    numbers |= {name: reading(stems[name]) for name in unmarked}
    numbered = [(number, name) for name in naturally if (number := numbers[name]) is not None]
    problems = [*_same_numbers(numbered), *_missing_numbers(numbered)]
    following = max((number for number, _ in numbered), default=0) + 1
    for number, name in enumerate((name for name in naturally if numbers[name] is None), following):
        numbered.append((number, name))
        problems.append(Problem("media.number-guessed", Where(file=name), {"number": number}))
    numbered.sort(key=lambda pair: pair[0])
    return EpisodeOrder(tuple(numbered), tuple(problems))


def _same_numbers(numbered: Sequence[tuple[int, str]]) -> list[Problem]:
    counts = Counter(number for number, _ in numbered)
    return [
        Problem("media.same-number", Where(file=name), {"number": number, "files": counts[number]})
        for number, name in numbered
        if counts[number] > 1
    ]


def _missing_numbers(numbered: Sequence[tuple[int, str]]) -> list[Problem]:
    present = sorted({number for number, _ in numbered})
    return [
        Problem("media.number-missing", params={"first": before + 1, "last": after - 1})
        for before, after in pairwise(present)
        if after > before + 1
    ]


def _stem(name: str) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return unicodedata.normalize("NFKC", stem).strip()


def _marked_number(stem: str) -> int | None:
    for pattern in _MARKED:
        match = pattern.search(stem)
        if match is not None and (number := _whole(match[1])) is not None:
            return number
    return None


def _most_telling(stems: Sequence[str]) -> Callable[[str], int | None]:
    readings = (_leading_number, _last_number, _first_number)
    return max(readings, key=lambda reading: len({*map(reading, stems)} - {None}))


def _leading_number(stem: str) -> int | None:
    match = re.match(r"\d+", _NOISE.sub(" ", stem))
    return _whole(match[0]) if match else None


def _last_number(stem: str) -> int | None:
    found = _DIGITS.findall(_NOISE.sub(" ", stem))
    return _whole(found[-1]) if found else None


def _first_number(stem: str) -> int | None:
    found = _DIGITS.findall(_NOISE.sub(" ", stem))
    return _whole(found[0]) if found else None


def _whole(numeral: str) -> int | None:
    number = int(numeral) if numeral.isdecimal() else _chinese_number(numeral)
    return number if 1 <= number <= EPISODE_NUMBER_MAX else None


def _chinese_number(numeral: str) -> int:
    """Read 十二, 一百零三, or digits written one by one, 一二."""
    if not any(character in _CHINESE_UNITS for character in numeral):
        digits = (str(_CHINESE_DIGITS.get(character, character)) for character in numeral)
        return int("".join(digits))
    total, digit = 0, 0
    for character in numeral:
        if character in _CHINESE_UNITS:
            total += (digit or 1) * _CHINESE_UNITS[character]
            digit = 0
        else:
            digit = _CHINESE_DIGITS[character] if character in _CHINESE_DIGITS else int(character)
    return total + digit


def _natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.split(r"(\d+)", unicodedata.normalize("NFKC", name).casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
