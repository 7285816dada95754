"""Between a policy's document as plain data, as drafts keep it, and the policy that it states."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from duanju.adapters.documents import policy_from_data, policy_to_text
from duanju.deals import Policy
from duanju.kernel import Problem, ProblemsFound

DAY_KEYS = frozenset({"valid_from", "valid_until", "published_on", "day", "from_day", "until_day"})
WHOLE_KEYS = frozenset({"version", "seniority"})


def document_of(text: str) -> dict[str, Any]:
    """Return a TOML document as plain data: every number and every day as text, nothing else lost.

    Args:
        text: A document that was read before.
    """
    plain = _plain(tomllib.loads(text, parse_float=Decimal))
    assert isinstance(plain, dict)
    return plain


def read_document(data: Mapping[str, Any]) -> tuple[Policy | None, tuple[Problem, ...]]:
    """Return the policy that a document states, or everything that is wrong with it."""
    try:
        return policy_from_data(_typed(data)), ()
    except ProblemsFound as found:
        return None, found.problems


def document_as_text(policy: Policy) -> str:
    """Write a policy as TOML; importing it gives the same digest."""
    return policy_to_text(policy)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def _typed(value: object, key: str = "") -> Any:
    """Turn the texts of days and counts into what the document's tables expect."""
    if isinstance(value, Mapping):
        return {name: _typed(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_typed(item, key) for item in value]
    if not isinstance(value, str):
        return value
    if key in DAY_KEYS:
        return _day(value)
    if key in WHOLE_KEYS and value.isdecimal():
        return int(value)
    return value


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
