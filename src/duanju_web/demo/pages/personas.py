"""Choosing who to be."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from duanju_web.demo.selectors import find_persona, persona_groups

_BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@require_GET
def choose_persona(request: HttpRequest) -> HttpResponse:
    """Show everybody a visitor can be."""
    return render(request, "demo/personas.html", {"groups": persona_groups()})


@require_POST
def become_persona(request: HttpRequest) -> HttpResponse:
    """Log in as the chosen persona and go to its first page."""
    user = find_persona(request.POST.get("email", ""))
    if user is None:
        raise Http404
    login(request, user, backend=_BACKEND)
    return redirect("theater" if not user.memberships.exists() else "home")
