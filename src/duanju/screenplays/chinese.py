"""Reads the Chinese short-drama script, in the variants that real files show.

Source: the grammar found in about twenty files: 第N集, headings in any order, 人物, triangles
before actions, 名（情绪）：词, OS and VO, brackets for captions and flashbacks, 本集完; before them
often an outline and character sketches that look like dialogue.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from duanju.screenplays.checking import check_structure
from duanju.screenplays.elements import Element, ElementKind, Screenplay
from duanju.screenplays.headings import read_heading
from duanju.screenplays.marks import recognise
from duanju.screenplays.speeches import read_speech, voice_named
from duanju.screenplays.words import CONTINUATION, FIELD_KEYS, LABELS

LINE_LENGTH_MAX = 20_000
"""Characters; a longer line is reported and not taken apart."""

_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|>\s+|[-*+]\s+(?=[*【第△]))|\*\*|__")
_FIELD = re.compile(r"(?P<key>[^：:\s]{1,12})\s*[：:]\s*(?P<value>.+)")
_CAPITALS = re.compile(r"(?P<name>[A-Z][A-Z .'-]{1,30}?)(?:\s*\((?P<voice>[A-Z.' ]+)\))?")
_LONG_NAME = 8
_KEPT_IN_FRONT = (
    *(ElementKind.FIELD, ElementKind.NOTE, ElementKind.SYNOPSIS, ElementKind.SECTION),
    *(ElementKind.FRONT_MATTER, ElementKind.PAGE_BREAK),
)
_Line = tuple[Element, str]
"""What a line was taken for, and its words."""


def read_chinese(lines: Iterable[str], *, file: str = "") -> Screenplay:
    """Return the screenplay that lines of a Chinese script make up.

    Each line that is not blank becomes part of an element; a line that fits nothing becomes
    `UNKNOWN` and a problem with its number.

    Args:
        lines: With or without their line ends.
        file: Name of the file, for problems.

    Example:
        >>> script = read_chinese(["第1集：差一分", "1-1 日 内 财务部", "△门开了。", "林算：早。"])
        >>> [element.kind.value for element in script.elements]
        ['episode', 'heading', 'action', 'speech']
    """
    count = 0
    read: list[_Line] = []
    for count, line in enumerate(lines, start=1):
        text = plain_words(line) or line.strip()
        if text:
            read.append((replace(_classify(text), line=count), text))
    settled = tuple(_settle(_separate_front_matter(read)))
    return Screenplay(
        elements=settled, line_count=count, problems=check_structure(settled, file=file)
    )


def plain_words(line: str) -> str:
    """Return a line without the space around it and without Markdown's marks."""
    text = line.strip(" \t\r\n\v\f\u3000\ufeff\u200b")
    if text[:1] in "#>-*+_" or "**" in text or "__" in text:
        text = _MARKDOWN.sub("", text).strip(" \t\u3000")
    return text


def _classify(text: str) -> Element:
    whole = text[0] != CONTINUATION and len(text) <= LINE_LENGTH_MAX
    return (_marked(text) if whole else None) or Element(kind=ElementKind.UNKNOWN, text=text)


def _marked(text: str) -> Element | None:
    element = recognise(text)
    if element is not None:
        return element
    heading = read_heading(text)
    if heading is not None:
        return Element(kind=ElementKind.HEADING, text=text, heading=heading.heading)
    speech = read_speech(text)
    if speech is not None and speech.speaker in LABELS:
        return Element(kind=ElementKind.DIRECTION, text=text)
    return speech


def _separate_front_matter(lines: list[_Line]) -> list[_Line]:
    """Make what stands before the first scene front matter, however much it looks like dialogue."""
    body = (ElementKind.HEADING, ElementKind.ACTION)
    first = next((n for n, (each, _) in enumerate(lines) if each.kind in body), None)
    if first is None:
        return lines
    before = [n for n in range(first) if lines[n][0].kind is ElementKind.EPISODE]
    start = before[-1] if before else first
    if not before and first and lines[first - 1][0].kind is ElementKind.CAST:
        start = first - 1
    return [(_as_front_matter(*line), line[1]) for line in lines[:start]] + lines[start:]


def _as_front_matter(element: Element, text: str) -> Element:
    if element.kind in _KEPT_IN_FRONT:
        return element
    field = _FIELD.fullmatch(text)
    if field is not None and field["key"].lower() in FIELD_KEYS:
        key, value = field["key"], field["value"].strip()
        return Element(kind=ElementKind.FIELD, speaker=key, text=value, line=element.line)
    return Element(kind=ElementKind.FRONT_MATTER, text=text, line=element.line)


def _settle(lines: list[_Line]) -> Iterator[Element]:
    """Decide what only the lines around can tell; join the lines of one speech."""
    signed = any(element.kind is ElementKind.ACTION for element, _ in lines)
    people = {name for element, _ in lines for name in element.people}
    held: Element | None = None
    for read, text in lines:
        element = _doubted(read, text, people)
        joined = _joined(held, element) if held is not None else None
        if joined is not None:
            held = joined
            continue
        if held is not None:
            yield held
        held = _cue(element) or (element if signed else _as_action(element))
    if held is not None:
        yield held


def _doubted(element: Element, text: str, people: set[str]) -> Element:
    """Return a speech of somebody with a name too long, and in no cast, as a line of no kind."""
    name = element.speaker
    if element.kind is not ElementKind.SPEECH or len(name) <= _LONG_NAME or name.isascii():
        return element
    if name in people:
        return element
    return Element(kind=ElementKind.UNKNOWN, text=text, line=element.line)


def _as_action(element: Element) -> Element:
    """Return a line of no kind as action, as in a script that marks none of its actions."""
    if element.kind is not ElementKind.UNKNOWN or len(element.text) > LINE_LENGTH_MAX:
        return element
    return replace(element, kind=ElementKind.ACTION)


def _joined(held: Element, element: Element) -> Element | None:
    """Return the speech with a line more, where the line goes on with it."""
    if held.kind is not ElementKind.SPEECH or element.kind is not ElementKind.UNKNOWN:
        return None
    count = element.line - held.line + 1
    if element.text.startswith(CONTINUATION):
        return replace(held, text=f"{held.text}\n{element.text[1:]}", line_count=count)
    if held.text or element.line != held.line + held.line_count:
        return None
    return replace(held, text=element.text, line_count=count)


def _cue(element: Element) -> Element | None:
    """Return the speech that begins with a name in capitals on a line of its own."""
    if element.kind is not ElementKind.UNKNOWN:
        return None
    match = _CAPITALS.fullmatch(element.text)
    if match is None:
        return None
    voice = voice_named(match["voice"] or "")
    cue = Element(kind=ElementKind.SPEECH, speaker=match["name"], line=element.line)
    if voice is not None:
        return replace(cue, voice=voice)
    return replace(cue, extension=match["voice"] or "")
