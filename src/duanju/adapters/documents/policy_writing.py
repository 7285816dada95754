"""Writing a policy as the TOML text that `policy_from_text` reads."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from duanju.adapters.documents.policies import policy_to_data
from duanju.deals import Policy

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_GROUPED_FROM = 10_000
_ALWAYS_INLINE = ("measure",)
"""Arrays whose tables are short, so that they stand on the line of their key."""

_TABLES_OF_TEXTS = ("options",)
"""Tables whose entries are long, so that each stands on a line of its own."""


def policy_to_text(policy: Policy) -> str:
    """Write a policy as TOML; reading it again gives an equal policy with an equal digest.

    Comments and the order of keys of a file that was read are not kept: they are no part of a
    policy.
    """
    return "\n".join(_table(policy_to_data(policy), "")) + "\n"


def _table(data: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield the lines of a table: its own keys first, then the tables within it."""
    within = {key: value for key, value in data.items() if _has_lines_of_its_own(key, value)}
    for key, value in data.items():
        if key not in within:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in within.items():
        own_path = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield f"[{own_path}]"
            yield from _table(value, own_path)
            continue
        for row in value:
            if not path:
                yield ""
            yield f"[[{own_path}]]"
            yield from _table(row, own_path)


def _has_lines_of_its_own(key: str, value: object) -> bool:
    if isinstance(value, list):
        are_tables = bool(value) and all(isinstance(row, Mapping) for row in value)
        return are_tables and key not in _ALWAYS_INLINE
    # `options` of a parameter is a table of texts; `options` of a condition, a list of words.
    return isinstance(value, Mapping) and key in _TABLES_OF_TEXTS


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        entries = ", ".join(f"{_key(key)} = {_value(own)}" for key, own in value.items())
        return f"{{ {entries} }}" if entries else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_value(own) for own in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= _GROUPED_FROM else str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _string(value) if isinstance(value, str) else str(value)


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _string(key)


def _string(text: str) -> str:
    """Write a basic string; the escapes of JSON are among those of TOML, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
