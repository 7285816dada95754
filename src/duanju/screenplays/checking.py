"""What a writer should look at in a screenplay, each with its line."""

from collections.abc import Iterator, Sequence

from duanju.kernel import Problem, Where
from duanju.screenplays.elements import Element, ElementKind, Heading

_SHOWN = 40


def check_structure(elements: Sequence[Element], *, file: str = "") -> tuple[Problem, ...]:
    """Return what is wrong with the form of a screenplay, in the order of lines.

    Lines that fit nothing, headings that lack a part, episodes out of their order, headings of
    another episode, flashbacks that do not end, and a script without any scene.

    Args:
        elements: Of the whole screenplay.
        file: Its name, for the places of problems.
    """
    problems = [*_lines(elements), *_episodes(elements), *_flashbacks(elements)]
    if elements and not any(each.kind is ElementKind.HEADING for each in elements):
        problems.append((elements[0].line, "screenplays.no-scene", {}))
    return tuple(
        Problem(code, Where(file=file, line=line), params)
        for line, code, params in sorted(problems, key=lambda problem: problem[:2])
    )


_Found = tuple[int, str, dict[str, str | int]]


def _lines(elements: Sequence[Element]) -> Iterator[_Found]:
    for element in elements:
        if element.kind is ElementKind.UNKNOWN:
            yield element.line, "screenplays.unknown-line", {"text": element.text[:_SHOWN]}
        elif element.heading is not None:
            for code in _missing(element.heading):
                yield element.line, code, {"heading": element.text[:_SHOWN]}


def _missing(heading: Heading) -> Iterator[str]:
    if not heading.time_words:
        yield "screenplays.heading-without-time"
    if heading.setting is None:
        yield "screenplays.heading-without-setting"
    if not heading.location:
        yield "screenplays.heading-without-location"


def _episodes(elements: Sequence[Element]) -> Iterator[_Found]:
    current: int | None = None
    seen: set[int] = set()
    for element in elements:
        if element.kind is ElementKind.EPISODE and element.number is not None:
            number = element.number
            if number in seen:
                yield element.line, "screenplays.episode-twice", {"number": number}
            elif number != (current or 0) + 1:
                after: dict[str, str | int] = {"number": number, "expected": (current or 0) + 1}
                yield element.line, "screenplays.episode-out-of-order", after
            seen.add(number)
            current = number
        named = element.heading.episode if element.heading is not None else None
        if current is not None and named is not None and named != current:
            both: dict[str, str | int] = {"number": named, "episode": current}
            yield element.line, "screenplays.heading-of-another-episode", both


def _flashbacks(elements: Sequence[Element]) -> Iterator[_Found]:
    opened: Element | None = None
    for element in elements:
        if element.kind is ElementKind.FLASHBACK_START:
            opened = element
        elif element.kind is ElementKind.FLASHBACK_END:
            opened = None
        elif element.kind is ElementKind.EPISODE and opened is not None:
            yield opened.line, "screenplays.flashback-without-end", {}
            opened = None
    if opened is not None:
        yield opened.line, "screenplays.flashback-without-end", {}
