"""What the buttons of a form do to its data: one row more, one less, one up, a value let hang."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from duanju_web.deals.mapping.fields import Field, Shape
from duanju_web.deals.mapping.fields.field import Amount
from duanju_web.deals.pages.building.names import (
    NEW_PARAMETER,
    copied,
    id_from,
    in_language,
)

Data = dict[str, Any]
NEW_MAP_WORDS = ("studio", "platform", "web", "wechat_android", "wechat_ios", "investor", "agent")
KINDS = {Amount.SHARE: "share", Amount.MONEY: "amount", Amount.FACTOR: "factor"}
NAMED = {"deduction": "deduction", "step": "step", "before": "step", "coefficient": "factor"}
"""Rows that have a short name, which is made of their title if nobody writes one."""


def apply_action(fields: Iterable[Field], data: Data, action: str) -> bool:
    """Change data as a button says: `add:tier`, `drop:tier.1`, `up:step.2`; tell if it was one.

    Args:
        fields: What the form asks for.
        data: What it says; changed in place.
        action: The button's value; anything else changes nothing.
    """
    verb, _colon, path = action.partition(":")
    if verb not in ("add", "drop", "up", "down") or not path:
        return False
    *keys, last = path.split(".")
    if verb == "add":
        return _add(fields, data, [*keys, last])
    place = _within(data, keys)
    if isinstance(place, dict) and last.isdecimal():
        return _move_pair(_within(data, keys[:-1]), keys[-1], int(last), verb)
    if not isinstance(place, list) or not last.isdecimal() or int(last) >= len(place):
        return False
    _move(place, int(last), verb)
    return True


def find_hanging(fields: Iterable[Field], data: Data) -> Iterator[tuple[Field, Data, str, str]]:
    """Yield every value that is to hang on a new parameter: field, its table, key, and what was."""
    for own in fields:
        value = data.get(own.key)
        if isinstance(value, Mapping) and NEW_PARAMETER in value:
            yield own, data, own.key, str(value[NEW_PARAMETER])
        elif own.shape is Shape.TABLE and isinstance(value, dict):
            yield from find_hanging(own.fields, value)
        elif own.shape is Shape.ROWS and isinstance(value, list):
            for row in value:
                yield from find_hanging(own.fields, row)
        elif own.shape is Shape.MAP and isinstance(value, dict):
            numbers = [
                Field(key=word, shape=Shape.NUMBER, label=own.label, amount=own.amount)
                for word in value
            ]
            yield from find_hanging(numbers, value)


def hang_on_new_parameters(
    fields: Iterable[Field], data: Data, parameters: list[Data], titles: tuple[str, str]
) -> bool:
    """Make a parameter for every value that is to hang on a new one; tell if there was any.

    Args:
        fields: What the form asks for.
        data: What it says; changed in place.
        parameters: The document's parameters; added to in place.
        titles: What the clause is called in English and in Chinese.
    """
    found = list(find_hanging(fields, data))
    for own, place, key, before in found:
        parameter = _parameter_for(own, parameters, titles, before)
        parameters.append(parameter)
        place[key] = {"parameter": parameter["id"]}
    return bool(found)


def fill_options(fields: Iterable[Field], data: Data, parameters: list[Data]) -> bool:
    """Give each number that hangs on a choice a value an option; tell if something was changed."""
    by_id = {str(own.get("id")): own for own in parameters}
    changed = False
    for value in _numbers_that_hang(fields, data):
        parameter = by_id.get(str(value["parameter"]), {})
        options = parameter.get("options", {}) if parameter.get("kind") == "choice" else {}
        wanted = {word: value.get(word, "") for word in options}
        if wanted != {word: text for word, text in value.items() if word != "parameter"}:
            name = value["parameter"]
            value.clear()
            value.update({"parameter": name, **wanted})
            changed = True
    return changed


def name_rows(data: object) -> None:
    """Give every row that needs a short name one that is unique beside it."""
    if isinstance(data, list):
        for item in data:
            name_rows(item)
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        name_rows(value)
        if key in NAMED and isinstance(value, list):
            taken: set[str] = set()
            for row in value:
                name = str(row.get("name") or "")
                if not name or name in taken:
                    english = str((row.get("title") or {}).get("en", ""))
                    name = id_from(english, taken, NAMED[key])
                row["name"] = name
                taken.add(name)


def _numbers_that_hang(fields: Iterable[Field], data: Data) -> Iterator[Data]:
    for own in fields:
        value = data.get(own.key)
        if own.shape is Shape.NUMBER and isinstance(value, dict) and "parameter" in value:
            yield value
        elif own.shape is Shape.TABLE and isinstance(value, dict):
            yield from _numbers_that_hang(own.fields, value)
        elif own.shape is Shape.ROWS and isinstance(value, list):
            for row in value:
                yield from _numbers_that_hang(own.fields, row)
        elif own.shape is Shape.MAP and isinstance(value, dict):
            yield from (one for one in value.values() if isinstance(one, dict))


def _parameter_for(
    own: Field, parameters: list[Data], titles: tuple[str, str], before: str
) -> Data:
    taken = {str(one.get("id")) for one in parameters}
    english, chinese = (in_language(own.label, tag) for tag in ("en", "zh-hans"))
    choice = own.shape is Shape.PICK
    made: Data = {
        "id": id_from(f"{titles[0]}-{own.key}".replace("_", "-"), taken, "parameter"),
        "kind": "choice" if choice else KINDS.get(own.amount, "amount"),
        "title": {"en": f"{titles[0]}: {english}", "zh-Hans": f"{titles[1]}：{chinese}"},
    }
    if choice:
        made["options"] = {
            word: {"en": in_language(text, "en"), "zh-Hans": in_language(text, "zh-hans")}
            for word, text in own.choices
        }
    if before and not choice:
        made["default"] = before
    else:
        made["required"] = True
    return made


def _add(fields: Iterable[Field], data: Data, keys: list[str]) -> bool:
    asked = _field_at(fields, keys)
    place = _within(data, keys[:-1])
    if asked is None or not isinstance(place, dict):
        return False
    key = keys[-1]
    if asked.shape is Shape.ROWS:
        place.setdefault(key, []).append(copied(asked.new))
    elif asked.shape is Shape.MAP:
        known = place.setdefault(key, {})
        word = next((own for own in NEW_MAP_WORDS if own not in known), f"role{len(known)}")
        known[word] = ""
    elif asked.shape is Shape.OPTIONS:
        known = place.setdefault(key, {})
        number = len(known) + 1
        known[f"option{number}"] = {"en": f"Option {number}", "zh-Hans": f"选项{number}"}
    elif asked.shape is Shape.MEASURES:
        value = place.get(key) or []
        several = value if isinstance(value, list) else [value]
        fresh = next((own for own in sorted(asked.measures) if own not in several), "")
        place[key] = [*several, fresh]
    else:
        return False
    return True


def _field_at(fields: Iterable[Field], keys: list[str]) -> Field | None:
    found: Field | None = None
    inner: Iterable[Field] = fields
    for key in keys:
        if key.isdecimal():
            continue
        found = next((own for own in inner if own.key == key), None)
        if found is None:
            return None
        inner = found.fields
    return found


def _within(data: Any, keys: list[str]) -> Any:
    for key in keys:
        if isinstance(data, list) and key.isdecimal() and int(key) < len(data):
            data = data[int(key)]
        elif isinstance(data, dict):
            data = data.get(key)
        else:
            return None
    return data


def _move(rows: list[Any], index: int, verb: str) -> None:
    row = rows.pop(index)
    if verb != "drop":
        rows.insert(max(index - 1, 0) if verb == "up" else index + 1, row)


def _move_pair(place: Any, key: str, index: int, verb: str) -> bool:
    """Move one pair of a map, whose order people see."""
    pairs = list(place[key].items())
    if index >= len(pairs):
        return False
    _move(pairs, index, verb)
    place[key] = dict(pairs)
    return True
