"""What workers do for this room."""

from django.utils import timezone
from django_tasks import task

from duanju_web.library.services import take_in


@task()
def take_in_task(import_id: int) -> None:
    """Take in what is left of a table of works."""
    take_in(import_id=import_id, now=timezone.now())
