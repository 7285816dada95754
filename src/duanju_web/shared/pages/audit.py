"""The trail of an organisation, for its owners."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duanju_web.shared.permissions import acting_as
from duanju_web.shared.selectors import audit_entries_of

ENTRIES_A_PAGE = 30


@acting_as(roles=("owner",))
def audit_log(request: HttpRequest) -> HttpResponse:
    """Show who changed what, newest first."""
    entries = audit_entries_of(request.actor.organisation)  # type: ignore[attr-defined]
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "shared/audit_log.html", {"page": page})
