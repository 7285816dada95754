"""Two versions of one policy, clause by clause, and what the difference is worth."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duanju.deals import Policy
from duanju.workflows.differing import Difference
from duanju_web.deals.pages.calculating import say_problems, typed_or_examples
from duanju_web.deals.pages.changes import tell_difference
from duanju_web.deals.pages.forms import PARAMETER, ExpectationForm
from duanju_web.deals.selectors import (
    compare_versions,
    find_expected,
    find_milestones,
    find_policy_version,
    policy_of,
)
from duanju_web.shared.permissions import may_act


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
    context: dict[str, Any] = {
        "before": old,
        "after": new,
        "before_label": _("Version %(number)s") % {"number": old.version},
        "after_label": _("Version %(number)s") % {"number": new.version},
        "calculator": form,
    }
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
            context |= tell_difference(found, (first, second))
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
