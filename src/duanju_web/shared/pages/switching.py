"""Choosing for whom one acts."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from duanju_web.shared.middleware import ACTING_ORGANISATION_KEY
from duanju_web.shared.selectors import memberships_of


@login_required
@require_POST
def switch_organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Act for another of one's own organisations from now on."""
    if not memberships_of(request.user).filter(organisation_id=organisation_id).exists():  # type: ignore[arg-type]
        raise Http404
    request.session[ACTING_ORGANISATION_KEY] = organisation_id
    return redirect("home")
