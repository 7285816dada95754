"""The sealer: carries unlocks and seals the spool, once or for as long as it runs."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from duanju_web.theater.services import seal_events

EVERY_S = 10.0
_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Carry unlocks into the spool and seal the spool into the lake."""

    help = "Carry unlocks into the spool and seal the spool into the lake."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--once` or `--every`."""
        parser.add_argument("--once", action="store_true", help="seal once and end")
        parser.add_argument(
            "--every", type=float, default=EVERY_S, help="seconds between two seals"
        )

    def handle(self, *_arguments: Any, once: bool, every: float, **_options: Any) -> None:
        """Seal until told to stop; a signal lets the seal under way end."""
        stopped = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            try:
                self._seal()
            except Exception:
                # A disk that is full or a database that is busy is no reason to stop for good:
                # nothing is lost, and the next round begins where the last good one ended.
                if once:
                    raise
                _log.exception("the seal failed and is tried again")
            if once or stopped.wait(every):
                return

    def _seal(self) -> None:
        report = seal_events(now=timezone.now())
        if report.events or report.rejected:
            self.stdout.write(
                f"sealed {report.events} events; kept apart {dict(report.rejected) or 'none'}"
            )
        for name in report.torn_files:
            self.stderr.write(f"{name} ended in the middle of a frame; it is kept as .torn")
