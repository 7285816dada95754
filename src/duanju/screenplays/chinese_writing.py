"""Writes a screenplay as the Chinese short-drama script."""

from collections.abc import Iterator

from duanju.screenplays.elements import Element, ElementKind, Screenplay
from duanju.screenplays.headings import read_heading
from duanju.screenplays.marks import marked, recognise
from duanju.screenplays.speeches import write_speech
from duanju.screenplays.words import CONTINUATION, FIELD_KEYS


def write_chinese(screenplay: Screenplay) -> Iterator[str]:
    """Yield the lines of a screenplay in the Chinese form, without line ends.

    Reading them again gives the same elements, but for the numbers of their lines: what the form
    has no sign for is written in brackets that say what it is.
    """
    for number, element in enumerate(screenplay.elements):
        if number:
            yield ""
        yield from write_element(element).split("\n")


def write_element(element: Element) -> str:
    """Return one element in the Chinese form; speech of several lines has line breaks."""
    kind, text = element.kind, element.text
    if kind is ElementKind.SPEECH:
        return write_speech(element).replace("\n", f"\n{CONTINUATION}")
    if kind is ElementKind.ACTION:
        return f"△{text}"
    if kind is ElementKind.CAST:
        return "人物：" + "、".join(element.people)
    if kind is ElementKind.FIELD and element.speaker.lower() in FIELD_KEYS:
        return f"{element.speaker}：{text}"
    return text if _stands_alone(element) else marked(element)


def _stands_alone(element: Element) -> bool:
    """Say whether its words alone are read as what the element is."""
    kind, text = element.kind, element.text
    if kind is ElementKind.HEADING:
        return recognise(text) is None and read_heading(text) is not None
    if kind is ElementKind.TRANSITION:
        return recognise(text) == Element(kind=kind, text=text)
    return kind in (ElementKind.FRONT_MATTER, ElementKind.UNKNOWN)
