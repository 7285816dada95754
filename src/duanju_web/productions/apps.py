"""The Django application `productions`."""

from django.apps import AppConfig


class ProductionsConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.productions"
    label = "productions"
