"""Where in a file the facts stand that terms refuse."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from duanju.adapters.documents.facts import find_places
from duanju.deals import Fact
from duanju.kernel import Problem

_Key = tuple[object, ...]


def place_problems(
    problems: Sequence[Problem],
    *,
    refused: Iterable[tuple[Problem, Fact | None]],
    facts_file: Path,
) -> tuple[Problem, ...]:
    """Return problems with the file and row of the facts that they are about.

    What is about no fact, or about one that the file does not hold, stays as it is.

    Args:
        problems: As settlement or entitlement names them.
        refused: The same problems, each with its fact.
        facts_file: It was read without a problem; it is read again for the rows.
    """
    facts = {_key(problem): fact for problem, fact in refused if fact is not None}
    places = find_places(facts_file, frozenset(facts.values()))
    placed = []
    for problem in problems:
        place = places.get(facts[_key(problem)]) if _key(problem) in facts else None
        placed.append(replace(problem, where=place) if place else problem)
    return tuple(placed)


def _key(problem: Problem) -> _Key:
    return problem.code, problem.where, *sorted(problem.params.items())
