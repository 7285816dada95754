"""The Django application `deals`."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.deals"
    label = "deals"
