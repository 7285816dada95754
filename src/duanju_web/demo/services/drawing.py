"""Having the six stories drawn and delivered like any studio's files."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from duanju_web.demo.drawing import Story, draw_episode, load_stories
from duanju_web.demo.world import drawn_episode_counts
from duanju_web.productions.models import Episode, EpisodeState, Title, TitleState
from duanju_web.productions.services import (
    package_waiting_episode,
    publish_title,
    receive_episode_file,
)
from duanju_web.shared.actor import Actor

SUBTITLES_FOLDER = "subtitles"


class DrawnEpisodeRefused(RuntimeError):
    """The ordinary way in refused a drawn episode; its drawing must be mended."""

    code = "demo.drawn-episode-refused"


def queue_drawing() -> int:
    """Queue every episode that does not play yet, all first episodes first; returns how many.

    Called before a worker starts: what an earlier one left queued, or half drawn when it was
    stopped, is queued anew.
    """
    from duanju_web.demo.tasks import draw_episode_task

    DBTaskResult.objects.filter(
        task_path=draw_episode_task.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
    ).delete()
    playing = set(
        Episode.objects.filter(state=EpisodeState.READY).values_list("title__slug", "number")
    )
    wanted = sorted(
        (number, order, slug)
        for order, (slug, count) in enumerate(drawn_episode_counts().items())
        for number in range(1, count + 1)
        if (slug, number) not in playing
    )
    for number, _order, slug in wanted:
        draw_episode_task.enqueue(slug, number)
    return len(wanted)


def draw_and_deliver(*, slug: str, number: int) -> None:
    """Draw one episode, hand it in as the studio would, and publish once something plays.

    Drawing again what plays already changes nothing, so a worker that was killed may start over.
    """
    story = next(story for story in load_stories() if story.slug == slug)
    title = Title.objects.select_related("studio").get(slug=slug)
    if title.episodes.filter(number=number, state=EpisodeState.READY).exists():
        return
    settings.UPLOADS_FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.UPLOADS_FOLDER) as folder:
        episode, subtitles = _draw(story, title, number, Path(folder))
    problem = package_waiting_episode(episode_id=episode.pk, clock=timezone.now)
    if problem is not None:
        raise DrawnEpisodeRefused(f"{slug} {number}: {problem.code}")
    episode.refresh_from_db()
    _keep_subtitles(episode, subtitles)
    if title.state != TitleState.PUBLISHED:
        _publish(title, now=timezone.now())


def _draw(
    story: Story, title: Title, number: int, folder: Path
) -> tuple[Episode, Mapping[str, str]]:
    path = folder / f"{story.slug}-{number:02d}.mp4"
    drawn = draw_episode(story=story, episode_number=number, path=path)
    episode = receive_episode_file(
        title=title,
        number=number,
        path=path,
        name=path.name,
        now=timezone.now(),
        is_queued=False,
    )
    return episode, drawn.subtitles


def _publish(title: Title, *, now: datetime) -> None:
    membership = title.studio.memberships.select_related("user", "organisation").earliest("id")
    obstacles = publish_title(actor=Actor(membership.user, membership), title=title, now=now)
    if obstacles:
        raise DrawnEpisodeRefused(f"{title.slug}: {', '.join(o.code for o in obstacles)}")


def _keep_subtitles(episode: Episode, subtitles: Mapping[str, str]) -> None:
    """Put the subtitles beside the packaged episode, where the player looks for them."""
    folder = settings.MEDIA_FOLDER / episode.media_folder / SUBTITLES_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for tag, text in subtitles.items():
        (folder / f"{tag}.vtt").write_text(text, encoding="utf-8")
