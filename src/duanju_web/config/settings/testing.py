"""The demo's settings in a temporary folder, on the database that the run asks for."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="duanju-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DUANJU_DATA"] = str(_folder)
if os.environ.get("DUANJU_TEST_DATABASE") == "postgresql":
    os.environ["DATABASE_URL"] = os.environ["DUANJU_TEST_POSTGRESQL_URL"]
else:
    os.environ["DATABASE_URL"] = f"sqlite:///{_folder / 'duanju.sqlite3'}"

from duanju_web.config.settings.demo import *  # noqa: E402, F403
from duanju_web.config.settings.demo import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In memory, SQLite neither waits for locks nor writes ahead: threads would be tested otherwise
    # than they run.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}

MONTHS_CLOSE_EARLY = False
SECRET_KEY = "testing-only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
SITE_ADDRESS = "https://duanju.invalid"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
