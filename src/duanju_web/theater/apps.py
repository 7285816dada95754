"""The Django application `theater`."""

from django.apps import AppConfig


class TheaterConfig(AppConfig):
    """Names the application."""

    name = "duanju_web.theater"
    label = "theater"

    def ready(self) -> None:
        """Bring in the sentences, and give a device's coins to the account that logs in."""
        from django.contrib.auth.signals import user_logged_in

        from duanju_web.shared.actions import register_actions
        from duanju_web.shared.problems import register_problems
        from duanju_web.theater.problems import ACTIONS, SENTENCES
        from duanju_web.theater.viewing import adopt_device

        register_problems(SENTENCES)
        register_actions(ACTIONS)
        user_logged_in.connect(adopt_device, dispatch_uid="theater.adopt-device")
