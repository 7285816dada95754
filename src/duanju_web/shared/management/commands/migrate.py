"""Django's `migrate`, which here also makes the data folder: SQLite's file lies in it."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoCommand


class Command(DjangoCommand):
    """Makes the data folder if it is not there, and then the tables."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Make the folder before Django's checks, which already ask the database."""
        settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
        return super().execute(*args, **options)
