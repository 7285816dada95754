"""The reference of clauses, made of the same descriptions as forms and the schema."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from duanju.adapters.documents.policy_examples import example_texts
from duanju.adapters.documents.policy_fields import (
    FieldDescription,
    clause_kinds,
    describe_clause,
    name_of,
)
from duanju.adapters.documents.policy_tables import Form, all_tables
from duanju.adapters.documents.policy_tables.docstrings import summary_of
from duanju.adapters.documents.policy_tables.provision import ProvisionTable
from duanju.deals.measures import MEASURES, Measure

_HEAD = """\
# Clauses

What a `[[clause]]` of each kind says, and its keys. This page and the \
[JSON Schema](policy.schema.json) beside it are written by `duanju policies reference` and \
`duanju policies schema`; an editor that knows TOML completes and checks a policy that begins with \
`#:schema ../docs/reference/policy.schema.json`.

Numbers are exact: `1.5`, `"15%"`, `"1/3"`. A number that can hang on a parameter is also written \
`{ parameter = "share" }`, what the deal fills in, or \
`{ parameter = "grade", "S+" = 120_000, S = 80_000 }`, by the option that the deal chose. Amounts \
are in major units of the clause's currency. Of thresholds, `above` leaves the threshold itself to \
what lies below, and `from` takes it in. Clauses refer only to clauses before them.
"""

_COLUMNS = "| key | what it holds | without it | meaning |\n|---|---|---|---|"


def clause_reference() -> str:
    """Return the reference of all kinds of clause, conditions, tables and measures, as MyST."""
    return "\n".join((_HEAD, *_sections())).rstrip("\n") + "\n"


def _sections() -> Iterator[str]:
    shared = [
        field for field in describe_clause("fee") if field.name in ProvisionTable.model_fields
    ]
    yield "## Every clause\n"
    yield "Beside its `kind`, a clause of any kind has these keys.\n"
    yield _table(shared)
    for kind in clause_kinds():
        yield f"## {kind.label['en']}\n"
        yield f'`kind = "{kind.kind}"`. {_escaped(kind.meaning["en"])}\n'
        own = [field for field in describe_clause(kind.kind) if field not in shared]
        yield _table(own)
        yield f"```toml\n{example_texts()[kind.kind]}\n```\n"
    yield from _conditions(shared)
    yield from _inner_tables()
    yield from _choices()
    yield from _measures()


def _choices() -> Iterator[str]:
    yield "## Words of choices\n"
    yield "| key | word | meaning |\n|---|---|---|"
    told: dict[str, str] = {}
    for field in _all_fields():
        for word in field.words:
            told.setdefault(f"| `{field.name}` | `{word}` |", field.word_labels[word]["en"])
    yield from (f"{start} {told[start]} |" for start in sorted(told))
    yield ""


def _conditions(shared: Sequence[FieldDescription]) -> Iterator[str]:
    (when,) = [field for field in shared if field.name == "when"]
    yield "## Conditions\n"
    yield "What stands under `[[clause.when]]`; all of a clause's conditions must hold.\n"
    for kind, fields in when.kinds.items():
        yield f"### {when.word_labels[kind]['en']}\n"
        yield f'`kind = "{kind}"`. {_summary(kind)}\n'
        yield _table(fields)


def _inner_tables() -> Iterator[str]:
    yield "## Tables within clauses\n"
    found = {field.table: field.fields for field in _all_fields() if field.table}
    for name, fields in sorted(found.items()):
        yield f"### {name}\n"
        yield f"{_summary(name)}\n"
        yield _table(fields)


def _all_fields() -> Iterator[FieldDescription]:
    """Yield every field of every kind of clause, and of the tables within them."""
    waiting = [field for kind in clause_kinds() for field in describe_clause(kind.kind)]
    while waiting:
        field = waiting.pop(0)
        yield field
        waiting += [*field.fields, *(own for kind in field.kinds.values() for own in kind)]


def _measures() -> Iterator[str]:
    yield "## Measures\n"
    yield "What a clause can count. Every fact is the whole of its stretch of time.\n"
    yield "| measure | facts hold | terms speak of | several facts | needs an item |"
    yield "|---|---|---|---|---|"
    yield from (_measure(measure) for measure in MEASURES.values())


def _measure(measure: Measure) -> str:
    terms = "major units" if measure.term_unit == "minor" else measure.term_unit
    several = f"{measure.aggregate}, of `{measure.of}`" if measure.of else str(measure.aggregate)
    wide = ", platform-wide" if measure.is_platform_wide else ""
    return (
        f"| `{measure.name}` | {measure.unit}{wide} | {terms} | {several} | {measure.needs_item} |"
    )


def _summary(name: str) -> str:
    (table,) = [own for own in all_tables() if name_of(own) == name]
    return _escaped(summary_of(table.becomes))


def _table(fields: Sequence[FieldDescription]) -> str:
    return "\n".join((_COLUMNS, *(_row(field) for field in fields))) + "\n"


def _row(field: FieldDescription) -> str:
    without = "refused" if field.required else _default(field.default)
    cells = (f"`{field.name}`", _form(field), without, _escaped(field.documented))
    return f"| {' | '.join(cells)} |"


def _default(default: Any) -> str:
    if default is None:
        return ""
    if isinstance(default, bool | int | Decimal):
        return f"`{str(default).lower()}`"
    return f'`"{default}"`'


def _form(field: FieldDescription) -> str:
    """Return in words what a key holds."""
    table = f"[{field.table}](#{field.table.replace('_', '-')})" if field.table else ""
    about = field.about or "word"
    words = {
        Form.NUMBER: "number",
        Form.WHOLE: "whole number",
        Form.WORD: about,
        Form.CHOICE: _one_of([f"`{word}`" for word in field.words]),
        Form.TEXT: "texts by language",
        Form.COUNTED: f"measure or {table}" + (", or a list of those" if field.several else ""),
        Form.WORDS: f"list of {about}s",
        Form.NUMBERS: f"table: number by {about}",
        Form.TEXTS: f"table: texts by {about}",
        Form.ROWS: f"array of {table}" if table else "array of [conditions](#conditions)",
        Form.TABLE: f"table: {table}",
        Form.YES_NO: "`true` or `false`",
        Form.DAY: "day",
        Form.VALUE: "what the kind asks for",
    }[field.form]
    return words + (", or a parameter" if field.may_be_parameter else "")


def _one_of(words: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _escaped(text: str) -> str:
    return text.replace("<", "\\<").replace("|", "\\|")
