"""Writes a screenplay as Fountain."""

from collections.abc import Iterator

from duanju.screenplays.cues import write_cue
from duanju.screenplays.elements import Element, ElementKind, Screenplay
from duanju.screenplays.fountain import read_fountain
from duanju.screenplays.marks import marked

_SIGNS = {
    ElementKind.SECTION: "# {}",
    ElementKind.SYNOPSIS: "= {}",
    ElementKind.LYRIC: "~{}",
    ElementKind.NOTE: "[[{}]]",
    ElementKind.OMITTED: "/* {} */",
    ElementKind.CENTRED: "> {} <",
    ElementKind.TRANSITION: "> {}",
    ElementKind.PAGE_BREAK: "===",
}


def write_fountain(screenplay: Screenplay) -> Iterator[str]:
    """Yield the lines of a screenplay as Fountain, without line ends.

    Reading them again gives the same elements, but for the numbers of their lines: what Fountain
    has no sign for is written as action with its Chinese mark.
    """
    elements = list(screenplay.elements)
    page = 0
    while page < len(elements) and elements[page].kind is ElementKind.FIELD:
        page += 1
    fields = [f"{each.speaker}: {each.text}".rstrip() for each in elements[:page]]
    if _is_title_page(fields, elements[:page]):
        yield from fields
    else:
        page = 0
    yield ""
    for element in elements[page:]:
        yield from _lines(element)
        yield ""


def _is_title_page(fields: list[str], elements: list[Element]) -> bool:
    read = read_fountain([*fields, "", "."]).elements[: len(fields)] if fields else ()
    return [(each.kind, each.speaker, each.text) for each in read] == [
        (each.kind, each.speaker, each.text) for each in elements
    ]


def _lines(element: Element) -> list[str]:
    if element.kind is ElementKind.SPEECH:
        return _speech(element)
    return [_line(element)]


def _line(element: Element) -> str:
    kind, text = element.kind, element.text
    if kind is ElementKind.EPISODE:
        return f"# {marked(element)}"
    if kind is ElementKind.EPISODE_END:
        return f"> {marked(element)} <"
    if kind in (ElementKind.HEADING, ElementKind.ACTION):
        sign = "." if kind is ElementKind.HEADING else "!"
        return text if _reads_as(element, text) else f"{sign}{text}"
    return _SIGNS[kind].format(text) if kind in _SIGNS else f"!{marked(element)}"


def _reads_as(element: Element, line: str) -> bool:
    """Say whether a line without a sign is read as just this element."""
    read = read_fountain(["", line, ""]).elements
    return len(read) == 1 and (read[0].kind, read[0].text) == (element.kind, element.text)


def _speech(element: Element) -> list[str]:
    name = element.speaker
    sign = "" if name.isupper() and name[0] not in "@!.>#=~[(/" and name.isascii() else "@"
    lines = [sign + write_cue(element)]
    if element.manner:
        lines.append(f"({element.manner})")
    lines += [line or "  " for line in element.text.split("\n")]
    return lines
