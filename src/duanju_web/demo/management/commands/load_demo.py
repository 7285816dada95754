"""Builds the demo world in an empty data folder."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from tqdm import tqdm

from duanju_web.demo.services import load_world


class Command(BaseCommand):
    """Migrates an empty database and loads the world, with a progress bar a step."""

    help = "Build the demo world in an empty data folder (DUANJU_DATA)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Build everything, or fail and leave a folder that is thrown away."""
        settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        bars: dict[str, tqdm] = {}  # type: ignore[type-arg]

        def report(step: str, done: int, total: int) -> None:
            if step not in bars:
                bars[step] = tqdm(
                    total=total,
                    desc=f"  {step:<16}",
                    bar_format="{desc}{bar:30} {percentage:3.0f}%  {elapsed}",
                    file=self.stdout._out,
                )
            bar = bars[step]
            bar.update(done - bar.n)
            if done >= total:
                bar.close()

        load_world(report=report)
