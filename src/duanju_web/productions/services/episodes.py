"""Turning received files into episodes."""

import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError

from duanju.kernel import Problem, Where
from duanju_web.productions.models import (
    Episode,
    EpisodeState,
    Original,
    Title,
    Upload,
    UploadState,
)
from duanju_web.productions.services.originals import keep_original
from duanju_web.productions.services.packaging import queue_packaging
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit

EPISODE_NUMBER_MAX = 9_999


class EpisodeNotFailed(Exception):
    """Only an episode whose file failed can be tried again or deleted."""

    code = "productions.episode-not-failed"


@transaction.atomic
def accept_uploads(
    *, title: Title, numbers: Mapping[uuid.UUID, int], now: datetime
) -> tuple[Problem, ...]:
    """Make episodes of received files, under the numbers that the studio agreed to.

    An episode that has a file already gets the new one.

    Args:
        title: Whose files they are.
        numbers: Upload to episode number; files left out go on waiting.
        now: The time, aware.

    Returns:
        What is wrong with the numbers, in which case nothing was changed.
    """
    uploads = list(
        Upload.objects.select_for_update(of=("self",))
        .filter(title=title, state=UploadState.RECEIVED, pk__in=numbers)
        .select_related("original")
    )
    problems = _number_problems(uploads, numbers)
    if problems:
        return problems
    for upload in sorted(uploads, key=lambda upload: numbers[upload.pk]):
        assert upload.original is not None, "a received file is kept"
        _deliver(title, numbers[upload.pk], upload.original, upload.name, now, is_queued=True)
        upload.delete()
    return ()


def receive_episode_file(
    *, title: Title, number: int, path: Path, name: str, now: datetime, is_queued: bool = True
) -> Episode:
    """Take a file from the disk as an episode; the file is copied and left where it is.

    The same content for an episode that plays, or is about to, changes nothing.

    Args:
        title: Whose episode.
        number: Which, from 1.
        path: The file.
        name: What its owner calls it.
        now: The time, aware.
        is_queued: Whether a worker packages it; else the caller does, with
            `package_waiting_episode`.
    """
    original = keep_original(path=path, name=name, now=now)
    with transaction.atomic():
        return _deliver(title, number, original, name, now, is_queued=is_queued)


@transaction.atomic
def retry_episode(*, episode: Episode, now: datetime) -> None:
    """Package a failed episode's file again.

    Raises:
        EpisodeNotFailed: It is in another state.
    """
    retried = Episode.objects.filter(
        pk=episode.pk, state=EpisodeState.FAILED, original__isnull=False
    ).update(state=EpisodeState.WAITING, problem=None, progress_per_mille=0, changed_at=now)
    if not retried:
        raise EpisodeNotFailed(str(episode))
    queue_packaging(episode.pk)


@transaction.atomic
def delete_failed_episode(*, actor: Actor, episode: Episode, now: datetime) -> tuple[Problem, ...]:
    """Delete an episode whose file failed.

    Returns:
        The reason why it must stay, in which case nothing was changed: somebody bought it.

    Raises:
        EpisodeNotFailed: It is in another state.
    """
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    if episode.state != EpisodeState.FAILED:
        raise EpisodeNotFailed(str(episode))
    before = {"title": episode.title_id, "number": episode.number, "file": episode.file_name}
    try:
        with transaction.atomic():
            record_audit(
                actor=actor,
                action="productions.delete-episode",
                target=episode,
                before=before,
                after=None,
                now=now,
            )
            episode.delete()
    except ProtectedError:
        number = {"number": episode.number}
        return (Problem("productions.episode-was-bought", Where(), number),)
    return ()


def _number_problems(
    uploads: list[Upload], numbers: Mapping[uuid.UUID, int]
) -> tuple[Problem, ...]:
    counts = Counter(numbers.values())
    problems = []
    for upload in uploads:
        where, number = Where(file=upload.name), numbers[upload.pk]
        if not 1 <= number <= EPISODE_NUMBER_MAX:
            params = {"number": number, "allowed": EPISODE_NUMBER_MAX}
            problems.append(Problem("productions.number-out-of-range", where, params))
        elif counts[number] > 1:
            params = {"number": number, "files": counts[number]}
            problems.append(Problem("media.same-number", where, params))
    if len(uploads) != len(numbers):
        gone = len(numbers) - len(uploads)
        problems.append(Problem("productions.upload-gone", params={"files": gone}))
    return tuple(problems)


def _deliver(
    title: Title, number: int, original: Original, name: str, now: datetime, *, is_queued: bool
) -> Episode:
    episode, _made = Episode.objects.select_for_update().get_or_create(
        title=title, number=number, defaults={"changed_at": now}
    )
    done = (EpisodeState.READY, EpisodeState.WAITING, EpisodeState.PACKAGING)
    if episode.original_id == original.pk and episode.state in done:
        return episode
    episode.original = original
    episode.file_name = name
    episode.state = EpisodeState.WAITING
    episode.progress_per_mille = 0
    episode.problem = None
    episode.changed_at = now
    episode.save()
    if is_queued:
        queue_packaging(episode.pk)
    return episode
