"""The library of policies, open to everybody."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duanju.deals import Policy
from duanju_web.deals.mapping.fields import CLAUSE_KINDS
from duanju_web.deals.models import PolicyVersion
from duanju_web.deals.pages.calculating import calculator
from duanju_web.deals.pages.drafts import as_toml
from duanju_web.deals.pages.timeline import Scale, state_of
from duanju_web.deals.selectors import (
    find_policy_ids,
    find_policy_version,
    in_reader_language,
    policy_of,
    put_parameters_in_words,
    put_policy_in_words,
    versions_by_policy,
    versions_of,
)
from duanju_web.shared.permissions import may_act

POLICIES_A_PAGE = 12
SEARCH_CHARACTERS_MAX = 80


class LibraryForm(forms.Form):
    """Narrows the library down."""

    words = forms.CharField(label=_("Search"), required=False, max_length=SEARCH_CHARACTERS_MAX)
    kind = forms.ChoiceField(label=_("Kind of cooperation"), required=False)
    on = forms.DateField(
        label=_("In force on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the kinds."""
        super().__init__(*args, **kwargs)
        kinds = [(kind.name, kind.label) for kind in CLAUSE_KINDS.values()]
        self.fields["kind"].choices = [("", _("every kind")), *kinds]  # type: ignore[attr-defined]


def library(request: HttpRequest) -> HttpResponse:
    """List the policies with their versions, narrowed down by what was asked."""
    form = LibraryForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    ids = find_policy_ids(
        words=asked.get("words", ""), on=asked.get("on"), kind=asked.get("kind", "")
    )
    page = Paginator(ids, POLICIES_A_PAGE).get_page(request.GET.get("page"))
    grouped = versions_by_policy(list(page.object_list))
    today = timezone.now().date()
    scale = Scale.of((own for several in grouped.values() for own in several), today)
    context = {
        "form": form,
        "page": page,
        "is_narrowed": any(asked.values()),
        "policies": [_listed(several, scale) for several in grouped.values()],
        "may_write": _may_write(request),
    }
    template = "deals/library_list.html" if _is_part(request) else "deals/policies.html"
    return render(request, template, context)


def policy(request: HttpRequest, policy_id: str, version: int) -> HttpResponse:
    """Explain one version and compute it before anybody signs."""
    found = find_policy_version(policy_id=policy_id, version=version)
    if found is None:
        raise Http404
    terms = policy_of(found)
    computed = calculator(request, policy=terms)
    if getattr(request, "htmx", False):
        return render(request, "deals/calculation.html", computed)
    several = list(versions_of(policy_id).defer("document", "words"))
    today = timezone.now().date()
    context = {
        "version": found,
        "versions": several,
        "state": state_of(found, today),
        "timeline": Scale.of(several, today).draw(several),
        "others": [own for own in several if own.pk != found.pk],
        "clauses": put_policy_in_words(terms, {}),
        "parameters": put_parameters_in_words(terms, {}),
        "sources": _sources(terms),
        "kinds": kinds_named(found),
        "may_offer": may_act(request.actor, kinds=("platform",), roles=("producer",)),  # type: ignore[attr-defined]
        "may_write": _may_write(request),
        **computed,
    }
    return render(request, "deals/policy.html", context)


def download(_request: HttpRequest, policy_id: str, version: int) -> HttpResponse:
    """Hand out a version's document."""
    found = find_policy_version(policy_id=policy_id, version=version)
    if found is None:
        raise Http404
    return as_toml(found.document, f"{found.policy_id}-{found.version}")


def kinds_named(version: PolicyVersion) -> list[Any]:
    """Return the kinds of a version's clauses, as they are called."""
    return [CLAUSE_KINDS[name] for name in version.kinds.strip(",").split(",") if name]


def _listed(several: list[PolicyVersion], scale: Scale) -> dict[str, Any]:
    """Return a policy as the library shows it: by the version in force, else the newest."""
    today: date = scale.today
    running = [own for own in several if state_of(own, today) == "running"]
    shown = (running or several)[0]
    return {
        "shown": shown,
        "state": state_of(shown, today),
        "versions": several,
        "timeline": scale.draw(several),
        "kinds": kinds_named(shown),
    }


def _is_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _may_write(request: HttpRequest) -> bool:
    return may_act(request.actor, kinds=("platform",), roles=("producer",))  # type: ignore[attr-defined]


def _sources(terms: Policy) -> list[dict[str, object]]:
    return [
        {
            "title": in_reader_language(source.title),
            "published_on": source.published_on,
            "address": source.address,
            "note": in_reader_language(source.note) if source.note else "",
        }
        for source in terms.sources
    ]
