"""Reads Fountain, the plain-text form of screenplays.

Source: the syntax published at fountain.io/syntax. What Fountain has no sign for, and the Chinese
form has, is recognised by its Chinese marks within action, notes, sections and centred lines.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from duanju.screenplays.checking import check_structure
from duanju.screenplays.cues import CUE, PARENTHETICAL, read_cue
from duanju.screenplays.elements import Element, ElementKind, Screenplay
from duanju.screenplays.headings import heading_element
from duanju.screenplays.marks import recognise

_FIELD = re.compile(r"(?P<key>[^\W\d_][^:：\n]{0,30}?):\s*(?P<value>.*)")
_HEADING = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E)[. ]+\S", re.IGNORECASE)
_TRANSITION = re.compile(r"[A-Z][A-Z .']* TO:|FADE (?:IN|OUT)[.:]")
_PAGE_BREAK = re.compile(r"={3,}")
_TEXT_KINDS = {
    "#": ElementKind.SECTION,
    "=": ElementKind.SYNOPSIS,
    "~": ElementKind.LYRIC,
}


@dataclass(slots=True)
class _Reading:
    """Where the reader stands.

    Attributes:
        elements: What was read.
        speech: The speech that goes on, its lines so far and where it began.
        after_blank: Whether the line before was blank.
        omitted: Whether a comment is open.
        noted: Whether a note is open.
    """

    elements: list[Element] = field(default_factory=list)
    speech: Element | None = None
    words: list[str] = field(default_factory=list)
    after_blank: bool = True
    omitted: bool = False
    noted: bool = False


def read_fountain(lines: Iterable[str], *, file: str = "") -> Screenplay:
    """Return the screenplay that lines of Fountain make up.

    Fountain knows no wrong line: what is nothing else is action. Each line that is not blank
    becomes part of an element; lines in which a comment begins or ends may give two.

    Args:
        lines: With or without their line ends.
        file: Name of the file, for problems.

    Example:
        >>> script = read_fountain(["INT. FINANCE - DAY", "", "LIN SUAN", "(softly)", "One fen."])
        >>> script.elements[1].speaker, script.elements[1].manner, script.elements[1].text
        ('LIN SUAN', 'softly', 'One fen.')
    """
    reading, count = _Reading(), 0
    on_title_page = True
    for number, line, following in _with_next(lines):
        count = number
        if on_title_page:
            on_title_page = _read_field(reading, line, number)
            if on_title_page or not line.strip():
                continue
        _read_line(reading, line, number, following)
    _end_speech(reading)
    elements = tuple(reading.elements)
    return Screenplay(
        elements=elements, line_count=count, problems=check_structure(elements, file=file)
    )


def _with_next(lines: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield each line with its number and the line after it, read just one line ahead."""
    number, held = 0, None
    for number, line in enumerate(lines):
        text = line.rstrip("\r\n")
        text = text.lstrip("\ufeff") if number == 0 else text
        if held is not None:
            yield number, held, text
        held = text
    if held is not None:
        yield number + 1, held, ""


def _read_field(reading: _Reading, line: str, number: int) -> bool:
    """Read a line of the title page; return whether the page goes on after it."""
    text = line.strip()
    if not text:
        return False
    if line[0] in " \t" and reading.elements:
        key = reading.elements[-1].speaker
        reading.elements.append(_field(key, text, number))
        return True
    match = _FIELD.fullmatch(text)
    if match is None or _HEADING.match(text) or _TRANSITION.fullmatch(text):
        return False
    if recognise(text) is not None:
        return False
    reading.elements.append(_field(match["key"].strip(), match["value"].strip(), number))
    return True


def _field(key: str, text: str, number: int) -> Element:
    return Element(kind=ElementKind.FIELD, speaker=key, text=text, line=number)


def _read_line(reading: _Reading, line: str, number: int, following: str) -> None:
    text = line.strip()
    if reading.omitted or "/*" in text:
        text = _read_comment(reading, text, number)
        if not text:
            return
    if not text:
        _read_blank(reading, line)
        return
    if reading.noted or (text.startswith("[[") and "]]" not in text):
        _read_note(reading, text, number)
    elif reading.speech is not None:
        _read_words(reading, text)
    elif _opens_speech(reading, text, following):
        reading.speech = replace(read_cue(text.removeprefix("@")), line=number)
    else:
        reading.elements.append(replace(_read_mark(text, reading, following), line=number))
    reading.after_blank = False


