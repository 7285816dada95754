"""The reference of clauses, made of the same descriptions as forms and the schema."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from duanju.adapters.documents.policy_examples import example_texts
from duanju.adapters.documents.policy_fields import (
    FieldDescription,
    clause_kinds,
    describe_clause,
    name_of,
)
from duanju.adapters.documents.policy_reference_words import REFERENCE_WORDS
from duanju.adapters.documents.policy_tables import Form, all_tables
from duanju.adapters.documents.policy_tables.docstrings import summary_of
from duanju.adapters.documents.policy_tables.provision import ProvisionTable
from duanju.adapters.prose.speaking import name_measure
from duanju.deals.measures import MEASURES, Measure


def clause_reference(language: str = "en") -> str:
    """Return the reference of all kinds of clause, conditions, tables and measures, as MyST.

    Args:
        language: `en` or `zh-Hans`.
    """
    page = _Page(language, REFERENCE_WORDS[language])
    return "\n".join((page.words["head"], *page.sections())).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True)
class _Page:
    """The reference in a language."""

    language: str
    words: Mapping[str, str]

    def sections(self) -> Iterator[str]:
        """Yield the sections: what all clauses have, each kind, and what stands within them."""
        shared = [
            field for field in describe_clause("fee") if field.name in ProvisionTable.model_fields
        ]
        yield self.words["every"]
        yield self.table(shared)
        for kind in clause_kinds():
            yield f"## {kind.label[self.language]}\n"
            yield f'`kind = "{kind.kind}"`. {_escaped(kind.meaning[self.language])}\n'
            own = [field for field in describe_clause(kind.kind) if field not in shared]
            yield self.table(own)
            yield f"```toml\n{example_texts()[kind.kind]}\n```\n"
        yield from self.conditions(shared)
        yield from self.inner_tables()
        yield from self.choices()
        yield from self.measures()

    def conditions(self, shared: Sequence[FieldDescription]) -> Iterator[str]:
        """Yield each kind of condition."""
        (when,) = [field for field in shared if field.name == "when"]
        yield self.words["conditions"]
        for kind, fields in when.kinds.items():
            yield f"### {when.word_labels[kind][self.language]}\n"
            yield f'`kind = "{kind}"`. {self.summary(kind)}'.rstrip() + "\n"
            yield self.table(fields)

    def inner_tables(self) -> Iterator[str]:
        """Yield each table that stands within clauses."""
        yield self.words["tables"]
        found = {field.table: field.fields for field in _all_fields() if field.table}
        for name, fields in sorted(found.items()):
            yield f"### {name}\n"
            if summary := self.summary(name):
                yield f"{summary}\n"
            yield self.table(fields)

    def choices(self) -> Iterator[str]:
        """Yield what the words of choices mean."""
        yield self.words["words"]
        yield f"{self.words['word_columns']}\n|---|---|---|"
        told: dict[str, str] = {}
        for field in _all_fields():
            for word in field.words:
                label = field.word_labels[word][self.language]
                told.setdefault(f"| `{field.name}` | `{word}` |", label)
        yield from (f"{start} {told[start]} |" for start in sorted(told))
        yield ""

    def measures(self) -> Iterator[str]:
        """Yield what can be counted."""
        yield self.words["measures"]
        yield f"{self.words['measure_columns']}\n|---|---|---|---|---|---|"
        yield from (self.measure(measure) for measure in MEASURES.values())

    def measure(self, measure: Measure) -> str:
        """Return the row of a measure."""
        words = self.words
        cells = (
            f"`{measure.name}`",
            name_measure(measure.name, self.language),
            words["wide"].format(unit=measure.unit) if measure.is_platform_wide else measure.unit,
            words["major"] if measure.term_unit == "minor" else measure.term_unit,
            words["of"].format(aggregate=measure.aggregate, measure=measure.of)
            if measure.of
            else measure.aggregate,
            measure.needs_item,
        )
        return f"| {' | '.join(cells)} |"

    def summary(self, name: str) -> str:
        """Return what a table says as a whole; only English tells it beside the keys."""
        if self.language != "en":
            return ""
        (table,) = [own for own in all_tables() if name_of(own) == name]
        return _escaped(summary_of(table.becomes))

    def table(self, fields: Sequence[FieldDescription]) -> str:
        """Return the keys of a table."""
        head = f"{self.words['columns']}\n|---|---|---|---|"
        return "\n".join((head, *(self.row(field) for field in fields))) + "\n"

    def row(self, field: FieldDescription) -> str:
        """Return the row of a key."""
        without = self.words["refused"] if field.required else _default(field.default)
        told = field.documented if self.language == "en" else field.meaning[self.language]
        cells = (f"`{field.name}`", self.form(field), without, _escaped(told))
        return f"| {' | '.join(cells)} |"

    def form(self, field: FieldDescription) -> str:
        """Return in words what a key holds."""
        words = self.words
        table = f"[{field.table}](#{field.table.replace('_', '-')})" if field.table else ""
        about = words.get(field.about, field.about) or words["word"]
        counted = words["counted_several" if field.several else "counted"]
        held = {
            Form.NUMBER: words["number"],
            Form.WHOLE: words["whole"],
            Form.WORD: about,
            Form.CHOICE: self.one_of([f"`{word}`" for word in field.words]),
            Form.TEXT: words["text"],
            Form.COUNTED: counted.format(table=table),
            Form.WORDS: words["list"].format(about=about),
            Form.NUMBERS: words["numbers"].format(about=about),
            Form.TEXTS: words["texts"].format(about=about),
            Form.ROWS: words["rows" if table else "rows_of_conditions"].format(table=table),
            Form.TABLE: words["table"].format(table=table),
            Form.YES_NO: words["yes_no"],
            Form.DAY: words["day"],
            Form.VALUE: words["value"],
        }[field.form]
        return held + (words["or_parameter"] if field.may_be_parameter else "")

    def one_of(self, choices: Sequence[str]) -> str:
        """Return alternatives as a phrase."""
        parts = (", ".join(choices[:-1]), *choices[-1:])
        return self.words["or"].join(part for part in parts if part)


def _all_fields() -> Iterator[FieldDescription]:
    """Yield every field of every kind of clause, and of the tables within them."""
    waiting = [field for kind in clause_kinds() for field in describe_clause(kind.kind)]
    while waiting:
        field = waiting.pop(0)
        yield field
        waiting += [*field.fields, *(own for kind in field.kinds.values() for own in kind)]


def _default(default: Any) -> str:
    if default is None:
        return ""
    if isinstance(default, bool | int | Decimal):
        return f"`{str(default).lower()}`"
    return f'`"{default}"`'


def _escaped(text: str) -> str:
    return text.replace("<", "\\<").replace("|", "\\|")
