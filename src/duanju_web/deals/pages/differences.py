"""Two versions of one policy, clause by clause, and what the difference is worth."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duanju.deals import Policy
from duanju.kernel import round_half_even
from duanju.workflows.differing import ClauseChange, Difference
from duanju_web.deals.mapping.fields import Field, fields_of
from duanju_web.deals.mapping.fields.field import Amount
from duanju_web.deals.pages.calculating import say_problems, typed_or_examples
from duanju_web.deals.pages.forms import PARAMETER, ExpectationForm
from duanju_web.deals.selectors import (
    compare_versions,
    find_expected,
    find_milestones,
    find_policy_version,
    in_reader_language,
    money_in_words,
    number_in_words,
    policy_of,
    put_policy_in_words,
    role_in_words,
)
from duanju_web.shared.permissions import may_act

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


def compare_two(request: HttpRequest, policy_id: str, before: int, after: int) -> HttpResponse:
    """Say what changed from one version to another, in words and in money."""
    old, new = (find_policy_version(policy_id=policy_id, version=own) for own in (before, after))
    if old is None or new is None or before == after:
        raise Http404
    first, second = policy_of(old), policy_of(new)
    asked = {
        "policy": second,
        "expected": find_expected((first, second)),
        "milestones": find_milestones((first, second)),
    }
    form = ExpectationForm(typed_or_examples(request, ExpectationForm(**asked)), **asked)
    context: dict[str, Any] = {"before": old, "after": new, "calculator": form}
    if form.is_valid():
        chosen = form.chosen()
        earlier = {
            **_examples(first),
            **{own.id: chosen[own.id] for own in first.parameters if own.id in chosen},
        }
        found = compare_versions(
            before=first,
            after=second,
            chosen=(_fitting(first, earlier), chosen),
            expected=form.expected,
            expectation=form.expectation(),
        )
        if isinstance(found, Difference):
            context |= _told(found, first, second)
        else:
            context["problems"] = say_problems(found, second)
    if getattr(request, "htmx", False):
        return render(request, "deals/differences_list.html", context)
    context["may_offer"] = may_act(request.actor, kinds=("platform",), roles=("producer",))  # type: ignore[attr-defined]
    return render(request, "deals/differences.html", context)


def _examples(policy: Policy) -> dict[str, str]:
    """Return what a page supposes of the parameters that a policy leaves open."""
    form = ExpectationForm(policy=policy, expected=(), milestones={})
    return {
        name.removeprefix(PARAMETER): str(form.get_initial_for_field(field, name) or "")
        for name, field in form.fields.items()
    }


def _fitting(policy: Policy, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return what is chosen without options that this version does not have."""
    known = {own.id: own for own in policy.parameters}
    return {
        name: value if not known[name].options or value in known[name].options else example
        for name, value in chosen.items()
        if (example := next(iter(known[name].options), "")) is not None
    }


def _told(found: Difference, first: Policy, second: Policy) -> dict[str, Any]:
    code = found.after.currency or found.before.currency or "CNY"
    words = {own.id: own for policy in (first, second) for own in put_policy_in_words(policy, {})}
    kinds = {own.id: own.kind for policy in (first, second) for own in policy.clauses}
    return {
        "changes": [_change(own, code, kinds[own.clause_id], words) for own in found.clauses],
        "totals": [
            {
                "role": role_in_words(role),
                "before": _money(found.before.by_role.get(role), code),
                "after": _money(found.after.by_role.get(role), code),
                "effect": _money(_effect(found.before.by_role, found.after.by_role, role), code),
                "sign": _sign(_effect(found.before.by_role, found.after.by_role, role)),
            }
            for role in dict.fromkeys([*found.after.by_role, *found.before.by_role])
        ],
    }


def _change(own: ClauseChange, code: str, kind: str, words: Mapping[str, Any]) -> dict[str, Any]:
    effects = [
        {
            "role": role_in_words(role),
            "amount": _money(effect, code),
            "sign": _sign(effect),
        }
        for role in dict.fromkeys([*own.after, *own.before])
        if (effect := _effect(own.before, own.after, role))
    ]
    return {
        "title": in_reader_language(own.title),
        "change": own.change.value,
        "fields": [
            {
                "label": label_of(kind, field.path),
                "before": value_of(kind, field.path, field.before),
                "after": value_of(kind, field.path, field.after),
            }
            for field in own.fields
        ],
        "words": words.get(own.clause_id),
        "effects": effects,
    }


def label_of(kind: str, path: str) -> str:
    """Return what the builder calls a value of a clause: `Rates by result 2 · Rate`."""
    labels = []
    fields = fields_of(kind)
    for key in path.split("."):
        if key.isdecimal():
            labels[-1:] = [f"{labels[-1]} {int(key) + 1}"] if labels else [key]
            continue
        own = _named(fields, key)
        if own is None:
            labels.append(_language(key) or role_in_words(key))
            continue
        labels.append(str(own.label))
        fields = own.fields
    return " · ".join(labels)


def value_of(kind: str, path: str, value: object) -> str:
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
    if own is not None and own.choices:
        return str(dict(own.choices).get(str(value), value))
    return str(value)


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


def _language(key: str) -> str:
    return {"en": _("in English"), "zh-Hans": _("in Chinese"), "by_option": ""}.get(key, "")


def _effect(before: Mapping[str, Fraction], after: Mapping[str, Fraction], role: str) -> Fraction:
    return after.get(role, Fraction(0)) - before.get(role, Fraction(0))


def _money(amount: Fraction | None, code: str) -> str:
    return "–" if amount is None else money_in_words(round_half_even(amount), code)


def _sign(amount: Fraction) -> str:
    return "plus" if amount > 0 else "minus" if amount < 0 else ""
