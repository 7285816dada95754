"""The library of policies, open to everybody."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from duanju.deals import Policy
from duanju_web.deals.pages.calculating import calculator
from duanju_web.deals.selectors import (
    find_policy_version,
    in_reader_language,
    policy_of,
    policy_versions,
    put_parameters_in_words,
    put_policy_in_words,
    versions_of,
)
from duanju_web.shared.permissions import may_act

POLICIES_A_PAGE = 20


def library(request: HttpRequest) -> HttpResponse:
    """List every published version."""
    page = Paginator(policy_versions().defer("document"), POLICIES_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "today": timezone.now().date()}
    return render(request, "deals/policies.html", context)


def policy(request: HttpRequest, policy_id: str, version: int) -> HttpResponse:
    """Explain one version and compute it before anybody signs."""
    found = find_policy_version(policy_id=policy_id, version=version)
    if found is None:
        raise Http404
    terms = policy_of(found)
    computed = calculator(request, policy=terms)
    if getattr(request, "htmx", False):
        return render(request, "deals/calculation.html", computed)
    context = {
        "version": found,
        "versions": versions_of(policy_id).defer("document"),
        "clauses": put_policy_in_words(terms, {}),
        "parameters": put_parameters_in_words(terms, {}),
        "sources": _sources(terms),
        "may_offer": may_act(request.actor, kinds=("platform",), roles=("producer",)),  # type: ignore[attr-defined]
        **computed,
    }
    return render(request, "deals/policy.html", context)


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
