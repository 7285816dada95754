"""Where in a document stands what a problem of its meaning is about.

The checks of `duanju.deals` know a policy by the names of its fields and by the places of those
clauses that could be read. A document has keys of its own, shorter forms, and clauses that could
not be read.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from duanju.adapters.documents.policy_tables import all_tables


def path_in_document(path: str, data: Mapping[str, Any], places: Mapping[str, list[int]]) -> str:
    """Return the path in the document of a path in the policy that was made of it.

    Args:
        path: Names of fields, or keys, with dots.
        data: The document.
        places: For each array of tables, the places in it of those that could be read.

    >>> data = {"clause": [{"kind": "?"}, {"tier": [{"from": 0}], "measure": "plays"}]}
    >>> path_in_document("clause.0.tiers.0.threshold", data, {"clause": [1]})
    'clause.1.tier.0.from'
    >>> path_in_document("clause.0.counted.measure", data, {"clause": [1]})
    'clause.1.measure'
    """
    parts = path.split(".")
    if parts[0] in places and len(parts) > 1 and parts[1].isdigit():
        parts[1] = str(places[parts[0]][int(parts[1])])
    keys: list[str] = []
    inner: Any = data
    for part in parts:
        if isinstance(inner, list):
            keys.append(part)
            inner = _item(inner, part)
        elif isinstance(inner, Mapping) and not part.isdigit():
            keys.append(_key(inner, part))
            inner = inner.get(keys[-1])
        elif not _is_implied(inner, part):
            keys.append(part)
            inner = None
    return ".".join(keys)


def _item(items: list[Any], part: str) -> Any:
    return items[int(part)] if part.isdigit() and int(part) < len(items) else None


def _key(table: Mapping[str, Any], part: str) -> str:
    """Return the key of a table under which a field stands, or would stand."""
    keys = _keys_by_field().get(part, (part,))
    return next((key for key in (part, *keys) if key in table), keys[0])


def _is_implied(value: Any, part: str) -> bool:
    """Say whether a short form stands for this part: one measure for a list, a word for both."""
    return part.isdigit() if isinstance(value, Mapping) else isinstance(value, str)


@cache
def _keys_by_field() -> Mapping[str, tuple[str, ...]]:
    """Return the keys of those fields whose key is not their name."""
    keys: dict[str, tuple[str, ...]] = {"threshold": ("above", "from")}
    for table in all_tables():
        for name, field in table.model_fields.items():
            if field.alias and name != "from_":
                keys[name] = (field.alias,)
    return keys
