"""The Django application `screenplays`."""

from django.apps import AppConfig


class ScreenplaysConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.screenplays"
    label = "screenplays"

    def ready(self) -> None:
        """Bring in the names of what is audited."""
        from duanju_web.screenplays.actions import ACTIONS
        from duanju_web.shared.actions import register_actions

        register_actions(ACTIONS)
