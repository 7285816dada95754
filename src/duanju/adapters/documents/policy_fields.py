"""What every table of a policy asks for, described for forms, editors and the reference.

`describe_clause("tiered_rate")` tells a form what to ask for; what people filled in becomes plain
data under the names that it gave, and `policy_from_data` or `clause_from_data` reads it as strictly
as a file.
"""

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from duanju.adapters.documents.field_words import Words, words_in
from duanju.adapters.documents.policy_tables import (
    CLAUSE_TABLES,
    CountedTable,
    Form,
    HeaderTable,
    ParameterTable,
    ProvisionTable,
    Shown,
    SourceTable,
    Table,
    as_data,
)
from duanju.adapters.documents.policy_tables.docstrings import meanings_of, summary_of
from duanju.adapters.documents.toml_reading import Row
from duanju.deals.policy import Policy


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """One key of a table, and what can stand under it.

    Attributes:
        name: The key, as it stands in a document and in plain data.
        form: The shape of the value.
        about: What a word, each word of a list, or each name of a table of numbers names: `role`,
            `clause`, `step`, `channel`, `milestone`, `parameter`, `currency`, `measure`; empty for
            a word of the author's own.
        words: The words that a choice allows, in order.
        pattern: What a word, or each word of a list, must look like; a regular expression.
        required: Whether a document without it is refused.
        default: What holds without it, as plain data; `None` for nothing.
        may_be_parameter: Whether `{ parameter = "…" }` can stand in its place: a number that a deal
            fills in, or, with an entry for each option, one that hangs on a choice.
        several: Whether a list of such values can stand in its place.
        fields: What each row, the table, or the long form of a measure asks for.
        table: What such a row or table is called: `tier`, `limit`.
        kinds: For rows of several kinds (`when`): kind to what such a row asks for beside `kind`.
        label: What stands beside it, by language.
        meaning: What it says, in a sentence or two, by language.
        documented: What the vocabulary says of it, in English, with its names in backticks.
        word_labels: For a choice, and for rows of several kinds: each word, or kind, to what people
            read, by language.
    """

    name: str
    form: Form
    about: str = ""
    words: tuple[str, ...] = ()
    pattern: str = ""
    required: bool = False
    default: Any = None
    may_be_parameter: bool = False
    several: bool = False
    fields: tuple["FieldDescription", ...] = ()
    table: str = ""
    kinds: Mapping[str, tuple["FieldDescription", ...]] = field(default_factory=dict)
    label: Mapping[str, str] = field(default_factory=dict)
    meaning: Mapping[str, str] = field(default_factory=dict)
    documented: str = ""
    word_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KindDescription:
    """A kind of clause, or of condition.

    Attributes:
        kind: Its word.
        label: What people call it, by language.
        meaning: What it says, by language.
    """

    kind: str
    label: Mapping[str, str]
    meaning: Mapping[str, str]


def clause_kinds() -> tuple[KindDescription, ...]:
    """Return every kind of clause, in the order in which the reference tells of them."""
    return tuple(
        KindDescription(
            kind,
            words_in("kind", kind),
            {"en": summary_of(of.becomes).replace("`", "")} | words_in("kind_meaning", kind),
        )
        for kind, of in CLAUSE_TABLES.items()
    )


def describe_clause(kind: str) -> tuple[FieldDescription, ...]:
    """Return what a `[[clause]]` of a kind asks for beside its `kind`, in order.

    Raises:
        KeyError: There is no such kind.
    """
    return describe_table(CLAUSE_TABLES[kind])


def describe_parameter() -> tuple[FieldDescription, ...]:
    """Return what a `[[parameter]]` asks for."""
    return describe_table(ParameterTable)


def describe_source() -> tuple[FieldDescription, ...]:
    """Return what a `[[source]]` asks for."""
    return describe_table(SourceTable)


def describe_header() -> tuple[FieldDescription, ...]:
    """Return what stands above the first table of a policy."""
    return describe_table(HeaderTable)


