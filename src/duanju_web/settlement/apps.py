"""The Django application `settlement`."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.settlement"
    label = "settlement"
