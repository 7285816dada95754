"""What the docstrings of the vocabulary say, so that it is written once."""

import inspect
import re
from collections.abc import Mapping
from typing import Any

_ENTRY = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def summary_of(kind: type[Any]) -> str:
    """Return what a class says about itself, without its attributes, a line a paragraph."""
    text = (inspect.getdoc(kind) or "").split("\nAttributes:\n")[0].strip()
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def meanings_of(kind: type[Any]) -> Mapping[str, str]:
    """Return what a class and the classes before it say about their attributes, by name.

    `None` is a word of Python: in a document, a key is left out; and `counted` is written
    `measure`.
    """
    found: dict[str, str] = {}
    for owner in reversed(kind.__mro__):
        _, _, listed = inspect.cleandoc(owner.__doc__ or "").partition("\nAttributes:\n")
        for name, text in _ENTRY.findall(listed):
            words = " ".join(text.split()).replace("`None`", "left out")
            found[name] = words.replace("`counted`", "`measure`")
    return found
