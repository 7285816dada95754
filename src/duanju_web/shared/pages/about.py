"""What Duanju is, in one screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def about(request: HttpRequest) -> HttpResponse:
    """Say what Duanju does for each side."""
    return render(request, "shared/about.html")
