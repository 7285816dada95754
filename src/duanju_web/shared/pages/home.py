"""Where each persona arrives."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the acting organisation, or for the viewer."""
    return render(request, "shared/home.html")
