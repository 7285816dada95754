"""What must not start together: parts of the demo under production settings."""

from django.apps import apps
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

SANDBOX_PROVIDER = "duanju_web.theater.payments.SandboxProvider"


class DemoPartInProduction(ImproperlyConfigured):
    """A part that only the demo may have is switched on elsewhere."""

    code = "shared.demo-part-in-production"


def refuse_demo_parts(settings: LazySettings) -> None:
    """Refuse to start when demo log-ins, sandbox payment or debug pages are on outside the demo.

    It runs whenever Django starts, under any server, not only under `manage.py check`.

    Raises:
        DemoPartInProduction: Names the part and what to change.
    """
    if settings.DEMO:
        return
    if apps.is_installed("duanju_web.demo"):
        raise DemoPartInProduction(
            "Demo log-ins let anybody in: remove 'duanju_web.demo' from INSTALLED_APPS."
        )
    if settings.PAYMENT_PROVIDER == SANDBOX_PROVIDER:
        raise DemoPartInProduction(
            "The sandbox payment gives coins for nothing: set DUANJU_PAYMENT_PROVIDER to a real "
            "provider, or leave it empty."
        )
    if settings.DEBUG:
        raise DemoPartInProduction("Debug pages show code to visitors: set DEBUG to False.")
