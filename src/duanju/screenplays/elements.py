"""What a screenplay consists of: one element for each line that says something."""

from dataclasses import dataclass, field
from enum import StrEnum

from duanju.kernel import Problem


class ElementKind(StrEnum):
    """What a line is.

    The first nine make up the drama; the others stand around it.
    """

    EPISODE = "episode"
    HEADING = "heading"
    CAST = "cast"
    ACTION = "action"
    SPEECH = "speech"
    CAPTION = "caption"
    FLASHBACK_START = "flashback_start"
    FLASHBACK_END = "flashback_end"
    EPISODE_END = "episode_end"
    DIRECTION = "direction"
    TRANSITION = "transition"
    LYRIC = "lyric"
    CENTRED = "centred"
    SECTION = "section"
    SYNOPSIS = "synopsis"
    NOTE = "note"
    OMITTED = "omitted"
    PAGE_BREAK = "page_break"
    FIELD = "field"
    FRONT_MATTER = "front_matter"
    UNKNOWN = "unknown"


class Voice(StrEnum):
    """Where a voice comes from: before the camera, beside the picture, or over it."""

    ON_SCREEN = "on_screen"
    OFF_SCREEN = "off_screen"
    VOICE_OVER = "voice_over"


class DayPart(StrEnum):
    """When a scene plays, as a schedule of shooting needs it."""

    DAY = "day"
    NIGHT = "night"
    DAWN = "dawn"
    DUSK = "dusk"


class Setting(StrEnum):
    """Whether a scene plays inside, outside, or both."""

    INTERIOR = "interior"
    EXTERIOR = "exterior"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a scene, taken apart.

    Attributes:
        episode: The episode it names, from 1; none where it names a scene only.
        scene: Number of the scene as written, `1` or `2A`; empty without one.
        day_part: When it plays, as far as the words are known.
        time_words: Those words as written: 凌晨, `LATER`.
        setting: Inside or outside.
        location: Where it plays, as written.
    """

    episode: int | None = None
    scene: str = ""
    day_part: DayPart | None = None
    time_words: str = ""
    setting: Setting | None = None
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element and the lines that it comes from.

    Attributes:
        kind: What it is.
        text: Its words without marks; speech of several lines keeps its line breaks.
        line: Its first line, from 1.
        line_count: How many lines it takes, blank ones after it not counted.
        number: Number of the episode, for `EPISODE`.
        heading: The heading taken apart, for `HEADING`.
        people: Who appears, in order, for `CAST`.
        speaker: Who speaks, for `SPEECH`; the key, for `FIELD`.
        voice: Where the voice comes from, for `SPEECH`.
        manner: How it is said, for `SPEECH`: 低声.
        extension: What else stands by the speaker's name: `CONT'D`.
        dual: Whether it is said at the same time as the speech before.
    """

    kind: ElementKind
    text: str = ""
    line: int = 0
    line_count: int = 1
    number: int | None = None
    heading: Heading | None = None
    people: tuple[str, ...] = ()
    speaker: str = ""
    voice: Voice = Voice.ON_SCREEN
    manner: str = ""
    extension: str = ""
    dual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenplay:
    """A screenplay as it was read: nothing is left out, and what is not understood says so.

    Attributes:
        elements: In the order of their lines; each line that is not blank belongs to just one.
        line_count: Lines read, blank ones too.
        problems: What a writer should look at, in the order of lines.
    """

    elements: tuple[Element, ...]
    line_count: int = 0
    problems: tuple[Problem, ...] = field(default=())
