"""What differs between two terms, as people read it: labels, values, money."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from duanju.adapters.documents.field_words import words_in
from duanju.deals import MEASURES, Policy
from duanju.kernel import Text, round_half_even
from duanju.workflows.differing import ClauseChange, Difference
from duanju_web.deals.mapping.fields import Field, fields_of
from duanju_web.deals.mapping.fields.field import Among, Amount
from duanju_web.deals.mapping.vocabulary import KINDS, named
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

Names = Mapping[str, str]
"""Ids of parameters, options and clauses to their titles."""


def tell_difference(found: Difference, policies: Iterable[Policy]) -> dict[str, Any]:
    """Return what a template shows of a difference: `changes` and `totals`.

    Args:
        found: The difference.
        policies: Those that are told apart, the earlier first.
    """
    several = tuple(policies)
    code = found.after.currency or found.before.currency or "CNY"
    words = {own.id: own for policy in several for own in put_policy_in_words(policy, {})}
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
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    own = _field_at(kind, path)
    if isinstance(value, Fraction):
        if own is not None and own.amount is Amount.SHARE:
            return f"{number_in_words(value * 100)}%"
        return number_in_words(value)
    if isinstance(value, int):
        return number_in_words(Fraction(value))
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
        return language
    if key in ("by_option", "names"):
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
        "fields": [
            {
                "label": label_of(kind, field.path, names),
                "before": value_of(kind, field.path, field.before, names),
                "after": value_of(kind, field.path, field.after, names),
            }
            for field in own.fields
        ],
        "words": words.get(own.clause_id),
        "effects": effects,
    }


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