def _read_blank(reading: _Reading, line: str) -> None:
    if reading.speech is not None and line.startswith("  "):
        reading.words.append("")
        return
    _end_speech(reading)
    reading.after_blank, reading.noted = True, False


def _read_comment(reading: _Reading, text: str, number: int) -> str:
    """Take the comment out of a line; return what of the line is none."""
    before = ""
    if not reading.omitted:
        before, _, text = text.partition("/*")
        _end_speech(reading)
    inside, closed, after = text.partition("*/")
    reading.omitted = not closed
    if inside.strip():
        omitted = Element(kind=ElementKind.OMITTED, text=inside.strip(), line=number)
        reading.elements.append(omitted)
    return f"{before.strip()} {after.strip()}".strip()


def _read_note(reading: _Reading, text: str, number: int) -> None:
    _end_speech(reading)
    reading.noted = not text.endswith("]]")
    words = text.removeprefix("[[").removesuffix("]]").strip()
    if words:
        reading.elements.append(Element(kind=ElementKind.NOTE, text=words, line=number))


def _opens_speech(reading: _Reading, text: str, following: str) -> bool:
    goes_on = bool(following.strip()) or following.startswith("  ")
    if not reading.after_blank or not goes_on or CUE.fullmatch(text) is None:
        return False
    if text[0] == "@":
        return len(text) > 1
    name = text.partition("(")[0]
    capitals = name.isupper() and text[0] not in "!.>#=~[("
    return capitals and not _HEADING.match(text) and not _TRANSITION.fullmatch(text)


def _read_words(reading: _Reading, text: str) -> None:
    speech = reading.speech
    assert speech is not None
    manner = PARENTHETICAL.fullmatch(text)
    if manner is not None and not reading.words and not speech.manner:
        reading.speech = replace(speech, manner=manner["manner"].strip(), line_count=2)
        return
    reading.words.append(text)


def _end_speech(reading: _Reading) -> None:
    speech = reading.speech
    if speech is None:
        return
    said = "\n".join(reading.words)
    count = len(reading.words) + (2 if speech.line_count == 2 else 1)
    reading.elements.append(replace(speech, text=said.rstrip("\n"), line_count=count))
    reading.speech, reading.words = None, []


def _read_mark(text: str, reading: _Reading, following: str) -> Element:
    """Return what a line outside speech is, by Fountain's signs first."""
    forced = _read_forced(text)
    if forced is not None:
        return forced
    if reading.after_blank and _HEADING.match(text):
        return heading_element(text)
    if reading.after_blank and not following.strip() and _TRANSITION.fullmatch(text):
        return Element(kind=ElementKind.TRANSITION, text=text)
    return _action(text)


def _read_forced(text: str) -> Element | None:
    """Return what a line is by the sign that it begins with."""
    sign, words = text[0], text[1:].strip()
    if sign == "!":
        return _action(words)
    if sign == "." and words and not text.startswith(".."):
        return heading_element(words)
    if sign == ">":
        return _read_arrow(text)
    if _PAGE_BREAK.fullmatch(text):
        return Element(kind=ElementKind.PAGE_BREAK)
    if text.startswith("[[") and text.endswith("]]") and text.count("[[") == 1:
        return Element(kind=ElementKind.NOTE, text=text[2:-2].strip())
    return _read_sign(text) if sign in _TEXT_KINDS else None


def _action(text: str) -> Element:
    marked = recognise(text) if text else None
    return marked or Element(kind=ElementKind.ACTION, text=text)


def _read_arrow(text: str) -> Element:
    if not text.endswith("<") or len(text) < 2:
        return Element(kind=ElementKind.TRANSITION, text=text[1:].strip())
    inside = text[1:-1].strip()
    ended = recognise(inside) if inside else None
    if ended is not None and ended.kind is ElementKind.EPISODE_END:
        return ended
    return Element(kind=ElementKind.CENTRED, text=inside)


def _read_sign(text: str) -> Element:
    words = text[1:].strip()
    kind = _TEXT_KINDS[text[0]]
    episode = recognise(words) if kind is ElementKind.SECTION and words else None
    if episode is not None and episode.kind is ElementKind.EPISODE:
        return episode
    return Element(kind=kind, text=words)
