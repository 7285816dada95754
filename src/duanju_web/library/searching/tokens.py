"""Texts as tokens: Chinese as overlapping pairs of characters, other writing as words."""

import re
import unicodedata
from collections.abc import Iterator

PHRASES_MAX = 8
"""Of a longer query, the rest is not looked for."""

_RUN = re.compile(r"([\u3400-\u9fff\uf900-\ufaff]+)|([^\W_\u3400-\u9fff\uf900-\ufaff]+)")


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a text: of 逆袭记 the pairs 逆袭, 袭记 and the last 记; words as such.

    Example:
        >>> tokens_of("逆袭 Boss")
        ['逆袭', '袭', 'boss']
    """
    return [token for run in _runs(text) for token in _indexed(run)]


def phrases_of(query: str) -> list[tuple[list[str], bool]]:
    """Return the phrases of a query, each with whether its only token is a beginning.

    What stands apart must all be found, in any order; words of Latin letters that follow one
    another are one phrase. A single character is the beginning of a pair.

    Example:
        >>> phrases_of("逆袭记 last fen 裁")
        [(['逆袭', '袭记'], False), (['last', 'fen'], False), (['裁'], True)]
    """
    phrases: list[tuple[list[str], bool]] = []
    words: list[str] = []
    for run in _runs(query):
        if not _is_chinese(run):
            words.append(run)
            continue
        if words:
            phrases.append((words, False))
            words = []
        pairs = [run[place : place + 2] for place in range(len(run) - 1)]
        phrases.append((pairs, False) if pairs else ([run], True))
    if words:
        phrases.append((words, False))
    return phrases[:PHRASES_MAX]


def _runs(text: str) -> Iterator[str]:
    for match in _RUN.finditer(unicodedata.normalize("NFKC", text).lower()):
        yield match[0]


def _is_chinese(run: str) -> bool:
    return "\u3400" <= run[0] <= "\u9fff" or "\uf900" <= run[0] <= "\ufaff"


def _indexed(run: str) -> list[str]:
    if not _is_chinese(run):
        return [run]
    return [run[place : place + 2] for place in range(len(run))]
