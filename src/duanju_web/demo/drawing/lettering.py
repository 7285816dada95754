"""Lettering in Chinese and English with the typefaces that come as packages."""

import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import noto_cjk_sans_otc  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

SIMPLIFIED_CHINESE_FACE = 2
"""Index of `Noto Sans CJK SC` within the collection."""

_NOT_AT_START = set("，。！？；：、”’」』）》…—·,.!?;:)%")
_NOT_AT_END = set("“‘「『（《(")
_CLAUSE_ENDS = set("，。！？；：…—")
_SCRAP = 0.36
_TOKEN = re.compile(r"[A-Za-z0-9'’\-.,!?]+|\s+|.", re.DOTALL)

Measure = Callable[[str], float]


@cache
def typeface(*, hand: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a face that holds Chinese and Latin letters.

    Args:
        hand: `sans` or `serif`.
        size: Of the letters, in pixels.
    """
    if hand == "serif" and find_spec("pylopdf_fonts_zh_cn") is not None:
        from pylopdf_fonts_zh_cn import serif_path

        return ImageFont.truetype(str(serif_path()), size)
    path = Path(str(noto_cjk_sans_otc.FONT_PATH))
    return ImageFont.truetype(str(path), size, index=SIMPLIFIED_CHINESE_FACE)


def wrap(text: str, *, width: float, measure: Measure) -> tuple[str, ...]:
    """Break a text into the fewest lines that fit, as even in length as possible.

    Chinese may break between any two characters, except that closing marks never start a line and
    opening marks never end one (GB/T 15834-2011, 5.1); Latin words stay whole.

    Args:
        text: One paragraph.
        width: Of a line, in what `measure` returns.
        measure: Gives the width of a piece of text.

    Returns:
        The lines without spaces at their ends; a single word wider than `width` stands alone.
    """
    pieces = _pieces(text)
    lines = _fill(pieces, width, measure)
    if len(lines) < 2:
        return lines
    if len(lines) == 2 and (clauses := _clauses(pieces, width, measure)):
        return clauses
    low, high = width / len(lines), float(width)
    for _ in range(12):
        middle = (low + high) / 2
        if len(_fill(pieces, middle, measure)) > len(lines):
            low = middle
        else:
            high = middle
    return _fill(pieces, high, measure)


def _clauses(pieces: list[str], width: float, measure: Measure) -> tuple[str, ...]:
    """Return two lines that break after a mark, where both fit and neither is a scrap."""
    best: tuple[float, tuple[str, ...]] = (_SCRAP, ())
    for index in range(1, len(pieces)):
        first, second = "".join(pieces[:index]).strip(), "".join(pieces[index:]).strip()
        if not first or not second or first[-1] not in _CLAUSE_ENDS:
            continue
        short, long = sorted((measure(first), measure(second)))
        if long <= width and short / long >= best[0]:
            best = (short / long, (first, second))
    return best[1]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for token in _TOKEN.findall(text.strip()):
        glued = pieces and (token[0] in _NOT_AT_START or pieces[-1][-1] in _NOT_AT_END)
        if glued and not token.isspace():
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


def _fill(pieces: list[str], width: float, measure: Measure) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and measure((line + piece).strip()) > width:
            lines.append(line.strip())
            line = ""
        line += piece
    return (*lines, line.strip()) if line.strip() else tuple(lines)


def letter_lines(  # noqa: PLR0913 - each is a property of the same lettering
    picture: Image.Image,
    *,
    lines: tuple[str, ...],
    centre: float,
    top: float,
    hand: str,
    size: int,
    colour: str,
    weight: float = 0,
    leading: float = 1.3,
    outline: str = "",
    spacing: float = 0,
) -> float:
    """Letter centred lines on a picture.

    Args:
        picture: Painted in place.
        lines: From `wrap`.
        centre: X of the middle of every line, in pixels.
        top: Y of the first line.
        hand: `sans` or `serif`.
        size: Of the letters, in pixels.
        colour: `#rrggbb`.
        weight: Thickness added to the strokes, in thousandths of the size.
        leading: Distance of lines, as a multiple of the size.
        outline: Colour of a rim around the letters; empty for none.
        spacing: Added between letters, as a multiple of the size.

    Returns:
        The y under the last line.
    """
    face = typeface(hand=hand, size=size)
    pen = ImageDraw.Draw(picture)
    bold = size * weight / 1000
    for line in lines:
        left = centre - (face.getlength(line) + spacing * size * max(len(line) - 1, 0)) / 2
        for run, x in _runs(line, left, face, spacing * size):
            if outline:
                rim = bold + max(2.0, size * 0.07)
                pen.text((x, top), run, font=face, fill=outline, stroke_width=rim)
            pen.text((x, top), run, font=face, fill=colour, stroke_width=bold, stroke_fill=colour)
        top += size * leading
    return top


def _runs(
    line: str, left: float, face: ImageFont.FreeTypeFont, gap: float
) -> list[tuple[str, float]]:
    if not gap:
        return [(line, left)]
    runs = []
    for letter in line:
        runs.append((letter, left))
        left += face.getlength(letter) + gap
    return runs
