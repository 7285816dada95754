"""Mappings as people keep them: TOML or JSON, read with every problem's place."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from duanju.adapters.documents import read_text
from duanju.adapters.documents.policy_tables import Id
from duanju.adapters.documents.toml_reading import Document, Row
from duanju.adapters.reports.checking import check_mapping
from duanju.adapters.reports.days import DayForm
from duanju.adapters.reports.mapping import (
    AmountColumn,
    AmountUnit,
    Delimiter,
    Encoding,
    Layout,
    Named,
    Others,
    ReportMapping,
    Sign,
    Totals,
    When,
)
from duanju.kernel import Problem, ProblemsFound, Where

FILE_BYTES_MAX = 4 * 1024 * 1024
"""Larger mappings are refused before they are read."""

_Loose = Field(strict=False)
_KEYS = {"amounts": "amount", "totals": "total"}
"""What a file calls a field, where that reads better."""


class NamedTable(Row):
    """A word of each row."""

    fixed: str = ""
    column: str = ""
    words: dict[str, str] = {}
    others: Annotated[Others, _Loose] = Others.REFUSE

    def value(self) -> Named:
        """Return it as the reader takes it."""
        return Named(self.fixed, self.column, self.words, self.others)


class WhenTable(Row):
    """`[when]`."""

    column: str = ""
    forms: list[Annotated[DayForm, _Loose]] = [DayForm.ISO_DAY, DayForm.ISO_MONTH]


class AmountTable(Row):
    """`[[amount]]`."""

    column: str
    measure: NamedTable
    currency: NamedTable
    unit: Annotated[AmountUnit, _Loose] = AmountUnit.MAJOR
    decimal_mark: str = "."
    thousands_mark: str = ""
    symbol: str = ""
    sign: Annotated[Sign, _Loose] = Sign.AS_WRITTEN


class LayoutTable(Row):
    """`[layout]`."""

    header_row: int = 1
    rows_to_skip: int = 0
    encoding: Annotated[Encoding, _Loose] = Encoding.AUTO
    delimiter: Annotated[Delimiter, _Loose] = Delimiter.COMMA
    sheet: str = ""


class TotalTable(Row):
    """`[total]`."""

    column: str = ""
    words: list[str] = []
    subtotal_words: list[str] = []


class MappingTable(Row):
    """The whole file."""

    source: Id
    name: Annotated[str, Field(min_length=1, max_length=200)]
    title: NamedTable
    amount: list[AmountTable]
    when: WhenTable = WhenTable()
    channel: NamedTable = NamedTable()
    territory: NamedTable = NamedTable()
    item: NamedTable = NamedTable()
    reference: str = ""
    layout: LayoutTable = LayoutTable()
    total: TotalTable = TotalTable()


def read_mapping(path: Path) -> ReportMapping:
    """Read a mapping from a TOML file, or from JSON where its name ends in `.json`.

    Raises:
        ProblemsFound: With all problems of the file, each with its line where it is TOML.
    """
    text = read_text(path, bytes_max=FILE_BYTES_MAX)
    if path.suffix.lower() == ".json":
        try:
            return mapping_from_data(json.loads(text, parse_float=Decimal), file=str(path))
        except (ValueError, RecursionError) as error:
            reason = str(error)[:200]
            problem = Problem("reports.not-json", Where(str(path)), {"reason": reason})
            raise ProblemsFound((problem,)) from None
    return mapping_from_text(text, file=str(path))


def mapping_from_text(text: str, *, file: str) -> ReportMapping:
    """Read a mapping from TOML.

    Raises:
        ProblemsFound: With all problems, each with its line.
    """
    return _read(Document.parse(text, file=file))


def mapping_from_data(data: object, *, file: str = "") -> ReportMapping:
    """Read a mapping from plain data, as `mapping_to_data` writes it.

    Raises:
        ProblemsFound: With all problems, each with its path.
    """
    if not isinstance(data, Mapping):
        params: dict[str, str | int] = {"key": "mapping", "expected": "table"}
        raise ProblemsFound((Problem("documents.wrong-type", Where(file), params),))
    return _read(Document(file, data))


def mapping_to_data(mapping: ReportMapping) -> dict[str, Any]:
    """Return a mapping as plain data; what says nothing is left out."""
    return {_KEYS.get(key, key): value for key, value in _plain(mapping).items()}


def mapping_to_text(mapping: ReportMapping) -> str:
    """Write a mapping as TOML; reading it again gives an equal mapping."""
    data = mapping_to_data(mapping)
    lines = [f"{key} = {_value(own)}" for key, own in data.items() if isinstance(own, str)]
    for key, own in data.items():
        tables = own if isinstance(own, list) else [own]
        head = f"[[{key}]]" if isinstance(own, list) else f"[{key}]"
        for table in tables if not isinstance(own, str) else ():
            lines += ["", head, *_lines(table)]
    return "\n".join(lines) + "\n"


def _read(document: Document) -> ReportMapping:
    table: MappingTable | None = document.read(MappingTable, document.data, "")
    document.require_good()
    assert table is not None, "a mapping without problems was read"
    mapping = _mapping(table)
    document.note_all(check_mapping(mapping))
    document.require_good()
    return mapping


def _mapping(table: MappingTable) -> ReportMapping:
    return ReportMapping(
        source=table.source,
        name=table.name,
        title=table.title.value(),
        amounts=tuple(_amount(own) for own in table.amount),
        when=When(table.when.column, tuple(table.when.forms)),
        channel=table.channel.value(),
        territory=table.territory.value(),
        item=table.item.value(),
        reference=table.reference,
        layout=Layout(**dict(table.layout)),
        totals=Totals(
            table.total.column, tuple(table.total.words), tuple(table.total.subtotal_words)
        ),
    )


def _amount(table: AmountTable) -> AmountColumn:
    rest = {key: own for key, own in dict(table).items() if key not in ("measure", "currency")}
    return AmountColumn(measure=table.measure.value(), currency=table.currency.value(), **rest)


def _plain(value: object) -> dict[str, Any]:
    """Return what a dataclass says beyond its defaults, as plain data."""
    assert is_dataclass(value), "a mapping is made of dataclasses"
    found: dict[str, Any] = {}
    for own in fields(value):
        said = getattr(value, own.name)
        if is_dataclass(said):
            if inner := _plain(said):
                found[own.name] = inner
        elif own.name == "amounts":
            found[own.name] = [_plain(column) for column in said]
        elif isinstance(said, tuple):
            if said:
                found[own.name] = [str(word) for word in said]
        elif isinstance(said, Mapping):
            if said:
                found[own.name] = dict(said)
        elif said != own.default:
            found[own.name] = said if isinstance(said, int) else str(said)
    return found


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} = {_value(own)}" for key, own in table.items())


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        entries = ", ".join(f"{_string(str(key))} = {_value(own)}" for key, own in value.items())
        return f"{{ {entries} }}"
    if isinstance(value, list):
        return f"[{', '.join(_value(own) for own in value)}]"
    return str(value) if isinstance(value, int) else _string(str(value))


def _string(text: str) -> str:
    """Write a basic string; the escapes of JSON are among those of TOML, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
