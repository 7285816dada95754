"""The Django application `productions`."""

from django.apps import AppConfig


class ProductionsConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.productions"
    label = "productions"

    def ready(self) -> None:
        """Bring in the sentences and the names of what is audited."""
        from duanju_web.productions.actions import ACTIONS
        from duanju_web.productions.problems import SENTENCES
        from duanju_web.shared.actions import register_actions
        from duanju_web.shared.problems import register_problems

        register_problems(SENTENCES)
        register_actions(ACTIONS)
