"""Final Draft's FDX: read and written paragraph by paragraph."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from duanju.adapters.scripts.limits import LINES_MAX, Bounded, Refused
from duanju.screenplays import (
    Element,
    ElementKind,
    Screenplay,
    check_structure,
    heading_element,
    marked,
    read_cue,
    recognise,
    write_cue,
)

_TYPES = {
    ElementKind.HEADING: "Scene Heading",
    ElementKind.ACTION: "Action",
    ElementKind.TRANSITION: "Transition",
    ElementKind.LYRIC: "Singing",
}
_KINDS = {name: kind for kind, name in _TYPES.items()}
_HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
<Content>"""
_FOOT = """</Content>
</FinalDraft>"""


def read_final_draft(path: Path, *, file: str = "") -> Screenplay:
    """Return the screenplay of an FDX file; its lines are its paragraphs, counted from 1.

    Raises:
        Refused: It is damaged, too large, or declares entities of its own.
    """
    elements: list[Element] = []
    count = 0
    try:
        with path.open("rb") as stream:
            for count, paragraph in enumerate(_paragraphs(Bounded(stream)), start=1):
                _take(elements, paragraph, count)
                if count > LINES_MAX:
                    raise Refused("screenplays.too-many-lines", lines=LINES_MAX)
    except DefusedXmlException as error:
        raise Refused("screenplays.file-hostile") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Refused("screenplays.file-damaged") from error
    found = tuple(elements)
    return Screenplay(elements=found, line_count=count, problems=check_structure(found, file=file))


def write_final_draft(screenplay: Screenplay) -> Iterator[str]:
    """Yield the lines of an FDX file; what the format has no type for bears its Chinese mark."""
    yield _HEAD
    for element in screenplay.elements:
        if element.kind is ElementKind.SPEECH:
            yield from _speech(element)
        elif element.kind in _TYPES and _plain(element):
            yield _paragraph(_TYPES[element.kind], element.text)
        else:
            yield _paragraph("General", marked(element))
    yield _FOOT


def _paragraphs(stream: Bounded) -> Iterator[tuple[str, str]]:
    """Yield type and text of each paragraph of the script itself, in order."""
    inside, depth = 0, 0
    for event, node in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            inside += node.tag == "Content"
            depth += node.tag == "Paragraph"
            continue
        inside -= node.tag == "Content"
        if node.tag != "Paragraph":
            continue
        depth -= 1
        if inside and node.find("DualDialogue") is None:
            yield node.get("Type", "General"), _text(node)
        if depth == 0:
            node.clear()


def _text(node: Node) -> str:
    return "".join(text.text or "" for text in node.findall("Text"))


def _take(elements: list[Element], paragraph: tuple[str, str], line: int) -> None:
    kind, text = paragraph
    words = text.strip(" \t\r\n\u3000") if kind != "Dialogue" else text.strip("\r\n")
    speech = elements[-1] if elements and elements[-1].kind is ElementKind.SPEECH else None
    if kind in ("Dialogue", "Parenthetical") and speech is not None:
        elements[-1] = _longer(speech, kind, words, line)
    elif kind == "Character" and words:
        elements.append(replace(read_cue(words), line=line))
    elif words:
        elements.append(replace(_element(kind, words), line=line))


def _longer(speech: Element, kind: str, words: str, line: int) -> Element:
    count = line - speech.line + 1
    if kind == "Parenthetical" and not speech.text and not speech.manner:
        manner = words.removeprefix("(").removesuffix(")").strip()
        return replace(speech, manner=manner, line_count=count)
    text = f"{speech.text}\n{words}" if speech.text else words
    return replace(speech, text=text, line_count=count)


def _element(kind: str, text: str) -> Element:
    if kind == "Scene Heading":
        return heading_element(text)
    known = _KINDS.get(kind)
    if known is not None and known is not ElementKind.ACTION:
        return Element(kind=known, text=text)
    return recognise(text) or Element(kind=ElementKind.ACTION, text=text)


def _plain(element: Element) -> bool:
    if element.kind is ElementKind.ACTION:
        return bool(element.text) and recognise(element.text) is None
    return bool(element.text)


def _speech(element: Element) -> Iterator[str]:
    yield _paragraph("Character", write_cue(element))
    if element.manner:
        yield _paragraph("Parenthetical", f"({element.manner})")
    for line in element.text.split("\n"):
        yield _paragraph("Dialogue", line)


def _paragraph(kind: str, text: str) -> str:
    return f"<Paragraph Type={quoteattr(kind)}><Text>{escape(text)}</Text></Paragraph>"
