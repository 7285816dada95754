"""The demo's background work."""

from django_tasks import task

from duanju_web.demo.services.drawing import draw_and_deliver


@task()
def draw_episode_task(slug: str, number: int) -> None:
    """Draw one episode of a story and deliver it."""
    draw_and_deliver(slug=slug, number=number)
