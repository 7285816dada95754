"""Files that lie with an episode or a title."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from duanju_web.theater.selectors.catalogue import ready_episode

SUBTITLES_FOLDER = "subtitles"
_LANGUAGE_NAMES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
"""Each in its own language, as a menu of languages has them."""


@dataclass(frozen=True, slots=True)
class Subtitle:
    """Subtitles of an episode in one language.

    Attributes:
        tag: BCP 47.
        label: The language's name in that language.
        path: The file, relative to the episode's media folder.
    """

    tag: str
    label: str
    path: str


def media_folder() -> Path:
    """Return the folder below which all packaged media lie."""
    return Path(settings.MEDIA_FOLDER)


def subtitles_of(episode: Any) -> tuple[Subtitle, ...]:
    """Return the subtitles that lie beside an episode's media, by tag."""
    folder = media_folder() / episode.media_folder / SUBTITLES_FOLDER
    return tuple(
        Subtitle(
            tag=file.stem,
            label=_LANGUAGE_NAMES.get(file.stem, file.stem),
            path=f"{SUBTITLES_FOLDER}/{file.name}",
        )
        for file in sorted(folder.glob("*.vtt"))
    )


def poster_file(title: Any) -> str | None:
    """Return a title's poster relative to the media folder: its own, else its first episode's."""
    if title.poster:
        return str(title.poster)
    episode = ready_episode(title=title, number=title.first_number)
    return f"{episode.media_folder}/poster.webp" if episode else None
