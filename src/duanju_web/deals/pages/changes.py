"""What differs between two terms, as people read it: labels, values, money."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from duanju.adapters.documents.field_words import words_in
from duanju.adapters.documents.sentences import LANGUAGES
from duanju.deals import MEASURES, ParameterValue, Policy
from duanju.kernel import Text, round_half_even
from duanju.workflows.differing import ClauseChange, Difference, FieldChange
from duanju_web.deals.mapping.fields import Field, fields_of
from duanju_web.deals.mapping.fields.field import Among, Amount
from duanju_web.deals.mapping.vocabulary import KINDS, named, reader_language
from duanju_web.deals.selectors import (
    in_reader_language,
    money_in_words,
    number_in_words,
    put_policy_in_words,
    role_in_words,
)

KEYS = {
    "counted": "measure",
    "tiers": "tier",
    "bands": "band",
    "deductions": "deduction",
    "instalments": "instalment",
    "coefficients": "coefficient",
    "steps": "step",
    "receivers": "receiver",
    "gates": "gate",
    "stakes": "stake",
    "share_tiers": "share_tier",
    "lengthened": "lengthening",
    "threshold": "above",
}
"""Names of a clause's values to the keys under which documents have them."""

PARAMETER = "parameter"
TEXTS = ("title", "explanation")

Names = Mapping[str, str]
"""Ids of parameters, options and clauses to their titles."""


def tell_difference(
    found: Difference,
    policies: Iterable[Policy],
    *,
    values: Iterable[Mapping[str, ParameterValue]] = (),
) -> dict[str, Any]:
    """Return what a template shows of a difference: `changes` and `totals`.

    Args:
        found: The difference.
        policies: Those that are told apart, the earlier first.
        values: What each chooses, in the same order; without them sentences have blanks.
    """
    several = tuple(policies)
    chosen = tuple(values) or ({},) * len(several)
    code = found.after.currency or found.before.currency or "CNY"
    words = {
        own.id: own
        for policy, known in zip(several, chosen, strict=True)
        for own in put_policy_in_words(policy, known)
    }
    kinds = {own.id: own.kind for policy in several for own in policy.clauses}
    names = names_in(several)
    return {
        "changes": [
            _change(own, code, kinds[own.clause_id], words, names) for own in found.clauses
        ],
        "totals": [
            {
                "role": role_in_words(role),
                "before": _money(found.before.by_role.get(role), code),
                "after": _money(found.after.by_role.get(role), code),
                "effect": _money(effect, code),
                "sign": sign_of(effect),
            }
            for role in dict.fromkeys([*found.after.by_role, *found.before.by_role])
            for effect in (_effect(found.before.by_role, found.after.by_role, role),)
        ],
    }


def tell_effect(
    before: Mapping[tuple[str, str], Fraction], after: Mapping[tuple[str, str], Fraction]
) -> list[dict[str, str]]:
    """Return what each party has more or less by an amendment, a row a role and currency."""
    rows = []
    for role, code in dict.fromkeys([*after, *before]):
        old, new = (own.get((role, code), Fraction(0)) for own in (before, after))
        rows.append(
            {
                "role": role_in_words(role),
                "before": _money(old, code),
                "after": _money(new, code),
                "effect": _money(new - old, code),
                "sign": sign_of(new - old),
            }
        )
    return rows


def names_in(policies: Iterable[Policy]) -> dict[str, str]:
    """Return the titles of parameters, options and clauses by their ids."""
    names: dict[str, str] = {}
    for policy in policies:
        for parameter in policy.parameters:
            names[parameter.id] = in_reader_language(parameter.title)
            for word, title in parameter.options.items():
                names.setdefault(word, in_reader_language(title))
        names |= {clause.id: in_reader_language(clause.title) for clause in policy.clauses}
    return names


def label_of(kind: str, path: str, names: Names | None = None) -> str:
    """Return what the builder calls a value of a clause: `Rates by result 2 · Rate`."""
    known = names or {}
    labels: list[str] = []
    fields, found = fields_of(kind), None
    for key in path.split("."):
        if key in TEXTS:
            labels.append(_in_language(words_in("label", key)))
            continue
        if key.isdecimal():
            labels[-1:] = [f"{labels[-1]} {int(key) + 1}"] if labels else [key]
            continue
        own = _named(fields, key)
        if own is not None:
            labels.append(str(own.label))
            fields, found = own.fields, own
            continue
        said = _key_in_words(key, found, known)
        if said:
            labels.append(said)
    return " · ".join(labels)


