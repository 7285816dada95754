"""The Django application `productions`."""

from django.apps import AppConfig


class ProductionsConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.productions"
    label = "productions"

    def ready(self) -> None:
        """Bring in the sentences."""
        from duanju_web.productions.problems import SENTENCES
        from duanju_web.shared.problems import register_problems

        register_problems(SENTENCES)
