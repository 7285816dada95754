"""The demo's settings in a temporary folder, on the database that the run asks for."""

import os
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="duanju-test-"))
os.environ.setdefault("DUANJU_DATA", str(_folder))
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder / 'duanju.sqlite3'}")

from duanju_web.config.settings.demo import *  # noqa: E402, F403

SECRET_KEY = "testing-only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
