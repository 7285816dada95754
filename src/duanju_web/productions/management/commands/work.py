"""The worker: takes up what a dead one left, then works through the queue."""

import os
import secrets
import socket
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from duanju_web.productions.services import discard_expired_uploads, requeue_abandoned_episodes

_NICENESS = 10
"""Viewers come first: packaging takes what the server leaves of the processor."""


class Command(db_worker.Command):
    """Runs `db_worker` after letting wait again what a worker that died had begun."""

    help = "Package episodes and do other background work."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, then work until told to stop."""
        os.nice(_NICENESS)
        now = timezone.now()
        requeue_tasks_of_dead_workers()
        requeue_abandoned_episodes(now=now)
        discard_expired_uploads(now=now)
        options["worker_id"] = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        super().handle(*args, **options)


def requeue_tasks_of_dead_workers() -> int:
    """Let the tasks wait again whose worker on this machine is gone; return how many.

    Every task may be begun twice, since a worker can be killed at any moment.
    """
    requeued = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        worker_id = task.worker_ids[-1] if task.worker_ids else ""
        host, _, rest = worker_id.partition(":")
        process_id = rest.partition(":")[0]
        if host == socket.gethostname() and process_id.isdigit() and not _runs(int(process_id)):
            requeued += DBTaskResult.objects.filter(
                pk=task.pk, status=TaskResultStatus.RUNNING
            ).update(status=TaskResultStatus.READY, started_at=None)
    return requeued


def _runs(process_id: int) -> bool:
    if process_id == os.getpid():
        return False
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
