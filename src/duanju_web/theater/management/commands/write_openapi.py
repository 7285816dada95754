"""The description of the API, written where readers and programs find it."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

OPENAPI_PATH = "docs/reference/openapi.json"


def openapi_document() -> str:
    """Return the OpenAPI document of the theater's API, in English."""
    from duanju_web.theater.api import api

    with override("en"):
        schema = api.get_openapi_schema(path_prefix="/api/")
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


class Command(BaseCommand):
    """Write the OpenAPI document, or tell whether it is up to date."""

    help = f"Write {OPENAPI_PATH}."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--check`."""
        parser.add_argument("--check", action="store_true", help="only compare; fail if it differs")

    def handle(self, *_arguments: Any, check: bool, **_options: Any) -> None:
        """Write or compare."""
        if settings.IS_INSTALLED:
            raise CommandError(f"{OPENAPI_PATH} is a file of the clone; run this there.")
        path = settings.REPOSITORY_FOLDER / OPENAPI_PATH
        document = openapi_document()
        if not check:
            path.write_text(document, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != document:
            raise CommandError(f"{OPENAPI_PATH} is out of date; run `manage.py write_openapi`.")
