"""What lets anybody in, or gives coins for nothing, refuses to start elsewhere."""

import sys

import pytest

from tests.support.repository import run

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "careless",
    "DUANJU_SECRET_KEY": "a-secret-for-this-test-only",
    "DUANJU_HOSTS": "duanju.example.org",
    "DUANJU_EMAIL_URL": "smtp://mail.example.org:25",
    "DUANJU_FROM_EMAIL": "noreply@example.org",
}


@pytest.mark.parametrize(
    ("carelessness", "said"),
    [
        ("INSTALLED_APPS = [*INSTALLED_APPS, 'duanju_web.demo']", "Demo log-ins let anybody in"),
        (
            "PAYMENT_PROVIDER = 'duanju_web.theater.payments.SandboxProvider'",
            "sandbox payment gives coins for nothing",
        ),
        ("DEBUG = True", "Debug pages show code"),
    ],
)
def test_a_demo_part_refuses_to_start_under_production_settings(
    tmp_path, carelessness: str, said: str
) -> None:
    done = _start(tmp_path, carelessness)
    assert done.returncode != 0
    assert said in done.stdout


def test_production_settings_start_without_demo_parts(tmp_path) -> None:
    done = _start(tmp_path, "")
    assert done.returncode == 0, done.stdout


def _start(folder, carelessness: str):
    (folder / "careless.py").write_text(
        f"from duanju_web.config.settings.production import *\n{carelessness}\n", "utf-8"
    )
    variables = {**PRODUCTION, "PYTHONPATH": str(folder), "DUANJU_DATA": str(folder)}
    start = "import duanju_web.config.wsgi"
    return run([sys.executable, "-c", start], **variables, DATABASE_URL="sqlite://:memory:")
