"""A real installation. Everything secret comes from the environment; nothing of the demo loads."""

from duanju_web.config.settings.foundation import *  # noqa: F403
from duanju_web.config.settings.foundation import environment

SECRET_KEY = environment.str("DUANJU_SECRET_KEY")
ALLOWED_HOSTS = environment.list("DUANJU_HOSTS")
SITE_ADDRESS = f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else ""
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
PAYMENT_PROVIDER = environment.str("DUANJU_PAYMENT_PROVIDER", default="")
ACCOUNT_EMAIL_VERIFICATION = "mandatory"

globals().update(environment.email_url("DUANJU_EMAIL_URL"))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = environment.str("DUANJU_FROM_EMAIL")

SECURE_SSL_REDIRECT = environment.bool("DUANJU_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
