"""What is wrong with somebody's data: a value with its place, never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a problem; what does not apply is left out.

    Attributes:
        file: Name of the file as its owner knows it.
        line: Line or row, counted from 1.
        column: Column, counted from 1.
        path: Dotted path within a document, `clause.2.rates`.
    """

    file: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""

    def __str__(self) -> str:
        place = [self.file] + [str(n) for n in (self.line, self.column) if n is not None]
        return ":".join(part for part in place if part) + (f" [{self.path}]" if self.path else "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with given data.

    Attributes:
        code: `room.what-is-wrong`, the key under which each language keeps its sentence and hint.
        where: Its place.
        params: What the sentence names; strings and integers only.
    """

    code: str
    where: Where = field(default_factory=Where)
    params: Mapping[str, str | int] = field(default_factory=dict)


class ProblemsFound(Exception):
    """Raised at an edge where data had to be good; carries all problems at once."""

    code = "kernel.problems-found"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems; the message names the first three."""
        self.problems = problems
        shown = "; ".join(f"{problem.where} {problem.code}".strip() for problem in problems[:3])
        more = f" and {len(problems) - 3} more" if len(problems) > 3 else ""
        super().__init__(shown + more)
