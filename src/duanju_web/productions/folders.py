"""Bringing a folder of videos into a title, for the command line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from duanju.adapters.media import order_episodes
from duanju.kernel import Problem
from duanju_web.productions.mapping import problem_from_json
from duanju_web.productions.models import (
    Episode,
    EpisodeState,
    Genre,
    Orientation,
    Title,
)
from duanju_web.productions.problems import say
from duanju_web.productions.services import (
    VIDEO_SUFFIXES,
    TitleDetails,
    create_title,
    package_waiting_episode,
    receive_episode_file,
)
from duanju_web.shared.actor import Actor
from duanju_web.shared.selectors import organisations_of_kind

Say = Callable[[str], object]


class TitleNotFound(LookupError):
    """There is no such title, and no studio was named to make it for."""

    code = "productions.title-not-found"


def ingest_folder(*, folder: Path, title_slug: str, studio_slug: str, say_line: Say) -> int:
    """Receive and package every video of a folder, one after the other.

    Args:
        folder: Searched with all its folders; hidden files are left out.
        title_slug: Which title.
        studio_slug: Whose title it is; needed only to make it.
        say_line: Called with each line for the person.

    Returns:
        How many files could not be used.

    Raises:
        TitleNotFound: No such title or studio.
    """
    title = _title(title_slug, studio_slug, folder.resolve().name)
    names = [str(path.relative_to(folder)) for path in _videos(folder)]
    order = order_episodes(names=names)
    numbers = [number for number, _name in order.numbered]
    for problem in order.problems:
        _tell(problem, say_line)
    failed_count = 0
    for number, name in order.numbered:
        if numbers.count(number) > 1:
            failed_count += 1
            continue
        problem = _ingest_file(title, number, folder / name, name)
        failed_count += problem is not None
        if problem is not None:
            _tell(problem, say_line)
    counts = {"ready": len(numbers) - failed_count, "total": len(numbers)}
    say_line(_("%(ready)s of %(total)s files play.") % counts)
    return failed_count


def _title(slug: str, studio_slug: str, folder_name: str) -> Title:
    title = Title.objects.filter(slug=slug).select_related("studio").first()
    if title is not None and studio_slug in {"", title.studio.slug}:
        return title
    studio = organisations_of_kind("studio").filter(slug=studio_slug).first()
    if title is not None or studio is None:
        raise TitleNotFound(
            _("There is no title %(title)s of that studio; name a studio to make one.")
            % {"title": slug}
        )
    details = TitleDetails(
        name={"zh-Hans": folder_name} if not folder_name.isascii() else {"en": folder_name},
        orientation=Orientation.VERTICAL.value,
        genre=Genre.ROMANCE.value,
    )
    now = timezone.now()
    return create_title(actor=Actor(), studio=studio, details=details, now=now, slug=slug)


def _videos(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not is_hidden and path.suffix.casefold() in VIDEO_SUFFIXES:
            yield path


def _ingest_file(title: Title, number: int, path: Path, name: str) -> Problem | None:
    episode = receive_episode_file(
        title=title,
        number=number,
        path=path,
        name=Path(name).name,
        now=timezone.now(),
        is_queued=False,
    )
    with _progress_bar(Path(name).name) as show:
        package_waiting_episode(episode_id=episode.pk, clock=timezone.now, on_progress=show)
    kept = Episode.objects.get(pk=episode.pk)
    return problem_from_json(kept.problem) if kept.state == EpisodeState.FAILED else None


@contextmanager
def _progress_bar(name: str) -> Iterator[Callable[[int], None]]:
    with tqdm(total=1000, desc=name, unit="‰", bar_format="{desc} {bar} {percentage:3.0f}%") as bar:
        yield lambda per_mille: bar.update(per_mille - bar.n) and None


def _tell(problem: Problem, say_line: Say) -> None:
    said = say(problem)
    place = f"{said.place}: " if said.place else ""
    say_line(f"{place}{said.sentence} {said.hint}".strip())
