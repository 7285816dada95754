"""The JSON Schema of a policy's document, by which an editor completes and checks it.

It is made of the same descriptions as forms and the reference, and so of the tables that read.
Source: JSON Schema, draft 2020-12.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from duanju.adapters.documents.policy_examples import example_of
from duanju.adapters.documents.policy_fields import (
    FieldDescription,
    describe_clause,
    describe_header,
    describe_parameter,
    describe_source,
)
from duanju.adapters.documents.policy_tables import CLAUSE_TABLES, PARAMETER_KEY, Form
from duanju.adapters.documents.policy_tables.docstrings import summary_of
from duanju.deals.measures import MEASURES

DIALECT = GenerateJsonSchema.schema_dialect

Schema = dict[str, Any]

_EXACT_TEXT = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?(%|/[0-9]+)?$"

_VALUES: Mapping[str, Schema] = {
    "exact_number": {
        "description": "An exact number: 0.15, or as text 15% or 1/3.",
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": _EXACT_TEXT}],
        "examples": [1.5, "15%", "1/3"],
    },
    "number": {
        "description": "An exact number, or a table that names the parameter which it hangs on.",
        "anyOf": [
            {"$ref": "#/$defs/exact_number"},
            {
                "type": "object",
                "required": [PARAMETER_KEY],
                "properties": {PARAMETER_KEY: {"type": "string"}},
                "additionalProperties": {"$ref": "#/$defs/exact_number"},
            },
        ],
        "examples": [0.15, {PARAMETER_KEY: "share"}, {PARAMETER_KEY: "grade", "S+": 80000}],
    },
    "parameter_word": {
        "description": "The parameter that holds the word.",
        "type": "object",
        "required": [PARAMETER_KEY],
        "properties": {PARAMETER_KEY: {"type": "string"}},
        "additionalProperties": False,
    },
    "text": {
        "description": "A text by language.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"type": "string"},
        "examples": [{"en": "Night Flight", "zh-Hans": "夜航"}],
    },
    "measure": {
        "description": "The name of a measure.",
        "enum": list(MEASURES),
    },
    "counted_or_measure": {
        "description": "A measure, or a table that says which part of it.",
        "anyOf": [{"$ref": "#/$defs/measure"}, {"$ref": "#/$defs/counted"}],
        "examples": ["plays", {"measure": "plays", "over_seconds": 30}],
    },
}


def policy_schema() -> Schema:
    """Return the JSON Schema of a policy's document."""
    tables: dict[str, Schema] = {}
    for kind, table in CLAUSE_TABLES.items():
        own = _table(describe_clause(kind), tables, kind=kind)
        tables[kind] = own | {
            "title": kind,
            "description": summary_of(table.becomes),
            "examples": [example_of(kind)],
        }
    tables["source"] = _table(describe_source(), tables)
    tables["parameter"] = _table(describe_parameter(), tables)
    tables["clause"] = {
        "type": "object",
        "required": ["kind"],
        "oneOf": [_ref(kind) for kind in CLAUSE_TABLES],
        "discriminator": {"propertyName": "kind"},
    }
    document = _table(describe_header(), tables)
    document["properties"] |= {
        "source": {"type": "array", "items": _ref("source"), "minItems": 1},
        "parameter": {"type": "array", "items": _ref("parameter")},
        "clause": {"type": "array", "items": _ref("clause"), "minItems": 1},
    }
    document["required"] += ["source", "clause"]
    head = {"$schema": DIALECT, "title": "Cooperation policy of Duanju"}
    return head | document | {"$defs": {**_VALUES, **dict(sorted(tables.items()))}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _table(
    fields: Sequence[FieldDescription], tables: dict[str, Schema], *, kind: str = ""
) -> Schema:
    """Return the schema of a table, and add those of the tables within it to `tables`."""
    properties: dict[str, Schema] = {"kind": {"const": kind}} if kind else {}
    for field in fields:
        shown: Schema = {"title": field.label["en"], "description": field.documented}
        if field.default is not None:
            shown["default"] = field.default
        properties[field.name] = shown | _value(field, tables)
    required = (["kind"] if kind else []) + [field.name for field in fields if field.required]
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if {"above", "from"} <= set(properties):
        schema["oneOf"] = [{"required": ["above"]}, {"required": ["from"]}]
    return schema | {"required": required}


def _value(field: FieldDescription, tables: dict[str, Schema]) -> Schema:
    if field.form in (Form.TABLE, Form.ROWS, Form.COUNTED):
        return _of_tables(field, tables)
    if field.form in (Form.WORD, Form.CHOICE):
        return _word(field)
    if field.form is Form.WORDS:
        return {"type": "array", "items": _word(field)}
    if field.form is Form.NUMBER and field.may_be_parameter:
        return _ref("number")
    return _SIMPLE[field.form]


def _of_tables(field: FieldDescription, tables: dict[str, Schema]) -> Schema:
    if field.kinds:
        kinds = [_named(kind, own, tables, kind) for kind, own in field.kinds.items()]
        return {"type": "array", "items": {"oneOf": kinds}}
    own = _named(field.table, field.fields, tables)
    if field.form is Form.COUNTED:
        own = _ref("counted_or_measure")
        return {"anyOf": [own, {"type": "array", "items": own}]} if field.several else own
    return {"type": "array", "items": own} if field.form is Form.ROWS else own


_SIMPLE: Mapping[Form, Schema] = {
    Form.NUMBER: {"$ref": "#/$defs/exact_number"},
    Form.NUMBERS: {"type": "object", "additionalProperties": {"$ref": "#/$defs/number"}},
    Form.TEXTS: {"type": "object", "additionalProperties": {"$ref": "#/$defs/text"}},
    Form.WHOLE: {"type": "integer", "minimum": 1},
    Form.TEXT: {"$ref": "#/$defs/text"},
    Form.YES_NO: {"type": "boolean"},
    Form.DAY: {"type": "string", "format": "date"},
    Form.VALUE: {"type": ["number", "string"]},
}


def _word(field: FieldDescription) -> Schema:
    word: Schema = {"enum": list(field.words)} if field.words else {"type": "string"}
    if field.pattern:
        word["pattern"] = field.pattern
    if field.about == "measure":
        word = _ref("measure")
    return {"anyOf": [word, _ref("parameter_word")]} if field.may_be_parameter else word


def _named(
    name: str, fields: Sequence[FieldDescription], tables: dict[str, Schema], kind: str = ""
) -> Schema:
    """Describe a table once, however often it stands in others, and return what refers to it."""
    if name not in tables:
        tables[name] = {}
        tables[name] = _table(fields, tables, kind=kind)
    return _ref(name)
