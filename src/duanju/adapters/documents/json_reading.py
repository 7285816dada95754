"""Reading JSON documents of which every byte counts: no key twice, no number but integers."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from duanju.adapters.documents.reading import read_text
from duanju.kernel import Problem, ProblemsFound, Where

_HALF_CHARACTER = re.compile(r"(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]")
"""An escape that is no character by itself; nothing that Duanju writes holds one."""


def read_json(path: Path, *, known: str, bytes_max: int, depth_max: int) -> Mapping[str, Any]:
    """Return the object that the text of a file is.

    Args:
        path: Of the file.
        known: The format that it must name.
        bytes_max: Larger files are refused before they are read.
        depth_max: Documents that are nested deeper are refused.

    Raises:
        ProblemsFound: It is no such document.
    """
    text = read_text(path, bytes_max=bytes_max)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except RecursionError:
        data, reason = None, f"nested deeper than {depth_max}"
    except ValueError as error:
        data, reason = None, str(error)[:200]
    else:
        reason = "no object" if not isinstance(data, dict) else _too_deep(data, depth_max)
        if _HALF_CHARACTER.search(text):
            reason = "half a character"
    if reason or not isinstance(data, dict):
        raise ProblemsFound((Problem("documents.not-json", Where(str(path)), {"reason": reason}),))
    if data.get("format") != known:
        params: dict[str, str | int] = {"found": str(data.get("format"))[:80], "known": known}
        raise ProblemsFound((Problem("documents.unknown-format", Where(str(path)), params),))
    return data


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return data


def _refuse_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is no integer")


def _too_deep(data: object, depth_max: int) -> str:
    level, depth = [data], 0
    while level:
        depth += 1
        if depth > depth_max:
            return f"nested deeper than {depth_max}"
        level = [inner for own in level for inner in _within(own)]
    return ""


def _within(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
