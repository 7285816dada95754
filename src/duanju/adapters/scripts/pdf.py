"""The text of a PDF, line by line.

Lines that the page broke are put together again: what follows a full line and begins with no mark
of its own goes on with it. Page numbers become page breaks.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # its types are not published

from duanju.adapters.scripts.limits import LINES_MAX, PAGES_MAX, Refused
from duanju.screenplays import begins_line

_PAGE_NUMBER = re.compile(r"[-–—\s第]*\d{1,4}[-–—\s页.]*(?:/\s*\d{1,4})?")
_BREAK = "【换页】"
_FULL = 0.86
"""A line at least this part of the widest one may have been broken by the page."""


def read_pdf_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a PDF; where lines were put together, empty ones keep the count.

    Raises:
        Refused: It is damaged, locked by a password, has too many pages, or holds only pictures.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Refused(
            "screenplays.file-locked" if locked else "screenplays.file-damaged"
        ) from error
    try:
        if len(document) > PAGES_MAX:
            raise Refused("screenplays.too-many-pages", pages=PAGES_MAX)
        pages = [_page_lines(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise Refused("screenplays.file-damaged") from error
    finally:
        document.close()
    lines = [line for page in pages for line in page]
    if not any(line and line != _BREAK for line in lines):
        raise Refused("screenplays.file-without-text")
    if len(lines) > LINES_MAX:
        raise Refused("screenplays.too-many-lines", lines=LINES_MAX)
    yield from _put_together(lines)


def _page_lines(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    page = document[number]
    text = page.get_textpage()
    try:
        words = text.get_text_bounded()
    finally:
        text.close()
        page.close()
    lines = [_clean(line) for line in words.replace("\r", "").split("\n")]
    for end in (0, -1):
        if lines and _PAGE_NUMBER.fullmatch(lines[end]):
            lines[end] = _BREAK
    return lines


def _clean(line: str) -> str:
    """Return a line without the signs by which pdfium marks a broken word."""
    return line.replace("\ufffe", "-").replace("\x02", "-").strip(" \t\0")


def _put_together(lines: list[str]) -> Iterator[str]:
    full = _FULL * max((_width(line) for line in lines), default=0)
    held, behind = "", list[str]()
    goes_on = False
    for line in lines:
        if held and line in ("", _BREAK):
            behind.append(line)
            continue
        if held and goes_on and not begins_line(line):
            spaced = held[-1].isascii() and line[0].isascii()
            held = f"{held} {line}" if spaced else held + line
            behind.append("")
        else:
            yield from [held, *behind] if held else behind
            held, behind = line, []
        goes_on = _width(line) >= full
    yield from [held, *behind]


def _width(line: str) -> int:
    return sum(1 if char.isascii() else 2 for char in line)
