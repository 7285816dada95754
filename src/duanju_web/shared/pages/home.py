"""Where each persona arrives."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from duanju_web.shared.home import VIEWER, Asked, sections_of, tasks_of


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the acting organisation, or for the viewer."""
    kind = request.actor.kind or VIEWER  # type: ignore[attr-defined]
    asked = Asked(request=request, kind=kind, now=timezone.now())
    context = {"kind": kind, "tasks": tasks_of(asked), "sections": sections_of(asked)}
    return render(request, "shared/home.html", context)
