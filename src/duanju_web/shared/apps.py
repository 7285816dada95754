"""The Django application `shared`."""

from django.apps import AppConfig
from django.conf import settings

from duanju_web.shared.checks import refuse_demo_parts


class SharedConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.shared"
    label = "shared"

    def ready(self) -> None:
        """Keep demo parts out of production; find what rooms put on first pages."""
        from duanju_web.shared import home

        refuse_demo_parts(settings)
        home.discover()
