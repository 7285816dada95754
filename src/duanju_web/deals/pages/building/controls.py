"""What a form shows: a tree of controls, each with its value and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from duanju_web.deals.mapping.fields import Field, Shape
from duanju_web.deals.mapping.fields.field import Among, Amount
from duanju_web.deals.mapping.fields.parts import ASKED_BY_CONDITION
from duanju_web.deals.mapping.vocabulary import (
    FRAUDS,
    measures_among,
    words_among,
)
from duanju_web.deals.pages.building.control import (
    Control,
    Data,
    Option,
    Row,
    Surroundings,
    told,
)
from duanju_web.deals.pages.building.names import (
    ANOTHER,
    FILTERS,
    LANGUAGES,
    NEW_PARAMETER,
    PARAMETER_SIGN,
    grouped,
    share_to_show,
)


def draw_controls(
    fields: Iterable[Field], data: Data, around: Surroundings, prefix: str = ""
) -> list[Control]:
    """Return the controls of some fields, filled with data.

    Args:
        fields: What is asked.
        data: What a draft says.
        around: The rest of the document; problems that found their control are taken out of it.
        prefix: The names of the controls begin with it.
    """
    return [_control(own, data, around, f"{prefix}{own.key}") for own in fields]


def _control(own: Field, data: Data, around: Surroundings, name: str) -> Control:
    control = Control(own, name)
    value = data.get(own.key)
    if value is None and isinstance(own.new, str):
        value = own.new
    if own.shape is Shape.THRESHOLD:
        _threshold(control, data)
        control.problems += around.take_problems(name.rpartition(".")[0] + ".from")
    else:
        _FILLERS[own.shape](control, value, around)
    control.problems += around.take_problems(name)
    return control


def _line(control: Control, value: object, _around: Surroundings) -> None:
    control.text = "" if value is None else str(value)


def _text(control: Control, value: object, _around: Surroundings) -> None:
    texts = value if isinstance(value, Mapping) else {}
    order = LANGUAGES[::-1] if get_language() == "zh-hans" else LANGUAGES
    names = {"en": _("in English"), "zh-Hans": _("in Chinese")}
    control.text = told(texts)
    for tag in order:
        part = Field(key=tag, shape=Shape.LINE, label=names[tag])
        control.parts.append(Control(part, f"{control.name}.{tag}", str(texts.get(tag, ""))))


def _number(control: Control, value: object, around: Surroundings) -> None:
    parameter = value.get("parameter", "") if isinstance(value, Mapping) else ""
    control.hangs = [Option("", _("fixed here"), not parameter)]
    kinds = {Amount.MONEY: "amount", Amount.SHARE: "share", Amount.FACTOR: "factor"}
    first = kinds.get(control.field.amount, "count")
    known = around.parameters(first, "amount", "share", "factor", "count")
    for word, title in dict(known).items():
        label = _("the deal says: %(parameter)s") % {"parameter": title}
        control.hangs.append(Option(f"{PARAMETER_SIGN}{word}", label, word == parameter))
    for word, title in around.parameters("choice"):
        label = _("hangs on: %(parameter)s") % {"parameter": title}
        control.hangs.append(Option(f"{PARAMETER_SIGN}{word}", label, word == parameter))
    control.hangs.append(Option(NEW_PARAMETER, _("the deal says (new)")))
    if not isinstance(value, Mapping):
        control.text = _shown(control.field, "" if value is None else str(value))
        return
    if parameter and not any(option.is_chosen for option in control.hangs):
        control.hangs.insert(1, Option(f"{PARAMETER_SIGN}{parameter}", parameter, is_chosen=True))
    control.is_on = True
    for word, title in _choices_of(value, around, parameter).items():
        part = Field(key=word, shape=Shape.EXACT, label=title, amount=control.field.amount)
        shown = _shown(part, str(value.get(word, "")))
        one = Control(part, f"{control.name}~.{word}", shown)
        one.problems += around.take_problems(f"{control.name}.{word}")
        control.parts.append(one)


def _choices_of(value: Mapping[str, Any], around: Surroundings, parameter: str) -> dict[str, str]:
    known = dict(around.options_of(parameter))
    return known | {word: word for word in value if word != "parameter" and word not in known}


def _shown(own: Field, text: str) -> str:
    return share_to_show(text) if own.amount is Amount.SHARE else grouped(text)


def _exact(control: Control, value: object, _around: Surroundings) -> None:
    control.text = _shown(control.field, "" if value is None else str(value))


def _threshold(control: Control, data: Data) -> None:
    key = "from" if "from" in data else "above"
    value = data.get(key, "")
    hangs = isinstance(value, Mapping)
    control.text = f"{PARAMETER_SIGN}{value['parameter']}" if hangs else grouped(str(value))
    control.options = [
        Option("above", _("above"), key == "above"),
        Option("from", _("from"), key == "from"),
    ]


def _pick(control: Control, value: object, around: Surroundings) -> None:
    asked = control.field
    parameter = value.get("parameter", "") if isinstance(value, Mapping) else ""
    word = f"{PARAMETER_SIGN}{parameter}" if parameter else str(value or "")
    labels = _labels(asked, around)
    if asked.may_hang:
        for own, title in around.parameters("choice"):
            label = _("the deal chooses: %(parameter)s") % {"parameter": title}
            labels[f"{PARAMETER_SIGN}{own}"] = label
        if asked.among is Among.CHOICES:
            labels[NEW_PARAMETER] = _("the deal chooses (new)")
    if word and word not in labels:
        labels[word] = word.removeprefix(PARAMETER_SIGN)
    if not asked.is_needed and asked.among is not Among.CHOICES and not asked.new:
        labels = {"": _("nobody") if asked.among is Among.ROLES else "–", **labels}
    elif not word and asked.is_needed:
        labels = {"": "–", **labels}
    if asked.among in (Among.ROLES, Among.MILESTONES, Among.CHANNELS):
        labels[ANOTHER] = _("another…")
    control.text = word
    control.options = [Option(own, label, own == word) for own, label in labels.items()]


def _labels(asked: Field, around: Surroundings) -> dict[str, str]:
    if asked.among is Among.CHOICES:
        return {word: str(label) for word, label in asked.choices}
    if asked.among is Among.PARAMETERS:
        return dict(around.parameters("choice"))
    if asked.among is Among.BASES:
        return dict(_bases(around))
    return words_among(asked.among, around.data)


def _bases(around: Surroundings) -> Iterator[tuple[str, str]]:
    yield "gross", _("the gross income")
    for own in around.data.get("~deductions", []):
        title = told(own.get("title")) or str(own.get("name", ""))
        yield (
            f"after_{own.get('name', '')}",
            _("what is left after %(deduction)s") % {"deduction": title},
        )


def _picks(control: Control, value: object, around: Surroundings) -> None:
    chosen = [str(own) for own in value] if isinstance(value, list) else []
    if control.field.shape is Shape.CLAUSES:
        labels = dict(around.before)
    else:
        labels = words_among(control.field.among, around.data)
    labels |= {word: word for word in chosen if word not in labels}
    control.options = [Option(word, label, word in chosen) for word, label in labels.items()]


def _clause(control: Control, value: object, around: Surroundings) -> None:
    word = str(value or "")
    labels = {"": "–", **dict(around.before)}
    labels |= {word: word} if word not in labels else {}
    control.text = word
    control.options = [Option(own, label, own == word) for own, label in labels.items()]


def _words(control: Control, value: object, _around: Surroundings) -> None:
    control.text = ", ".join(str(own) for own in value) if isinstance(value, list) else ""


def _measure(control: Control, value: object, around: Surroundings) -> None:
    filters = value if isinstance(value, Mapping) else {}
    word = str(filters.get("measure", "") if filters else value or "")
    labels = measures_among(control.field.measures)
    labels |= {word: word} if word and word not in labels else {}
    if not control.field.is_needed or not word:
        labels = {"": "–", **labels}
    control.text = word
    control.options = [Option(own, label, own == word) for own, label in labels.items()]
    control.is_on = len(filters) > 1
    fields = (
        Field(key="channels", shape=Shape.PICKS, among=Among.CHANNELS, label=_("Only channels")),
        Field(key="media", shape=Shape.PICKS, among=Among.MEDIA, label=_("Only media")),
        Field(key="windows", shape=Shape.PICKS, among=Among.WINDOWS, label=_("Only windows")),
        Field(key="territories", shape=Shape.WORDS, label=_("Only territories (CN, US…)")),
        Field(key="items", shape=Shape.WORDS, label=_("Only these reports or roles")),
        Field(
            key="over_seconds", shape=Shape.NUMBER, label=_("A play counts from so many seconds")
        ),
        Field(key="fraud", shape=Shape.PICK, label=_("Fraud"), choices=tuple(FRAUDS.items())),
    )
    control.parts = draw_controls(fields, filters, around, f"{control.name}{FILTERS}.")


def _measures(control: Control, value: object, around: Surroundings) -> None:
    several = value if isinstance(value, list) else [value] if value else [None]
    for index, one in enumerate(several):
        asked = Field(
            key=str(index),
            shape=Shape.MEASURE,
            label=control.field.label,
            measures=control.field.measures,
            is_needed=True,
        )
        name = f"{control.name}.{index}"
        inner = Control(asked, name)
        _measure(inner, one, around)
        inner.problems += around.take_problems(name)
        control.rows.append(Row(index, name, [inner]))


def _table(control: Control, value: object, around: Surroundings) -> None:
    control.is_on = isinstance(value, Mapping)
    if isinstance(value, Mapping):
        control.parts = draw_controls(control.field.fields, value, around, f"{control.name}.")


def _rows(control: Control, value: object, around: Surroundings) -> None:
    for index, one in enumerate(value if isinstance(value, list) else []):
        row = one if isinstance(one, Mapping) else {}
        name = f"{control.name}.{index}"
        fields: Iterable[Field] = control.field.fields
        if control.field.key == "when":
            asked = ASKED_BY_CONDITION.get(str(row.get("kind")), set())
            fields = [own for own in fields if own.key == "kind" or own.key in asked]
        drawn = draw_controls(fields, row, around, f"{name}.")
        control.rows.append(Row(index, name, drawn))


def _map(control: Control, value: object, around: Surroundings) -> None:
    by_word = value if isinstance(value, Mapping) else {}
    asked = (
        Field(
            key="word",
            shape=Shape.PICK,
            among=control.field.among,
            label=_("Channel")
            if control.field.among is Among.CHANNELS
            else pgettext("party", "Who"),
            is_needed=True,
        ),
        Field(
            key="value",
            shape=Shape.NUMBER,
            amount=control.field.amount,
            label=_("Share"),
            is_needed=True,
        ),
    )
    for index, (word, number) in enumerate(by_word.items()):
        name = f"{control.name}.{index}"
        drawn = draw_controls(asked, {"word": word, "value": number}, around, f"{name}.")
        drawn[1].problems += around.take_problems(f"{control.name}.{word}")
        control.rows.append(Row(index, name, drawn))


def _options(control: Control, value: object, around: Surroundings) -> None:
    by_word = value if isinstance(value, Mapping) else {}
    asked = (
        Field(key="word", shape=Shape.LINE, label=_("Short name")),
        Field(key="text", shape=Shape.TEXT, label=_("What people read")),
    )
    for index, (word, text) in enumerate(by_word.items()):
        name = f"{control.name}.{index}"
        drawn = draw_controls(asked, {"word": word, "text": text}, around, f"{name}.")
        drawn[0].problems += around.take_problems(f"{control.name}.{word}")
        control.rows.append(Row(index, name, drawn))


def _switch(control: Control, value: object, _around: Surroundings) -> None:
    control.is_on = value is True


_FILLERS = {
    Shape.TEXT: _text,
    Shape.PROSE: _text,
    Shape.LINE: _line,
    Shape.DAY: _line,
    Shape.NUMBER: _number,
    Shape.EXACT: _exact,
    Shape.PICK: _pick,
    Shape.CLAUSE: _clause,
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
