"""Reading the whole lake again, to find what was changed behind its manifest's back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duanju_web.shared.problems import put_in_words
from duanju_web.theater.collecting import event_lake


class Command(BaseCommand):
    """Verify every sealed file and every link of the manifest's chain."""

    help = "Verify every sealed file of events and every link of the manifest's chain."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Print each problem and fail, or print the digest to keep elsewhere."""
        lake = event_lake()
        problems = lake.verify()
        for problem in map(put_in_words, problems):
            self.stderr.write(f"{problem.place}: {problem.sentence} {problem.hint}")
        if problems:
            raise CommandError(f"{len(problems)} problems in the lake")
        self.stdout.write(f"{lake.position()} sealed files, digest {lake.digest() or '-'}")
