"""Making episodes playable, in the background and against crashes.

An episode is packaged by whoever holds its lock file. The kernel lets go of the lock when a worker
dies, so an episode that says `packaging` while nobody holds its lock was abandoned.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from duanju.adapters.media import MediaProbe, PackagedEpisode, package_episode, probe_media
from duanju.kernel import Problem, Where
from duanju_web.productions.mapping import problem_as_json
from duanju_web.productions.models import Episode, EpisodeState, Title
from duanju_web.productions.services.originals import path_of

_PROGRESS_EVERY = timedelta(seconds=1)
_AGAIN_AFTER = timedelta(seconds=10)

Clock = Callable[[], datetime]


class PackagingSuperseded(Exception):
    """The episode got another file, or was deleted, while its file was being packaged."""

    code = "productions.packaging-superseded"


def queue_packaging(episode_id: int, *, not_before: datetime | None = None) -> None:
    """Ask a worker to package an episode; in the transaction that makes it wait."""
    from duanju_web.productions.tasks import package_episode_task

    package_episode_task.using(run_after=not_before).enqueue(episode_id=episode_id)


def package_waiting_episode(
    *,
    episode_id: int,
    clock: Clock,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Problem | None:
    """Package a waiting episode; one that does not wait, or is being packaged, is left alone.

    Args:
        episode_id: Which.
        clock: Gives the time, aware.
        on_progress: Called with 0 to 1000 per mille, besides what is saved with the episode.

    Returns:
        What is wrong with the file; it is kept with the episode, which is then `failed`.
    """
    with _sole_packager(episode_id) as is_alone:
        if not is_alone:
            # Its old file is still being packaged; the new one must not be forgotten.
            queue_packaging(episode_id, not_before=clock() + _AGAIN_AFTER)
            return None
        episode = _claim(episode_id, clock())
        if episode is None:
            return None
        try:
            result = _package(episode, clock, on_progress)
        except PackagingSuperseded:
            return None
        except Exception:
            broken = Problem("productions.packaging-broke", Where(file=episode.file_name))
            _save_problem(episode, broken, clock())
            raise
        if isinstance(result, Problem):
            _save_problem(episode, result, clock())
            return result
        _save_packaged(episode, result, clock())
        return None


def requeue_abandoned_episodes(*, now: datetime) -> int:
    """Queue what no living worker packages; return how many.

    Those that wait are queued as well, since whoever brought them may have died before packaging
    them; being queued twice does no harm.
    """
    unfinished = Episode.objects.filter(state__in=(EpisodeState.PACKAGING, EpisodeState.WAITING))
    requeued = 0
    for episode in unfinished.order_by("pk"):
        with _sole_packager(episode.pk) as is_alone, transaction.atomic():
            if is_alone and Episode.objects.filter(
                pk=episode.pk, state=episode.state, original_id=episode.original_id
            ).update(state=EpisodeState.WAITING, progress_per_mille=0, changed_at=now):
                queue_packaging(episode.pk)
                requeued += 1
    return requeued


@contextmanager
def _sole_packager(episode_id: int) -> Iterator[bool]:
    """Tell whether nobody else packages an episode, and keep it so until the end."""
    folder = Path(settings.MEDIA_FOLDER) / ".locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / str(episode_id)).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _claim(episode_id: int, now: datetime) -> Episode | None:
    claimed = Episode.objects.filter(pk=episode_id, state=EpisodeState.WAITING).update(
        state=EpisodeState.PACKAGING, progress_per_mille=0, problem=None, changed_at=now
    )
    if not claimed:
        return None
    return Episode.objects.select_related("original").get(pk=episode_id)


def _package(
    episode: Episode, clock: Clock, on_progress: Callable[[int], None]
) -> PackagedEpisode | Problem:
    assert episode.original is not None, "an episode waits only when it has a file"
    source = path_of(episode.original)
    probe = probe_media(path=source, name=episode.file_name)
    if not isinstance(probe, MediaProbe):
        return probe
    saved_at = clock()

    def save_progress(per_mille: int) -> None:
        nonlocal saved_at
        on_progress(per_mille)
        now = clock()
        if now - saved_at >= _PROGRESS_EVERY:
            saved_at = now
            if not _still(episode).update(progress_per_mille=per_mille, changed_at=now):
                raise PackagingSuperseded(str(episode))

    return package_episode(
        source=source,
        probe=probe,
        folder=Path(settings.MEDIA_FOLDER) / _folder_of(episode),
        on_progress=save_progress,
        name=episode.file_name,
    )


def _still(episode: Episode) -> QuerySet[Episode]:
    """The episode, if it is still packaged from the same file."""
    return Episode.objects.filter(
        pk=episode.pk, state=EpisodeState.PACKAGING, original_id=episode.original_id
    )


def _folder_of(episode: Episode) -> str:
    assert episode.original is not None
    return f"{episode.title_id}/{episode.pk}-{episode.original.sha256[:16]}"


def _save_problem(episode: Episode, problem: Problem, now: datetime) -> None:
    _still(episode).update(
        state=EpisodeState.FAILED,
        problem=problem_as_json(problem),
        progress_per_mille=0,
        changed_at=now,
    )


@transaction.atomic
def _save_packaged(episode: Episode, packaged: PackagedEpisode, now: datetime) -> None:
    before, folder = episode.media_folder, _folder_of(episode)
    saved = _still(episode).update(
        state=EpisodeState.READY,
        progress_per_mille=1000,
        problem=None,
        duration_ms=packaged.duration_ms,
        width=packaged.width,
        height=packaged.height,
        media_folder=folder,
        packaged=asdict(packaged),
        changed_at=now,
    )
    if not saved:
        return
    _choose_poster(episode.title_id)
    if before and before != folder:
        transaction.on_commit(
            lambda: shutil.rmtree(Path(settings.MEDIA_FOLDER) / before, ignore_errors=True)
        )


def _choose_poster(title_id: int) -> None:
    """Show the first episode that plays on the poster, unless the title has one of its own."""
    first = Episode.objects.filter(title_id=title_id, state=EpisodeState.READY).first()
    from_episode = Q(poster="") | Q(poster__startswith=f"{title_id}/")
    if first is not None:
        Title.objects.filter(from_episode, pk=title_id).update(
            poster=f"{first.media_folder}/poster.webp"
        )
