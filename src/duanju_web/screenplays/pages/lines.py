"""The lines of an episode as a page shows them, with what is to mend beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from duanju.screenplays import Element, Screenplay, ScriptEpisode
from duanju_web.shared.problems import ProblemInWords, put_in_words


@dataclass(frozen=True, slots=True)
class LineShown:
    """An element and the problems of its line."""

    element: Element
    problems: tuple[ProblemInWords, ...]


def lines_shown(
    screenplay: Screenplay, episodes: Sequence[ScriptEpisode], place: int
) -> list[LineShown]:
    """Return all that stands from the beginning of an episode to that of the next.

    What stands before the first episode is shown with it.

    Args:
        screenplay: The whole.
        episodes: Its episodes.
        place: Which one, from 1.
    """
    first = 0 if place == 1 else episodes[place - 1].line
    end = episodes[place].line if place < len(episodes) else screenplay.line_count + 1
    wrong: dict[int, list[ProblemInWords]] = {}
    for problem in screenplay.problems:
        if problem.where.line is not None and first <= problem.where.line < end:
            wrong.setdefault(problem.where.line, []).append(put_in_words(problem))
    return [
        LineShown(element, tuple(wrong.get(element.line, ())))
        for element in screenplay.elements
        if first <= element.line < end
    ]