def value_of(kind: str, path: str, value: object, names: Names | None = None) -> str:
    """Return a value as people read it; an empty string for none."""
    if value is None or value in ([], {}):
        return ""
    own = _field_at(kind, path)
    if _is_left_to_deal(path, own):
        title = (names or {}).get(str(value), str(value))
        return _("what the deal says: %(parameter)s") % {"parameter": title}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Fraction | int):
        number = Fraction(value)
        if own is not None and own.amount is Amount.SHARE:
            return f"{number_in_words(number * 100)}%"
        return number_in_words(number)
    return _word_in_words(str(value), path.rpartition(".")[2], own, names or {})


def sign_of(amount: Fraction) -> str:
    """Return whether an amount is `plus`, `minus` or nothing, as styles name it."""
    return "plus" if amount > 0 else "minus" if amount < 0 else ""


def _word_in_words(word: str, key: str, own: Field | None, names: Names) -> str:
    """Return what people call a word of terms, by the field that it stands in."""
    choices = dict(own.choices) if own is not None else {}
    among = own.among if own is not None else Among.CHOICES
    if word in choices:
        return str(choices[word])
    if among is Among.CURRENCIES:
        return f"{named('currency', word)} ({word})"
    if word in names:
        return names[word]
    if among in KINDS or word in MEASURES:
        return named(KINDS.get(among, "measure"), word)
    told = words_in("word", word, owner=key)
    return _in_language(told) if told else word


def _key_in_words(key: str, within: Field | None, names: Names) -> str:
    """Return what people call a key that is no field: a language, an option, a channel, a role."""
    language = {"en": _("in English"), "zh-Hans": _("in Chinese")}.get(key)
    if language is not None:
        return "" if key == reader_language() else language
    if key == "inclusive":
        return _("threshold included")
    if key in ("by_option", "names", PARAMETER):
        return ""
    if key in names:
        return names[key]
    if within is not None and within.among in KINDS:
        return named(KINDS[within.among], key)
    told = words_in("label", key)
    return _in_language(told) if told else role_in_words(key)


def _in_language(told: Mapping[str, str]) -> str:
    return in_reader_language(Text(dict(told)))


def _change(
    own: ClauseChange, code: str, kind: str, words: Mapping[str, Any], names: Names
) -> dict[str, Any]:
    effects = [
        {
            "role": role_in_words(role),
            "amount": _money(effect, code),
            "sign": sign_of(effect),
        }
        for role in dict.fromkeys([*own.after, *own.before])
        if (effect := _effect(own.before, own.after, role))
    ]
    return {
        "title": in_reader_language(own.title),
        "change": own.change.value,
        "fields": _rows(own.fields, kind, names),
        "words": words.get(own.clause_id),
        "effects": effects,
    }


def _rows(fields: Iterable[FieldChange], kind: str, names: Names) -> list[dict[str, str]]:
    """Return what changed, a row a value.

    A number that became the deal's to say, or the other way round, is one value under two paths. A
    text that changed in several languages is told in the reader's.
    """
    rows: dict[str, dict[str, str]] = {}
    paths = {field.path for field in fields}
    for field in fields:
        head, _dot, last = field.path.rpartition(".")
        if last in LANGUAGES and f"{head}.{reader_language()}" in paths - {field.path}:
            continue
        label = label_of(kind, field.path, names)
        told = {
            "before": value_of(kind, field.path, field.before, names),
            "after": value_of(kind, field.path, field.after, names),
        }
        known = rows.get(label)
        if known is None or any(known[side] and told[side] for side in told):
            rows[label if known is None else field.path] = {"label": label, **told}
        else:
            known.update({side: text for side, text in told.items() if text})
    return list(rows.values())


def _is_left_to_deal(path: str, own: Field | None) -> bool:
    """Tell whether a path names the parameter that stands in the place of a number or word."""
    return path.rpartition(".")[2] == PARAMETER and (own is None or own.key != PARAMETER)


def _field_at(kind: str, path: str) -> Field | None:
    fields, found = fields_of(kind), None
    for key in path.split("."):
        own = _named(fields, key)
        if own is not None:
            fields, found = own.fields, own
    return found


def _named(fields: tuple[Field, ...], key: str) -> Field | None:
    wanted = KEYS.get(key, key)
    return next((own for own in fields if own.key in (key, wanted)), None)


def _effect(before: Mapping[str, Fraction], after: Mapping[str, Fraction], role: str) -> Fraction:
    return after.get(role, Fraction(0)) - before.get(role, Fraction(0))


def _money(amount: Fraction | None, code: str) -> str:
    return "–" if amount is None else money_in_words(round_half_even(amount), code)
