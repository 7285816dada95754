"""`manage.py import_policies [FOLDER]`."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from duanju.kernel import ProblemsFound
from duanju_web.deals.services import import_policies
from duanju_web.shared.problems import put_in_words


class Command(BaseCommand):
    """Adds published policies to the library; those that are there already stay as they are."""

    help = "Add the policies of a folder of TOML files to the library."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the folder."""
        parser.add_argument("folder", nargs="?", type=Path, default=settings.POLICIES_FOLDER)

    def handle(self, *_args: object, **options: Path) -> None:
        """Import, and say what was found."""
        try:
            found = import_policies(folder=options["folder"], now=timezone.now())
        except ProblemsFound as error:
            words = [put_in_words(problem) for problem in error.problems]
            lines = [f"{each.place}: {each.sentence} {each.hint}".strip() for each in words]
            raise CommandError("\n".join(lines)) from error
        for version in found.added:
            self.stdout.write(f"added {version}")
        self.stdout.write(f"{len(found.added)} added, {found.unchanged} unchanged")
