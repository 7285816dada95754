"""From what a form sent to the data of a document; nothing that was typed is lost."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from duanju_web.deals.mapping.fields import Field, Shape
from duanju_web.deals.pages.building.names import (
    ANOTHER,
    FILTERS,
    HANGS,
    LANGUAGES,
    NEW_PARAMETER,
    PARAMETER_SIGN,
    ROW,
    SWITCHED_ON,
    copied,
    number_as_typed,
)

Data = dict[str, Any]
KEY_FIELD = Field(key="word", shape=Shape.PICK, label="")
"""The word of a row of a map."""


def read_fields(fields: Iterable[Field], sent: QueryDict, prefix: str = "") -> Data:
    """Return what a form says for some fields; keys that say nothing are left out.

    Args:
        fields: What the form asked for.
        sent: What was sent.
        prefix: The names of the fields begin with it.
    """
    data: Data = {}
    for field in fields:
        name = f"{prefix}{field.key}"
        if field.shape is Shape.THRESHOLD:
            data |= _threshold(sent, name)
            continue
        value = _READERS[field.shape](field, sent, name)
        if value not in (None, "", [], {}):
            data[field.key] = value
    return data


def rows_sent(sent: QueryDict, name: str) -> list[str]:
    """Return the indexes of the rows that a form had, in their order."""
    return [index for index in sent.getlist(f"{name}{ROW}") if index.isdecimal()]


def _line(_field: Field, sent: QueryDict, name: str) -> object:
    return str(sent.get(name, "")).strip()


def _text(_field: Field, sent: QueryDict, name: str) -> object:
    texts = {tag: str(sent.get(f"{name}.{tag}", "")).strip() for tag in LANGUAGES}
    return {tag: text for tag, text in texts.items() if text}


def _exact(_field: Field, sent: QueryDict, name: str) -> object:
    return number_as_typed(str(sent.get(name, "")))


def _number(_field: Field, sent: QueryDict, name: str) -> object:
    hangs = str(sent.get(f"{name}{HANGS}", ""))
    if not hangs.startswith(PARAMETER_SIGN):
        typed = number_as_typed(str(sent.get(name, "")))
        return {NEW_PARAMETER: typed} if hangs == NEW_PARAMETER else typed
    start = f"{name}{HANGS}."
    by_option = {
        key.removeprefix(start): number_as_typed(str(value))
        for key, value in sent.items()
        if key.startswith(start)
    }
    return {"parameter": hangs.removeprefix(PARAMETER_SIGN), **by_option}


def _pick(_field: Field, sent: QueryDict, name: str) -> object:
    word = str(sent.get(name, "")).strip()
    if word == ANOTHER:
        return str(sent.get(f"{name}{HANGS}", "")).strip()
    if word == NEW_PARAMETER:
        return {NEW_PARAMETER: ""}
    if word.startswith(PARAMETER_SIGN):
        return {"parameter": word.removeprefix(PARAMETER_SIGN)}
    return word


def _picks(_field: Field, sent: QueryDict, name: str) -> object:
    return [*dict.fromkeys([*sent.getlist(name), *_comma(sent, f"{name}{HANGS}")])]


def _words(_field: Field, sent: QueryDict, name: str) -> object:
    return _comma(sent, name)


def _comma(sent: QueryDict, name: str) -> list[str]:
    typed = str(sent.get(name, "")).replace("，", ",").replace("、", ",")
    return [word.strip() for word in typed.split(",") if word.strip()]


def _measure(_field: Field, sent: QueryDict, name: str) -> object:
    word = str(sent.get(name, "")).strip()
    if not word:
        return None
    start = f"{name}{FILTERS}."
    filters: Data = {
        key: found
        for key in ("channels", "media", "windows")
        if (found := _picks(KEY_FIELD, sent, f"{start}{key}"))
    }
    filters |= {
        key: found for key in ("territories", "items") if (found := _comma(sent, f"{start}{key}"))
    }
    seconds = _number(KEY_FIELD, sent, f"{start}over_seconds")
    if seconds and seconds != "0":
        filters["over_seconds"] = seconds
    fraud = str(sent.get(f"{start}fraud", ""))
    if fraud and fraud != "taken_back":
        filters["fraud"] = fraud
    return {"measure": word, **filters} if filters else word


def _measures(field: Field, sent: QueryDict, name: str) -> object:
    found = [_measure(field, sent, f"{name}.{index}") for index in rows_sent(sent, name)]
    kept = [one for one in found if one]
    return kept[0] if len(kept) == 1 else kept


def _table(field: Field, sent: QueryDict, name: str) -> object:
    if f"{name}{SWITCHED_ON}" not in sent:
        return None
    data = read_fields(field.fields, sent, f"{name}.")
    return data or copied(field.new)


def _rows(field: Field, sent: QueryDict, name: str) -> object:
    return [read_fields(field.fields, sent, f"{name}.{index}.") for index in rows_sent(sent, name)]


def _map(field: Field, sent: QueryDict, name: str) -> object:
    value = Field(key="value", shape=Shape.NUMBER, label="", amount=field.amount)
    found: Data = {}
    for index in rows_sent(sent, name):
        word = _pick(KEY_FIELD, sent, f"{name}.{index}.word")
        if isinstance(word, str) and word:
            found[word] = _number(value, sent, f"{name}.{index}.value")
    return found


def _options(field: Field, sent: QueryDict, name: str) -> object:
    found: Data = {}
    for index in rows_sent(sent, name):
        word = str(sent.get(f"{name}.{index}.word", "")).strip()
        texts = _text(field, sent, f"{name}.{index}.text")
        if word or texts:
            found[word or f"option{index}"] = texts
    return found


def _switch(_field: Field, sent: QueryDict, name: str) -> object:
    return True if name in sent else None


def _threshold(sent: QueryDict, name: str) -> Data:
    key = "from" if sent.get(f"{name}{HANGS}") == "from" else "above"
    text = str(sent.get(name, "")).strip()
    if text.startswith(PARAMETER_SIGN):
        return {key: {"parameter": text.removeprefix(PARAMETER_SIGN)}}
    return {key: number_as_typed(text) or "0"}


_READERS = {
    Shape.TEXT: _text,
    Shape.PROSE: _text,
    Shape.LINE: _line,
    Shape.DAY: _line,
    Shape.NUMBER: _number,
    Shape.EXACT: _exact,
    Shape.PICK: _pick,
    Shape.CLAUSE: _pick,
    Shape.PICKS: _picks,
    Shape.CLAUSES: _picks,
    Shape.WORDS: _words,
    Shape.MEASURE: _measure,
    Shape.MEASURES: _measures,
    Shape.TABLE: _table,
    Shape.ROWS: _rows,
    Shape.MAP: _map,
    Shape.OPTIONS: _options,
    Shape.SWITCH: _switch,
}
