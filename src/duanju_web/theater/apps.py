"""The Django application `theater`."""

from django.apps import AppConfig


class TheaterConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.theater"
    label = "theater"
