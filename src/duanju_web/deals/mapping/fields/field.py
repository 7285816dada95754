"""One thing that a form asks for."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Label = str | Promise


class Shape(StrEnum):
    """How a value looks in a document, and so how it is asked for.

    `text` and `prose` have a line or a paragraph a language, `number` may hang on a parameter,
    `exact` may not, `pick` is a word of a list, `picks` several, `clauses` clauses before this one,
    `measure` what is counted, `measures` several, `table` a table that may be left out, `rows` an
    array of tables, `map` numbers by word, `threshold` one of the keys `above` and `from`.
    """

    TEXT = "text"
    PROSE = "prose"
    LINE = "line"
    NUMBER = "number"
    EXACT = "exact"
    PICK = "pick"
    PICKS = "picks"
    CLAUSES = "clauses"
    CLAUSE = "clause"
    WORDS = "words"
    MEASURE = "measure"
    MEASURES = "measures"
    TABLE = "table"
    ROWS = "rows"
    MAP = "map"
    OPTIONS = "options"
    SWITCH = "switch"
    DAY = "day"
    THRESHOLD = "threshold"


class Among(StrEnum):
    """From which vocabulary a word is picked; all of them can be added to but `choices`."""

    CHOICES = "choices"
    ROLES = "roles"
    MILESTONES = "milestones"
    CHANNELS = "channels"
    CURRENCIES = "currencies"
    MEDIA = "media"
    WINDOWS = "windows"
    PARAMETERS = "parameters"
    BASES = "bases"


class Amount(StrEnum):
    """What a number is, so that a form can say how to write it."""

    MONEY = "money"
    SHARE = "share"
    COUNT = "count"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One key of a table.

    Attributes:
        key: The key in the document.
        shape: How its value looks.
        label: What it is called.
        help: What a writer needs to know.
        among: Of a pick, its vocabulary.
        choices: Of the vocabulary `choices`, word and name.
        may_hang: Whether a pick may be left to a choice parameter of the deal.
        measures: Of a measure, which can be counted; empty for all.
        amount: Of a number, what it is.
        fields: Of a table or of rows, what one holds.
        row: Of rows, what one is called.
        new: Of a table or of rows, what a new one holds; else what holds where nothing is said. A
            pick among choices that can be left out begins with that.
        is_needed: Whether it must be filled in.
        is_more: Whether it is shown only when asked for.
    """

    key: str
    shape: Shape
    label: Label
    help: Label = ""
    among: Among = Among.CHOICES
    choices: tuple[tuple[str, Label], ...] = ()
    may_hang: bool = False
    measures: frozenset[str] = frozenset()
    amount: Amount = Amount.COUNT
    fields: "tuple[Field, ...]" = ()
    row: Label = ""
    new: object = None
    is_needed: bool = False
    is_more: bool = False
