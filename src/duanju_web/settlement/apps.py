"""The Django application `settlement`."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.settlement"
    label = "settlement"

    def ready(self) -> None:
        """Give the room's problems and actions their sentences."""
        from duanju_web.settlement import remitting_problems, report_problems
        from duanju_web.settlement.problems import ACTIONS, SENTENCES
        from duanju_web.shared.actions import register_actions
        from duanju_web.shared.problems import register_problems

        register_problems(SENTENCES)
        register_actions(ACTIONS)
        register_problems(report_problems.SENTENCES)
        register_actions(report_problems.ACTIONS)
        register_problems(remitting_problems.SENTENCES)
        register_actions(remitting_problems.ACTIONS)
