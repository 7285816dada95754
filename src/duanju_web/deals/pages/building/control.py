"""A control of a form, and what it needs to know of the document around it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from duanju_web.deals.mapping.fields import Field, Shape
from duanju_web.deals.pages.building.names import ANOTHER, LANGUAGES
from duanju_web.shared.problems import ProblemInWords

Data = Mapping[str, Any]
PICKED = {Shape.PICKS, Shape.CLAUSES}
WRITTEN = {Shape.TEXT, Shape.PROSE}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be picked."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What controls need to know of the rest of the document.

    Attributes:
        data: The policy's document.
        before: Clauses that this one can refer to: id and title.
        problems: What is wrong, by the path within what the form edits.
    """

    data: Data
    before: Sequence[tuple[str, str]] = ()
    problems: dict[str, list[ProblemInWords]] = field(default_factory=dict)

    def parameters(self, *kinds: str) -> list[tuple[str, str]]:
        """Return id and title of the document's parameters of some kinds."""
        return [
            (str(own.get("id", "")), told(own.get("title")) or str(own.get("id", "")))
            for own in self.data.get("parameter", [])
            if own.get("kind") in kinds
        ]

    def options_of(self, parameter: str) -> list[tuple[str, str]]:
        """Return word and name of the options of a choice."""
        for own in self.data.get("parameter", []):
            if own.get("id") == parameter:
                return [(word, told(text) or word) for word, text in own.get("options", {}).items()]
        return []

    def take_problems(self, path: str, *, exactly: bool = False) -> list[ProblemInWords]:
        """Return the problems at a path or within it, each only once."""
        within = [
            own
            for own in self.problems
            if own == path or (not exactly and own.startswith(f"{path}."))
        ]
        return [problem for own in within for problem in self.problems.pop(own)]


@dataclass(slots=True)
class Control:
    """One field of a form with its value.

    Attributes:
        field: What is asked.
        name: Its name in the form.
        text: What was typed or picked.
        options: What can be picked.
        hangs: Of a number, on which parameter it can hang.
        parts: Of a text, one a language; of a number by option, one an option; of filters and of a
            table, its fields.
        rows: Of rows and maps.
        is_on: Of a switch and a table.
        problems: What is wrong.
    """

    field: Field
    name: str
    text: str = ""
    options: list[Option] = field(default_factory=list)
    hangs: list[Option] = field(default_factory=list)
    parts: list["Control"] = field(default_factory=list)
    rows: list["Row"] = field(default_factory=list)
    is_on: bool = False
    problems: list[ProblemInWords] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id in the page."""
        return "f-" + self.name.replace(".", "-").replace("~", "_")

    @property
    def shape(self) -> str:
        """Which template draws it."""
        return self.field.shape.value

    @property
    def unit(self) -> str:
        """What a number is, for its keyboard and its hint."""
        return self.field.amount.value

    @property
    def is_filled(self) -> bool:
        """Whether something was said, so that it must not be hidden."""
        return bool(self.text or self.is_on or self.rows or self.problems) or any(
            option.is_chosen for option in self.options if self.field.shape in PICKED
        )

    @property
    def has_another(self) -> bool:
        """Whether a word that is not among the options can be written."""
        return any(option.value == ANOTHER for option in self.options)

    def walk(self) -> "Iterator[Control]":
        """Yield the control and all within it that can have problems of their own."""
        yield self
        for part in self.parts if self.field.shape not in WRITTEN else ():
            yield from part.walk()
        for row in self.rows:
            for own in row.controls:
                yield from own.walk()

    @property
    def first_parts(self) -> list["Control"]:
        """The parts that are always shown."""
        return [own for own in self.parts if not own.field.is_more]

    @property
    def more_parts(self) -> list["Control"]:
        """The parts that are shown when asked for."""
        return [own for own in self.parts if own.field.is_more]

    @property
    def is_more_open(self) -> bool:
        """Whether something was said in the parts that are hidden."""
        return any(own.is_filled for own in self.more_parts)


@dataclass(slots=True)
class Row:
    """One of several."""

    index: int
    name: str
    controls: list[Control]

    @property
    def first(self) -> list[Control]:
        """The controls that are always shown."""
        return [own for own in self.controls if not own.field.is_more]

    @property
    def more(self) -> list[Control]:
        """The controls that are shown when asked for."""
        return [own for own in self.controls if own.field.is_more]

    @property
    def is_more_open(self) -> bool:
        """Whether something was said in the controls that are hidden."""
        return any(own.problems for own in self.more)


def told(text: object) -> str:
    """Return a document's text in the reader's language, or in another."""
    if not isinstance(text, Mapping):
        return ""
    order = LANGUAGES[::-1] if get_language() == "zh-hans" else LANGUAGES
    return next((str(text[tag]) for tag in [*order, *text] if text.get(tag)), "")
