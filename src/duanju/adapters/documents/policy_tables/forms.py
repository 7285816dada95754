"""What a key of a table looks like to whoever fills it in: an editor, a reference, a web form."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """The shapes that the value of a key can have.

    `number` is exact; `whole` a whole number; `word` an id or a name; `choice` one of given words;
    `text` a table of texts by language; `counted` a measure or a part of one; `words` a list of
    words; `numbers` a table of numbers by name; `texts` a table of texts by name; `rows` a list of
    tables; `table` one table; `value` whatever the parameter's kind asks for.
    """

    NUMBER = "number"
    WHOLE = "whole"
    WORD = "word"
    CHOICE = "choice"
    TEXT = "text"
    COUNTED = "counted"
    WORDS = "words"
    NUMBERS = "numbers"
    TEXTS = "texts"
    ROWS = "rows"
    TABLE = "table"
    YES_NO = "yes_no"
    DAY = "day"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a type of the tables is shown; it stands beside the type as metadata.

    Attributes:
        form: The shape of the value.
        about: What a word names: `role`, `clause`, `currency`, `measure`, `milestone`, …
        words: The words that a choice allows.
        may_be_parameter: Whether a table that names a parameter can stand in its place.
        several: Whether a list of such values can stand in its place.
    """

    form: Form
    about: str = ""
    words: tuple[str, ...] = ()
    may_be_parameter: bool = False
    several: bool = False
