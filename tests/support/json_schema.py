"""As much of JSON Schema, draft 2020-12, as Duanju's own schemas use."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, type[Any] | tuple[type[Any], ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


def find_faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> list[str]:
    """Return where and by which keyword a value does not fit a schema; empty where it fits."""
    return list(_faults(value, schema, root, "$"))


def _faults(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        yield from _faults(value, root["$defs"][name], root, at)
    for keyword, fits in (("anyOf", lambda count: count >= 1), ("oneOf", lambda count: count == 1)):
        if keyword in schema:
            count = sum(not list(_faults(value, own, root, at)) for own in schema[keyword])
            if not fits(count):
                yield f"{at} {keyword}"
    if not _has_type(value, schema.get("type", [])):
        yield f"{at} type"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{at} const"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at} enum"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at} pattern"
    if isinstance(value, int | float) and value < schema.get("minimum", value):
        yield f"{at} minimum"
    if isinstance(value, list):
        yield from _faults_of_items(value, schema, root, at)
    if isinstance(value, dict):
        yield from _faults_of_entries(value, schema, root, at)


def _has_type(value: Any, names: str | list[str]) -> bool:
    expected = [names] if isinstance(names, str) else names
    if isinstance(value, bool):
        return not expected or "boolean" in expected
    return not expected or any(isinstance(value, _TYPES[name]) for name in expected)


def _faults_of_items(
    value: list[Any], schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"{at} minItems"
    for index, item in enumerate(value):
        yield from _faults(item, schema.get("items", {}), root, f"{at}.{index}")


def _faults_of_entries(
    value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    yield from (f"{at}.{key} required" for key in schema.get("required", []) if key not in value)
    if len(value) < schema.get("minProperties", 0):
        yield f"{at} minProperties"
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    for key, own in value.items():
        if key in properties:
            yield from _faults(own, properties[key], root, f"{at}.{key}")
        elif others is False:
            yield f"{at}.{key} additionalProperties"
        else:
            yield from _faults(own, others, root, f"{at}.{key}")