@cache
def describe_table(table: type[Row]) -> tuple[FieldDescription, ...]:
    """Return what a table asks for, in order, but for a `kind` that can be one word only."""
    hints = get_type_hints(table, include_extras=True)
    return tuple(
        _describe(table, name, info, hints[name])
        for name, info in table.model_fields.items()
        if get_origin(hints[name]) is not Literal
    )


def _describe(table: type[Row], name: str, info: FieldInfo, hint: Any) -> FieldDescription:
    key = info.alias or name
    own = name_of(table)
    shown = _shape(hint)
    default = None if info.is_required() else as_data(info.default)
    documented = info.description or _documented(table, name)
    return replace(
        shown,
        name=key,
        required=info.is_required() or _is_refused_without(table, name),
        default=None if default in ("", [], {}) else default,
        label=words_in("label", key, owner=own),
        meaning=_meaning(key, own, documented),
        documented=documented,
        word_labels=shown.word_labels
        or {word: words_in("word", word, owner=key) for word in shown.words},
    )


def name_of(table: type[Row]) -> str:
    """Return the name by which a table's keys are described: `tier`, `tiered_rate`, `counted`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", table.__name__.removesuffix("Table")).lower()


def _is_refused_without(table: type[Row], name: str) -> bool:
    """Say whether a clause is read without it, so that its refusal can have words of its own."""
    if not issubclass(table, ProvisionTable):
        return False
    stated = {own.name: own for own in fields(table.becomes)}[name]
    return stated.default is MISSING and stated.default_factory is MISSING


def _documented(table: type[Row], name: str) -> str:
    kind: type[Any] = table.becomes if issubclass(table, Table) else Policy
    return meanings_of(kind)[name]


def _meaning(key: str, owner: str, english: str) -> Words:
    return {"en": english.replace("`", "")} | words_in("meaning", key, owner=owner)


def _shape(hint: Any) -> FieldDescription:
    """Return the shape of a type of the tables: of what stands beside it, or of what it is."""
    shown = next((own for own in get_args(hint)[1:] if isinstance(own, Shown)), None)
    if shown is not None:
        patterns = [own.pattern for own in get_args(hint) if isinstance(own, StringConstraints)]
        return replace(_as_shown(shown), pattern="".join(str(own or "") for own in patterns))
    base = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    inner = get_args(base)
    match get_origin(base):
        case origin if origin in (Union, types.UnionType):
            return _shape(next(own for own in inner if own is not type(None)))
        case origin if origin is list:
            return _list_shape(inner[0])
        case origin if origin is dict:
            form = Form.NUMBERS if _shape(inner[1]).form is Form.NUMBER else Form.TEXTS
            return FieldDescription("", form, about=_shape(inner[0]).about)
    return _plain_shape(base)


def _plain_shape(base: type[Any]) -> FieldDescription:
    if base is bool:
        return FieldDescription("", Form.YES_NO)
    if issubclass(base, Enum):
        return FieldDescription("", Form.CHOICE, words=tuple(str(word) for word in base))
    table: type[Row] = base
    return FieldDescription("", Form.TABLE, fields=describe_table(table), table=name_of(table))


def _as_shown(shown: Shown) -> FieldDescription:
    return FieldDescription(
        "",
        shown.form,
        about=shown.about,
        words=shown.words,
        may_be_parameter=shown.may_be_parameter,
        several=shown.several,
        fields=describe_table(CountedTable) if shown.form is Form.COUNTED else (),
        table="counted" if shown.form is Form.COUNTED else "",
    )


def _list_shape(item: Any) -> FieldDescription:
    tables = list(_tables_in(item))
    if not tables:
        return replace(_shape(item), form=Form.WORDS)
    if len(tables) == 1:
        name = name_of(tables[0])
        return FieldDescription("", Form.ROWS, fields=describe_table(tables[0]), table=name)
    kinds = {name_of(table): describe_table(table) for table in tables}
    labels = {kind: words_in("kind", kind) for kind in kinds}
    return FieldDescription("", Form.ROWS, kinds=kinds, word_labels=labels)


def _tables_in(hint: Any) -> Iterator[type[Table]]:
    if isinstance(hint, type):
        if issubclass(hint, Table):
            yield hint
        return
    for own in get_args(hint):
        yield from _tables_in(own)
