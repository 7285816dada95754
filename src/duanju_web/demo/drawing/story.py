"""What a drawn story is: its people, its episodes, its scenes, its lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from duanju.kernel import Text
from duanju_web.demo.drawing.palette import Palette

LANGUAGES = ("zh-Hans", "en")
"""The languages in which every text of a story is written."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a person is drawn.

    Attributes:
        female: Which of the two builds.
        age: `child`, `adult` or `old`.
        hair_style: A key of `hair.HAIR`.
        hair: Colour.
        costume: A key of `costumes.COSTUMES`.
        main: Colour of the costume.
        second: Its second colour.
        accent: Colour of jewels, ties and things held.
        skin: Colour.
        iris: Colour.
        ornament: `none`, `crown`, `hairpin` or `flower`.
        glasses: Whether the person wears them.
        beard: Whether the person has one.
        earrings: Whether the person wears them.
    """

    female: bool
    age: str
    hair_style: str
    hair: str
    costume: str
    main: str
    second: str
    accent: str
    skin: str
    iris: str
    ornament: str
    glasses: bool
    beard: bool
    earrings: bool


@dataclass(frozen=True, slots=True)
class CastMember:
    """A person of a story."""

    key: str
    name: Text
    look: Look


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, thought or told.

    Attributes:
        speaker: Key of the cast member; empty for a narrator.
        feels: How the speaker feels.
        text: In every language of `LANGUAGES`.
        gesture: What the speaker's hands do.
        shout: What stands in a bubble besides, often two or three characters; None for nothing.
        thought: Whether the line is thought, not spoken.
    """

    speaker: str
    feels: str
    text: Text
    gesture: str
    shout: Text | None
    thought: bool


@dataclass(frozen=True, slots=True)
class Shot:
    """One stretch of picture between two cuts.

    Attributes:
        frame: `close`, `medium`, `two`, `wide` or `thing`.
        people: Keys of those seen, from left to right.
        move: Of the camera: `push`, `pull`, `left`, `right`, `rise` or `still`.
        prop: A thing that is held, or that fills the picture in a `thing` shot.
        reversal: Whether the story turns here: flash, lines, shake and sting.
        lines: What is said meanwhile.
        feels: How the others feel while they listen, by key.
    """

    frame: str
    people: tuple[str, ...]
    move: str
    prop: str
    reversal: bool
    lines: tuple[Line, ...]
    feels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """Shots in one place.

    Attributes:
        place: A key of `backgrounds.PLACES`.
        mood: A key of `score.MOODS`.
        shots: In order.
    """

    place: str
    mood: str
    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode.

    Attributes:
        number: From 1.
        name: Its title.
        hook: The question it leaves open.
        scenes: In order.
    """

    number: int
    name: Text
    hook: Text
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class KeyArt:
    """What a poster shows.

    Attributes:
        place: A key of `backgrounds.PLACES`.
        people: Keys of the cast, the lead first.
        feels: How each of them feels, in the same order.
    """

    place: str
    people: tuple[str, ...]
    feels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A title of the demo world that really plays.

    Attributes:
        slug: Of its address.
        name: Of the title.
        tagline: One sentence for the poster.
        synopsis: A short paragraph.
        genre: Such as `urban`, `historical`.
        orientation: `vertical` or `horizontal`.
        production_kind: `live_action` or `ai_made`, as the title is declared in the demo world.
        free_episode_count: How many episodes are free; the story turns right after.
        lettering: `serif` or `sans`, the hand of its titles.
        palette: Its colours.
        poster: What its poster shows.
        cast: By key.
        episodes: In order, numbered from 1.
    """

    slug: str
    name: Text
    tagline: Text
    synopsis: Text
    genre: str
    orientation: str
    production_kind: str
    free_episode_count: int
    lettering: str
    palette: Palette
    poster: KeyArt
    cast: Mapping[str, CastMember]
    episodes: tuple[Episode, ...]
