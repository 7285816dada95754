"""The Django application `library`."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.library"
    label = "library"

    def ready(self) -> None:
        """Bring in the sentences and the names of what is audited."""
        from duanju_web.library.actions import ACTIONS
        from duanju_web.library.problems import SENTENCES
        from duanju_web.shared.actions import register_actions
        from duanju_web.shared.problems import register_problems

        register_problems(SENTENCES)
        register_actions(ACTIONS)
