"""Lines that somebody should look at before filing, and values that a policy may ask for.

A flag is a word that was found, no judgement: an officer arrested for bribery is as much flagged as
one who gets away with it. The lists are a house's own to change.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from duanju.screenplays.elements import Element, ElementKind


class FlagKind(StrEnum):
    """What sort of thing was found."""

    COMPLIANCE = "compliance"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Flag:
    """A word that was found.

    Attributes:
        kind: Whether it is to be looked at, or speaks for a value.
        topic: `gambling`, `travel`.
        line: Where.
        word: The word.
    """

    kind: FlagKind
    topic: str
    line: int
    word: str


FLAG_WORDS: Mapping[FlagKind, Mapping[str, tuple[str, ...]]] = {
    FlagKind.COMPLIANCE: {
        "gambling": ("赌场", "赌博", "赌债", "casino", "gambling"),
        "drugs": ("吸毒", "毒品", "贩毒", "cocaine", "heroin"),
        "suicide": ("自杀", "跳楼", "割腕", "suicide"),
        "minors": ("未成年", "早恋", "小学生", "初中生"),
        "bloodshed": ("血泊", "分尸", "虐杀", "鲜血", "dismember"),
        "superstition": ("算命", "驱鬼", "风水先生", "冥婚"),
        "flaunted-wealth": ("炫富", "黑卡", "豪车", "包下整个"),
        "humiliation": ("下跪", "跪下", "耳光", "扇她", "扇他"),
    },
    FlagKind.VALUE: {
        "travel": ("古镇", "民宿", "景区", "非遗", "文旅"),
        "classics": ("论语", "诗经", "唐诗", "宋词", "戏曲", "珠算", "算盘", "abacus"),
        "science": ("科普", "实验室", "天文", "会计", "航天"),
        "work": ("工匠", "手艺", "创业", "支教"),
    },
}
"""Topics and their words: what filing offices are known to ask about, and what policies reward."""

_READ = frozenset({ElementKind.ACTION, ElementKind.SPEECH, ElementKind.CAPTION})


def find_flags(
    elements: Iterable[Element],
    *,
    words: Mapping[FlagKind, Mapping[str, tuple[str, ...]]] = FLAG_WORDS,
) -> tuple[Flag, ...]:
    """Return each topic's words where they stand, by line; a topic once a line."""
    return tuple(flag for element in elements for flag in _flags(element, words))


def _flags(
    element: Element, words: Mapping[FlagKind, Mapping[str, tuple[str, ...]]]
) -> Iterator[Flag]:
    if element.kind not in _READ:
        return
    text = element.text.lower()
    for kind, topics in words.items():
        for topic, own in topics.items():
            word = next((word for word in own if word in text), None)
            if word is not None:
                yield Flag(kind, topic, element.line, word)
