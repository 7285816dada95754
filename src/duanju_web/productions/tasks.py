"""What workers do for this room."""

from django.utils import timezone
from django_tasks import task

from duanju_web.productions.services import package_waiting_episode


@task()
def package_episode_task(episode_id: int) -> None:
    """Package an episode if it still waits."""
    package_waiting_episode(episode_id=episode_id, clock=timezone.now)
