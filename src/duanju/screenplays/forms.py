"""Tells the Chinese form from Fountain, and where a line begins, by the lines alone."""

import re
from collections.abc import Iterable

from duanju.screenplays.chinese import plain_words
from duanju.screenplays.headings import read_heading
from duanju.screenplays.marks import recognise
from duanju.screenplays.speeches import read_speech

_FOUNTAIN = re.compile(
    r"(?:INT|EXT|EST|I/E)[. ]+\S|[@!~#=]\S|\.[^.\s]|>.|\[\[|/\*|[A-Z][A-Z .'-]+(?:\([A-Z.' ]+\))?$"
)
_FULL_WIDTH = "：【△▲∆Δ"


def is_chinese_form(lines: Iterable[str]) -> bool:
    """Say whether lines are rather in the Chinese form than in Fountain.

    Args:
        lines: The first of a script; a few hundred tell.
    """
    chinese = fountain = 0
    for line in lines:
        text = plain_words(line)
        if not text:
            continue
        chinese += begins_line(text) and not text.isascii()
        fountain += _FOUNTAIN.match(text) is not None
        fountain += text.isascii() and recognise(text) is None
    return chinese > 0 and chinese >= fountain


def begins_line(text: str) -> bool:
    """Say whether a line bears a mark of its own, and so goes on with no other line."""
    if recognise(text) is not None or read_heading(text) is not None:
        return True
    if any(sign in text for sign in _FULL_WIDTH):
        return read_speech(text) is not None
    return False
