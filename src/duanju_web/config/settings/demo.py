"""The demo on one machine: SQLite, mail to a folder, sandbox payments, one-click personas."""

from duanju_web.config.settings.foundation import *  # noqa: F403
from duanju_web.config.settings.foundation import INSTALLED_APPS, MAIL_FOLDER

DEMO = True
MONTHS_CLOSE_EARLY = True
PLAYERS_ASK_THE_COLLECTOR = True
SECRET_KEY = "demo-only-not-secret"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "duanju_web.demo"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = MAIL_FOLDER
DEFAULT_FROM_EMAIL = "Duanju <demo@duanju.invalid>"
PAYMENT_PROVIDER = "duanju_web.theater.payments.SandboxProvider"
