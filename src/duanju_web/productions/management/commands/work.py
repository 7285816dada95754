"""The worker: takes up what a dead one left, then works through the queue."""

from typing import Any

from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from duanju_web.productions.services import discard_expired_uploads, requeue_abandoned_episodes


class Command(db_worker.Command):
    """Runs `db_worker` after letting abandoned episodes wait again."""

    help = "Package episodes and do other background work."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, then work until told to stop."""
        now = timezone.now()
        requeue_abandoned_episodes(now=now)
        discard_expired_uploads(now=now)
        super().handle(*args, **options)
