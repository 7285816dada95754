"""The Django application `deals`."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.deals"
    label = "deals"

    def ready(self) -> None:
        """Give the room's problems and actions their sentences."""
        from duanju_web.deals.problems import ACTIONS, SENTENCES
        from duanju_web.shared.actions import register_actions
        from duanju_web.shared.problems import register_problems

        register_problems(SENTENCES)
        register_actions(ACTIONS)
