"""Stories out of TOML files, with every fault of a file reported at once."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from duanju.kernel import Problem, ProblemsFound, Text, Where
from duanju_web.demo.drawing.backgrounds import PLACES
from duanju_web.demo.drawing.camera import MOVES
from duanju_web.demo.drawing.costumes import COSTUMES
from duanju_web.demo.drawing.faces import FEELINGS
from duanju_web.demo.drawing.gestures import GESTURES
from duanju_web.demo.drawing.hair import HAIR
from duanju_web.demo.drawing.palette import Palette
from duanju_web.demo.drawing.props import PROPS
from duanju_web.demo.drawing.score import MOODS
from duanju_web.demo.drawing.staging import FRAMES
from duanju_web.demo.drawing.story import (
    LANGUAGES,
    CastMember,
    Episode,
    KeyArt,
    Line,
    Look,
    Scene,
    Shot,
    Story,
)

STORIES = Path(__file__).parent.parent / "stories"
"""The folder of the stories that come with the demo world."""

_LOOK = {
    "female": False, "age": "adult", "hair_style": "swept", "hair": "#1f1a20", "costume": "suit",
    "main": "#2b3350", "second": "#eef0f5", "accent": "#b3374a", "skin": "#f3cdb4",
    "iris": "#6b4630", "ornament": "none", "glasses": False, "beard": False, "earrings": False,
}  # fmt: skip
_CHOICES: Mapping[str, Sequence[str]] = {
    "age": ("child", "adult", "old"),
    "hair_style": tuple(HAIR),
    "costume": tuple(COSTUMES),
    "ornament": ("none", "crown", "hairpin", "flower"),
    "orientation": ("vertical", "horizontal"),
    "production_kind": ("live_action", "ai_made"),
    "lettering": ("serif", "sans"),
    "place": tuple(PLACES),
    "mood": tuple(MOODS),
    "frame": FRAMES,
    "move": MOVES,
    "prop": PROPS,
    "feels": tuple(FEELINGS),
    "gesture": GESTURES,
}


def load_stories(*, folder: Path = STORIES) -> tuple[Story, ...]:
    """Read every story of a folder, in the order of the file names.

    Raises:
        ProblemsFound: At least one file is at fault; all faults of all files are in it.
    """
    read = [read_story(path=path) for path in sorted(folder.glob("*.toml"))]
    problems = tuple(problem for each in read if isinstance(each, tuple) for problem in each)
    if problems:
        raise ProblemsFound(problems)
    return tuple(story for story in read if isinstance(story, Story))


def read_story(*, path: Path) -> Story | tuple[Problem, ...]:
    """Read one story, or say everything that is wrong with its file.

    Problem codes: `drawing.not-toml`, `drawing.missing`, `drawing.not-translated`,
    `drawing.unknown-choice`, `drawing.not-in-cast`, `drawing.no-lines`.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        return (Problem("drawing.not-toml", Where(path.name), {"reason": str(error)}),)
    reader = _Reader(path.name)
    story = reader.story(document)
    return tuple(reader.problems) if reader.problems else story


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._cast: Sequence[str] = ()
        self.problems: list[Problem] = []

    def _wrong(self, code: str, path: str, **params: str | int) -> None:
        self.problems.append(Problem(f"drawing.{code}", Where(self._file, path=path), params))

    def _text(self, table: Any, path: str) -> Text:
        texts = {tag: str(table.get(tag, "")) for tag in LANGUAGES} if table else {}
        for tag in LANGUAGES:
            if not texts.get(tag, "").strip():
                self._wrong("not-translated", path, language=tag)
        return Text(texts if any(texts.values()) else {"en": "?"})

    def _choice(self, table: Mapping[str, Any], key: str, path: str, default: str = "") -> str:
        value = str(table.get(key, default))
        if value not in _CHOICES[key]:
            self._wrong("unknown-choice", f"{path}.{key}", value=value)
        return value

    def _member(self, key: str, path: str) -> str:
        if key and key not in self._cast:
            self._wrong("not-in-cast", path, value=key)
        return key

    def story(self, document: Mapping[str, Any]) -> Story:
        for key in ("slug", "genre", "free_episode_count", "palette", "poster", "cast", "episodes"):
            if key not in document:
                self._wrong("missing", key)
        cast = document.get("cast", {})
        self._cast = tuple(cast)
        palette = document.get("palette", {})
        colours = {field.name: str(palette.get(field.name, "#808080")) for field in fields(Palette)}
        return Story(
            slug=str(document.get("slug", "")),
            name=self._text(document.get("name"), "name"),
            tagline=self._text(document.get("tagline"), "tagline"),
            synopsis=self._text(document.get("synopsis"), "synopsis"),
            genre=str(document.get("genre", "")),
            orientation=self._choice(document, "orientation", "story", "vertical"),
            production_kind=self._choice(document, "production_kind", "story", "live_action"),
            free_episode_count=int(document.get("free_episode_count", 0)),
            lettering=self._choice(document, "lettering", "story", "serif"),
            palette=Palette(**colours),
            poster=self._poster(document.get("poster", {})),
            cast={key: self._cast_member(key, table) for key, table in cast.items()},
            episodes=tuple(
                self._episode(number, table)
                for number, table in enumerate(document.get("episodes", ()), start=1)
            ),
        )

    def _poster(self, table: Mapping[str, Any]) -> KeyArt:
        people = tuple(self._member(key, "poster.who") for key in table.get("who", ()))
        feels = tuple(
            self._choice({"feels": value}, "feels", "poster") for value in table.get("feels", ())
        )
        if not people or len(people) != len(feels):
            self._wrong("missing", "poster.feels")
        return KeyArt(self._choice(table, "place", "poster"), people, feels)

    def _cast_member(self, key: str, table: Mapping[str, Any]) -> CastMember:
        path = f"cast.{key}"
        look = {name: table.get(name, default) for name, default in _LOOK.items()}
        for name in ("age", "hair_style", "costume", "ornament"):
            self._choice(look, name, path)
        return CastMember(key, self._text(table.get("name"), f"{path}.name"), Look(**look))

    def _episode(self, number: int, table: Mapping[str, Any]) -> Episode:
        path = f"episodes.{number}"
        scenes = tuple(
            self._scene(scene, f"{path}.scenes.{index}")
            for index, scene in enumerate(table.get("scenes", ()), start=1)
        )
        if not any(shot.lines for scene in scenes for shot in scene.shots):
            self._wrong("no-lines", path)
        return Episode(
            number=number,
            name=self._text(table.get("name"), f"{path}.name"),
            hook=self._text(table.get("hook"), f"{path}.hook"),
            scenes=scenes,
        )

    def _scene(self, table: Mapping[str, Any], path: str) -> Scene:
        return Scene(
            place=self._choice(table, "place", path),
            mood=self._choice(table, "mood", path),
            shots=tuple(
                self._shot(shot, f"{path}.shots.{index}")
                for index, shot in enumerate(table.get("shots", ()), start=1)
            ),
        )

    def _shot(self, table: Mapping[str, Any], path: str) -> Shot:
        feels = {
            self._member(key, f"{path}.feels"): self._choice({"feels": value}, "feels", path)
            for key, value in table.get("feels", {}).items()
        }
        return Shot(
            frame=self._choice(table, "frame", path),
            people=tuple(self._member(key, f"{path}.who") for key in table.get("who", ())),
            move=self._choice(table, "move", path, "push"),
            prop=self._choice(table, "prop", path, "none"),
            reversal=bool(table.get("reversal", False)),
            lines=tuple(
                self._line(line, f"{path}.lines.{index}")
                for index, line in enumerate(table.get("lines", ()), start=1)
            ),
            feels=feels,
        )

    def _line(self, table: Mapping[str, Any], path: str) -> Line:
        shout = table.get("shout")
        return Line(
            speaker=self._member(str(table.get("by", "")), f"{path}.by"),
            feels=self._choice(table, "feels", path, "calm"),
            text=self._text({"zh-Hans": table.get("zh", ""), "en": table.get("en", "")}, path),
            gesture=self._choice(table, "gesture", path, "none"),
            shout=Text({"zh-Hans": shout[0], "en": shout[1]}) if shout else None,
            thought=bool(table.get("thought", False)),
        )
