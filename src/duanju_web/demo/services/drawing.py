"""Having the six stories drawn and delivered like any studio's files."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from duanju_web.demo.drawing import draw_episode, load_stories
from duanju_web.productions.models import Title
from duanju_web.productions.services import receive_episode_file
from duanju_web.shared.actor import Actor


def queue_drawing() -> int:
    """Queue every episode of every story, all first episodes first; returns how many."""
    from duanju_web.demo.tasks import draw_episode_task

    stories = load_stories()
    count = 0
    for number in range(1, max(len(story.episodes) for story in stories) + 1):
        for story in stories:
            if number <= len(story.episodes):
                draw_episode_task.enqueue(story.slug, number)
                count += 1
    return count


def draw_and_deliver(*, slug: str, number: int) -> None:
    """Draw one episode, hand it in as the studio would, and publish once something plays."""
    story = next(story for story in load_stories() if story.slug == slug)
    title = Title.objects.select_related("studio").get(slug=slug)
    membership = title.studio.memberships.select_related("user", "organisation").earliest("id")
    actor = Actor(membership.user, membership)
    settings.UPLOADS_FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.UPLOADS_FOLDER) as folder:
        path = Path(folder) / f"{slug}-{number:02d}.mp4"
        drawn = draw_episode(story=story, episode_number=number, path=path)
        receive_episode_file(
            actor=actor, title=title, number=number, path=path, name=path.name, now=timezone.now()
        )
        keep_subtitles(title, number, drawn.subtitles)


def keep_subtitles(title: Title, number: int, subtitles: Mapping[str, str]) -> None:
    """Put the subtitles beside the packaged episode."""
