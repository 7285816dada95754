"""Server, collector, worker and sealer of events, started and ended together."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, get_commands
from django.db import connections

from duanju_web.shared.serving import (
    AddressTaken,
    announce_when_answering,
    any_free_port,
    collector_command,
    require_free,
    run_together,
    server_command,
)

DEFAULT_PORT = 8000


class Command(BaseCommand):
    """Serves until Ctrl-C; if one process ends by itself, all end and the exit code says so."""

    help = "Run the server, the collector, the worker and the sealer of events together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address; the variable PORT is the default."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or DEFAULT_PORT))
        parser.add_argument(
            "--collector-port",
            type=int,
            default=settings.COLLECTOR_PORT,
            help="where beacons are taken; 0, the default, is any free port",
        )

    def handle(
        self, *_args: Any, host: str, port: int, collector_port: int, **_options: Any
    ) -> None:
        """Run everything and exit with the right code."""
        _require_free(host, port, f"PORT={port + 1}")
        if collector_port:
            _require_free(host, collector_port, "DUANJU_COLLECTOR_PORT")
        collector_port = collector_port or any_free_port(host=host, other_than=port)
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        announce_when_answering(address, lambda: self._announce(address))
        settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
        connections.close_all()
        code, ended_first = run_together(
            {
                "server": server_command(host=host, port=port),
                "collector": collector_command(host=host, port=collector_port),
                **_background(),
            },
            environment={
                "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
                "PYTHONUNBUFFERED": "1",
                "DUANJU_COLLECTOR_PORT": str(collector_port),
            },
        )
        if code:
            raise CommandError(
                f"{ended_first} ended by itself with code {code}, so everything was stopped. "
                "Its last lines are above.",
                returncode=code,
            )

    def _announce(self, address: str) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nDuanju 短剧 answers at {address}\n"))
        self.stdout.flush()


def _require_free(host: str, port: int, choice: str) -> None:
    try:
        require_free(host=host, port=port)
    except AddressTaken as error:
        raise CommandError(
            f"{error}. Another program uses this port: choose one with {choice}."
        ) from None


def _background() -> dict[str, list[str]]:
    command = [sys.executable, "-m", "duanju_web.manage"]
    processes = {"worker": [*command, "work", "--no-startup-delay"]}
    if "seal_events" in get_commands():
        processes["sealer"] = [*command, "seal_events"]
    return processes
