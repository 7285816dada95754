"""Episodes and scenes, as the elements of a screenplay make them up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duanju.screenplays.elements import Element, ElementKind, Heading, Screenplay

_OUTSIDE = frozenset({ElementKind.FRONT_MATTER, ElementKind.FIELD})
_SAYS_NOTHING = frozenset({ElementKind.EPISODE_END, ElementKind.SECTION, ElementKind.PAGE_BREAK})


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene and what happens in it.

    Attributes:
        episode: Number of its episode.
        number: Its place within the episode, from 1.
        heading: Its heading's element; none where an episode begins without one.
        elements: What follows the heading.
    """

    episode: int
    number: int
    heading: Element | None
    elements: tuple[Element, ...]

    @property
    def place(self) -> Heading:
        """Its heading taken apart; an empty one where it has none."""
        found = self.heading.heading if self.heading is not None else None
        return found or Heading()

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.heading.line if self.heading is not None else self.elements[0].line


@dataclass(frozen=True, slots=True)
class ScriptEpisode:
    """An episode as written.

    Attributes:
        number: As the script says, from 1.
        title: Empty without one.
        line: Where it begins.
        scenes: In order.
    """

    number: int
    title: str
    line: int
    scenes: tuple[Scene, ...]

    @property
    def elements(self) -> Iterator[Element]:
        """What happens in it, headings included, in order."""
        for scene in self.scenes:
            if scene.heading is not None:
                yield scene.heading
            yield from scene.elements


def episodes_of(screenplay: Screenplay) -> tuple[ScriptEpisode, ...]:
    """Return the episodes of a screenplay, in the order in which they stand.

    An episode begins with its own line, or, where a script has none, with the first heading that
    names another episode. A script that names none is one episode, number 1.
    """
    return tuple(_episode(number, title, part) for number, title, part in _parts(screenplay))


def _parts(screenplay: Screenplay) -> Iterator[tuple[int, str, list[Element]]]:
    number, title, part, named = 1, "", list[Element](), False
    for element in screenplay.elements:
        if element.kind in _OUTSIDE:
            continue
        opened = _opened(element, number, named)
        if opened is not None:
            if part:
                yield number, title, part
            number, title, part = opened, "", []
        if element.kind is ElementKind.EPISODE:
            title, named = element.text, True
        part.append(element)
    if part:
        yield number, title, part


def _opened(element: Element, number: int, named: bool) -> int | None:
    """Return the number of the episode that begins here; none where none begins."""
    if element.kind is ElementKind.EPISODE:
        return element.number
    heading = element.heading
    if named or heading is None or heading.episode in (None, number):
        return None
    return heading.episode


def _episode(number: int, title: str, part: list[Element]) -> ScriptEpisode:
    scenes = tuple(_scenes(number, part))
    return ScriptEpisode(number, title, part[0].line, scenes)


def _scenes(episode: int, elements: Iterable[Element]) -> Iterator[Scene]:
    heading: Element | None = None
    held: list[Element] = []
    count = 0
    for element in elements:
        if element.kind is ElementKind.EPISODE:
            continue
        if element.kind is ElementKind.HEADING:
            if heading is not None or any(each.kind not in _SAYS_NOTHING for each in held):
                count += 1
                yield Scene(episode, count, heading, tuple(held))
                held = []
            heading = element
        else:
            held.append(element)
    if heading is not None or any(each.kind not in _SAYS_NOTHING for each in held):
        yield Scene(episode, count + 1, heading, tuple(held))
