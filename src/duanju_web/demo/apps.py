"""The Django application `demo`."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.demo"
    label = "demo"
