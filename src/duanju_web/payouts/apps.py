"""The Django application `payouts`."""

from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.payouts"
    label = "payouts"

    def ready(self) -> None:
        """Give the room's problems and actions their sentences."""
        from duanju_web.payouts.problems import ACTIONS, SENTENCES
        from duanju_web.shared.actions import register_actions
        from duanju_web.shared.problems import register_problems

        register_problems(SENTENCES)
        register_actions(ACTIONS)
