"""The demo: builds its world once, then serves it."""

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from duanju_web.demo.services import queue_drawing
from duanju_web.demo.world import DEMO_PASSWORD, VIEWER_EMAIL, load_organisations

DEFAULT_PORT = 8000


class Command(BaseCommand):
    """Loads the world into a folder beside the data folder and moves it in when it is whole."""

    help = "Load the demo world if it is not there, and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port; the variable PORT is the default."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or DEFAULT_PORT))

    def handle(self, *_args: Any, port: int, **_options: Any) -> None:
        """Build if needed, say who can log in, and serve until Ctrl-C."""
        folder: Path = settings.DATA_FOLDER
        if not (folder / "duanju.sqlite3").exists():
            self._build(folder)
        call_command("migrate", verbosity=0)
        queue_drawing()
        self._print_personas()
        call_command("serve", port=port)

    def _build(self, folder: Path) -> None:
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(
                f"{folder} holds other things than a demo. Empty it, or choose another folder: "
                "`make demo DATA=…`, or the variable DUANJU_DATA."
            )
        unfinished = folder.with_name(folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.stdout.write("Building the demo world:")
        built = subprocess.run(
            [sys.executable, "-m", "duanju_web.manage", "load_demo"],
            env={**os.environ, "DUANJU_DATA": str(unfinished)},
            check=False,
        )
        if built.returncode:
            raise CommandError(
                f"The world was not built; what there is of it lies in {unfinished}."
            )
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)

    def _print_personas(self) -> None:
        lines = [f"  {'viewer':<10} {VIEWER_EMAIL}"]
        seen: set[str] = set()
        for organisation in load_organisations():
            if organisation.kind not in seen:
                seen.add(organisation.kind)
                lines.append(f"  {organisation.kind:<10} {organisation.people[0].email}")
        self.stdout.write(f"One log-in a persona (password of all: {DEMO_PASSWORD}):")
        self.stdout.write("\n".join(lines))
        self.stdout.write("Or choose at /demo/ with one click. Nothing here costs real money.")
