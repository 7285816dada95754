"""The tables follow the models."""

import sys

from tests.support.repository import run


def test_migrations_are_in_step_with_the_models() -> None:
    rooms = ["shared", "productions", "deals", "theater", "settlement", "payouts", "demo"]
    done = run(
        [
            *(sys.executable, "-m", "duanju_web.manage"),
            *("makemigrations", "--check", "--dry-run", *rooms),
        ],
        DJANGO_SETTINGS_MODULE="duanju_web.config.settings.testing",
    )
    assert done.returncode == 0, done.stdout
