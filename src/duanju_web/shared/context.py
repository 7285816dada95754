"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Give templates the actor and whether this is the demo."""
    return {"actor": getattr(request, "actor", None), "demo": settings.DEMO}
