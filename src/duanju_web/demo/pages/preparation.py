"""How far the demo's media are, told while they are being made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from duanju_web.demo.selectors import media_preparation

STOP_POLLING = 286
"""The status at which htmx stops asking."""


@require_GET
def show_preparation(request: HttpRequest) -> HttpResponse:
    """Answer a line with the progress, and nothing once all plays."""
    preparation = media_preparation()
    if preparation.done:
        return HttpResponse(status=STOP_POLLING)
    response = render(request, "demo/preparation.html", {"preparation": preparation})
    if request.GET.get("seen") == "0" and preparation.ready_count:
        response["HX-Refresh"] = "true"
    return response
