"""What every way of running Duanju has in common."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

environment = environ.Env()

SOURCE_FOLDER = Path(__file__).resolve().parents[2]
REPOSITORY_FOLDER = SOURCE_FOLDER.parents[1]
PACKED_FRONTEND_FOLDER = SOURCE_FOLDER / "frontend_dist"
IS_INSTALLED = PACKED_FRONTEND_FOLDER.is_dir()
"""Whether this runs from a wheel, which carries what a clone has in folders above the package."""

_DATA_UNLESS_SAID = Path.cwd() / "duanju-data" if IS_INSTALLED else REPOSITORY_FOLDER / "data"
DATA_FOLDER = Path(environment.str("DUANJU_DATA", default=str(_DATA_UNLESS_SAID))).resolve()
POLICIES_FOLDER = (
    SOURCE_FOLDER.parent / "duanju" / "conformance" / "policies"
    if IS_INSTALLED
    else REPOSITORY_FOLDER / "policies"
)
ORIGINALS_FOLDER = DATA_FOLDER / "originals"
UPLOADS_FOLDER = DATA_FOLDER / "uploads"
MEDIA_FOLDER = DATA_FOLDER / "media"
LAKE_FOLDER = DATA_FOLDER / "lake"
SPOOL_FOLDER = DATA_FOLDER / "spool"
SPOOL_MAX_BYTES = 2 * 1024**3
COLLECTOR_PORT = environment.int("DUANJU_COLLECTOR_PORT", default=0)
"""Where the collector listens; 0 where none does, or where `serve` is to take any free port."""
COLLECTOR_BODY_SECONDS_MAX = 10.0
PLAYERS_ASK_THE_COLLECTOR = False
"""Whether players send beacons to that port themselves. Else a proxy leads `/events` to it."""
CLOSES_FOLDER = DATA_FOLDER / "closes"
MAIL_FOLDER = DATA_FOLDER / "mail"
DISPUTES_FOLDER = DATA_FOLDER / "disputes"
SIGNING_KEYS_FOLDER = DATA_FOLDER / "keys"
"""Each platform's private key, made at first use; whoever has it can sign in its name."""

DEBUG = False
DEMO = False
ALLOWED_HOSTS: list[str] = []
SITE_ADDRESS = ""
"""Where mails that no request causes say the pages are; without a slash at the end."""
ROOT_URLCONF = "duanju_web.config.urls"
WSGI_APPLICATION = "duanju_web.config.wsgi.application"
AUTH_USER_MODEL = "shared.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "duanju_web.shared",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "duanju_web.productions",
    "duanju_web.library",
    "duanju_web.screenplays",
    "duanju_web.deals",
    "duanju_web.theater",
    "duanju_web.settlement",
    "duanju_web.payouts",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "duanju_web.shared.content_policy.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "duanju_web.shared.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "duanju_web.shared.context.surroundings",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
    ),
}


def database(url: str) -> dict[str, object]:
    """Read a database URL; SQLite gets write-ahead logging and durable commits."""
    settings = environ.Env.db_url_config(url)
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = SQLITE_OPTIONS
    return settings


DATABASES = {
    "default": database(
        environment.str("DATABASE_URL", default=f"sqlite:///{DATA_FOLDER / 'duanju.sqlite3'}")
    )
}

SITE_ID = 1
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "duanju_web.shared.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Duanju 短剧 · "
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Duanju"
MFA_TOTP_TOLERANCE = 1
BANK_ACCOUNT_WAIT_DAYS = 7
"""How long another bank account waits before it receives; until then it can be stopped."""
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
FRONTEND_DIST_FOLDER = (
    PACKED_FRONTEND_FOLDER if IS_INSTALLED else REPOSITORY_FOLDER / "frontend" / "dist"
)
STATICFILES_DIRS = [FRONTEND_DIST_FOLDER] if FRONTEND_DIST_FOLDER.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86_400
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/"
"""Vite writes the contents' hash into these names, so browsers keep them for good."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024**2
MONTHS_CLOSE_EARLY = False
"""Whether a month that still runs may be closed; only the demo has a use for it."""
PAYMENT_PROVIDER = ""
"""Dotted path of a `duanju_web.theater.payments.PaymentProvider`."""
MEDIA_GRANT_LIFETIME_S = 4 * 3600
THEATER_CURRENCY = environment.str("DUANJU_CURRENCY", default="CNY")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
"""What goes wrong is said on standard error, where whoever runs the server looks first."""
