"""Reading TOML documents piece by piece, so that all problems are found at once."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from duanju.adapters.documents.toml_places import Path, find_places, line_of
from duanju.kernel import Problem, ProblemsFound, Where

_Piece = TypeVar("_Piece")

_CODES = {
    "missing": "documents.missing-key",
    "extra_forbidden": "documents.unknown-key",
    "literal_error": "documents.not-one-of",
    "enum": "documents.not-one-of",
    "union_tag_invalid": "documents.not-one-of",
    "union_tag_not_found": "documents.missing-key",
    "string_pattern_mismatch": "documents.bad-id",
    "not_exact": "documents.not-a-number",
    "not_one_threshold": "documents.not-one-threshold",
}


class Row(BaseModel):
    """A table of a document: no key but those named, no type but those written."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@dataclass(slots=True)
class Document:
    """A TOML document, or data of its form, being read, and the problems found so far.

    Attributes:
        file: Its name as its owner knows it.
        data: What it holds; floats as exact `Decimal`s.
        places: The line of each key; empty for data that was never a text.
        problems: Problems so far, each with its line.
        is_text: Whether it was a text, so that every problem has a line.
    """

    file: str
    data: Mapping[str, Any]
    places: Mapping[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    is_text: bool = False

    @classmethod
    def parse(cls, text: str, *, file: str) -> "Document":
        """Parse a text.

        Raises:
            ProblemsFound: It is no TOML.
        """
        try:
            data = tomllib.loads(text, parse_float=Decimal)
            places = find_places(text.replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError as error:
            raise ProblemsFound((_syntax_problem(str(error), file),)) from None
        except ValueError:
            line = _line_of_longest_number(text)
            raise ProblemsFound(
                (Problem("documents.number-too-long", Where(file, line)),)
            ) from None
        except RecursionError:
            raise ProblemsFound((Problem("documents.nested-too-deeply", Where(file, 1)),)) from None
        return cls(file, data, places, is_text=True)

    def read(self, model: type[_Piece] | Any, value: object, path: str) -> _Piece | None:
        """Return a piece of the document as its model, or `None` after noting its problems."""
        try:
            piece: _Piece = TypeAdapter(model).validate_python(value)
        except ValidationError as error:
            self.problems.extend(
                self.located(_problem(details, value, path)) for details in error.errors()
            )
            return None
        return piece

    def read_each(self, model: type[_Piece] | Any, key: str) -> dict[int, _Piece]:
        """Return the pieces of an array of tables that are good, by their index."""
        rows = self.data.get(key, [])
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            self.note("documents.wrong-type", key, key=key, expected=f"[[{key}]]")
            return {}
        read = {index: self.read(model, row, f"{key}.{index}") for index, row in enumerate(rows)}
        return {index: piece for index, piece in read.items() if piece is not None}

    def note(self, code: str, path: str, **params: str | int) -> None:
        """Note a problem at a dotted path."""
        self.problems.append(self.located(Problem(code, Where(path=path), params)))

    def note_all(self, problems: Iterable[Problem]) -> None:
        """Note problems that have a path, with their lines."""
        self.problems.extend(self.located(problem) for problem in problems)

    def located(self, problem: Problem) -> Problem:
        """Return a problem with the file and line of its path."""
        path = problem.where.path
        line = (line_of(self.places, path) or 1) if self.is_text else None
        where = Where(file=self.file, line=line, path=path)
        return replace(problem, where=where)

    def require_good(self) -> None:
        """Raise all problems at once, in the order of their lines, if there are any."""
        if self.problems:
            ordered = sorted(self.problems, key=lambda problem: problem.where.line or 0)
            raise ProblemsFound(tuple(ordered))


def _syntax_problem(message: str, file: str) -> Problem:
    match = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(match[1]), int(match[2])) if match else (None, None)
    reason = message.split(" (at ", maxsplit=1)[0]
    return Problem("documents.not-toml", Where(file, line, column), {"reason": reason})


def _line_of_longest_number(text: str) -> int:
    found = max(re.finditer(r"[0-9A-Fa-f_]+", text), key=lambda own: own.end() - own.start())
    return text.count("\n", 0, found.start()) + 1


def _problem(details: ErrorDetails, value: object, path: str) -> Problem:
    code = _CODES.get(details["type"], "documents.wrong-type")
    inside = _path_within(value, details["loc"], is_missing=code == "documents.missing-key")
    context = details.get("ctx", {})
    if "discriminator" in context:
        inside = [*inside, str(context["discriminator"]).strip("'")]
    names = [name for name in (*path.split("."), *inside) if not name.isdigit()]
    params: dict[str, str | int] = {
        "key": names[-1],
        "expected": str(
            context.get("expected", context.get("expected_tags", context.get("class_name", "")))
        ).replace("'", "")
        or details["msg"].removeprefix("Input should be ").removeprefix("a valid "),
    }
    return Problem(code, Where(path=".".join([path, *inside] if path else inside)), params)


def _path_within(value: object, place: Sequence[str | int], *, is_missing: bool) -> list[str]:
    """Return the keys of a place, without the tags of unions that stand between them."""
    keys: list[str] = []
    inner: Any = value
    for position, part in enumerate(place):
        is_key = isinstance(inner, Mapping) and part in inner
        if is_key or (isinstance(inner, list) and isinstance(part, int)):
            inner = inner[part]
        elif not (is_missing and position == len(place) - 1):
            continue
        keys.append(str(part))
    return keys
