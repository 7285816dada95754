"""Files that have come in and are not yet episodes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import QuerySet

from duanju.adapters.media import order_episodes
from duanju.kernel import Problem, Where
from duanju_web.productions.models import Episode, EpisodeState, Title, Upload, UploadState
from duanju_web.shared.models import Organisation


@dataclass(frozen=True, slots=True)
class ProposedEpisode:
    """A received file with the number proposed for it.

    Attributes:
        upload: The file.
        number: The proposed episode number.
        problems: What should be looked at before accepting: the same number twice, a guess, an
            episode that would be replaced.
    """

    upload: Upload
    number: int
    problems: tuple[Problem, ...]


def find_upload_of(studio: Organisation, upload_id: uuid.UUID) -> Upload | None:
    """Return an upload to one of the studio's own titles, or None."""
    return Upload.objects.filter(pk=upload_id, title__studio=studio).select_related("title").first()


def unfinished_uploads(title: Title) -> QuerySet[Upload]:
    """Return the uploads of which a part has not come yet."""
    return Upload.objects.filter(title=title, state=UploadState.RECEIVING)


def refused_uploads(title: Title) -> QuerySet[Upload]:
    """Return the uploads that can never become episodes, each with its problem."""
    return Upload.objects.filter(title=title, state=UploadState.REFUSED)


def proposed_order(title: Title) -> tuple[ProposedEpisode, ...]:
    """Return the received files in the order that their names suggest, with what to look at.

    A file that was brought for a certain episode has that number, whatever its name says.
    """
    uploads = list(
        Upload.objects.filter(title=title, state=UploadState.RECEIVED).select_related("original")
    )
    keys = {f"{index}/{upload.name}": upload for index, upload in enumerate(uploads)}
    free = [key for key, upload in keys.items() if upload.proposed_number is None]
    order = order_episodes(names=free)
    numbered = [(number, keys[key]) for number, key in order.numbered]
    numbered += [(u.proposed_number, u) for u in uploads if u.proposed_number is not None]
    delivered = _delivered_numbers(title)
    guessed = {keys[p.where.file].pk for p in order.problems if p.code == "media.number-guessed"}
    counts: dict[int, int] = {}
    for number, _ in numbered:
        counts[number] = counts.get(number, 0) + 1
    return tuple(
        ProposedEpisode(
            upload,
            number,
            _doubts(
                upload,
                number,
                files=counts[number],
                is_guess=upload.pk in guessed,
                replaces=number in delivered,
            ),
        )
        for number, upload in sorted(numbered, key=lambda pair: (pair[0], pair[1].name))
    )


def missing_numbers(title: Title, proposed: Sequence[ProposedEpisode]) -> tuple[Problem, ...]:
    """Return the gaps that would be left before the last episode, were the order accepted."""
    if not proposed:
        return ()
    present = sorted({0, *_delivered_numbers(title), *(entry.number for entry in proposed)})
    return tuple(
        Problem("media.number-missing", params={"first": before + 1, "last": after - 1})
        for before, after in pairwise(present)
        if after > before + 1
    )


def _delivered_numbers(title: Title) -> frozenset[int]:
    delivered = Episode.objects.filter(title=title).exclude(state=EpisodeState.EXPECTED)
    return frozenset(delivered.values_list("number", flat=True))


def _doubts(
    upload: Upload, number: int, *, files: int, is_guess: bool, replaces: bool
) -> tuple[Problem, ...]:
    where = Where(file=upload.name)
    doubts = []
    if files > 1:
        doubts.append(Problem("media.same-number", where, {"number": number, "files": files}))
    if is_guess:
        doubts.append(Problem("media.number-guessed", where, {"number": number}))
    if replaces:
        doubts.append(Problem("productions.replaces-episode", where, {"number": number}))
    return tuple(doubts)
