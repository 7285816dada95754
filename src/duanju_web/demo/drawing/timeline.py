"""When everything of an episode happens."""

from dataclasses import dataclass

from duanju.kernel import Text
from duanju_web.demo.drawing.story import Episode, Line, Scene, Shot

DRAWN_FRAME_MS = 80
"""One drawing stands for two frames of a film of 25 a second."""
TITLE_MS, HOOK_MS = 2000, 2800
_SILENT_SHOT_MS, _LEAD_MS, _REVERSAL_LEAD_MS, _TAIL_MS = 1440, 160, 560, 160
_LINE_MS_MIN, _LINE_MS_MAX = 1360, 4000


@dataclass(frozen=True, slots=True)
class LineSpan:
    """A line and when it is said, in milliseconds from the start of the episode."""

    line: Line
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class ShotSpan:
    """A shot and when it is seen.

    Attributes:
        scene: The scene it belongs to.
        shot: The shot.
        start_ms: First millisecond.
        end_ms: The first millisecond after it.
        lines: In order, within the shot.
        opens_scene: Whether it is the first of its scene.
    """

    scene: Scene
    shot: Shot
    start_ms: int
    end_ms: int
    lines: tuple[LineSpan, ...]
    opens_scene: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """An episode in time: title card, shots without a gap, hook card.

    Attributes:
        title_end_ms: Where the title card ends and the first shot starts.
        shots: In order.
        hook_start_ms: Where the last shot ends and the hook card starts.
        end_ms: Length of the whole; a multiple of `DRAWN_FRAME_MS`.
    """

    title_end_ms: int
    shots: tuple[ShotSpan, ...]
    hook_start_ms: int
    end_ms: int


def plan(*, episode: Episode, pace: float = 1.0) -> Timeline:
    """Lay an episode out in time.

    A line lasts as long as it takes to read it: 190 ms a Chinese character or 300 ms an English
    word, whichever is longer, within limits.

    Args:
        episode: The episode.
        pace: Divides every length; 2 for twice as fast.
    """
    now = title_end = _frames(TITLE_MS / pace)
    spans: list[ShotSpan] = []
    for scene in episode.scenes:
        for index, shot in enumerate(scene.shots):
            span = _shot_span(scene, shot, now, pace, opens_scene=index == 0)
            spans.append(span)
            now = span.end_ms
    return Timeline(title_end, tuple(spans), now, now + _frames(HOOK_MS / pace))


def _shot_span(scene: Scene, shot: Shot, start: int, pace: float, *, opens_scene: bool) -> ShotSpan:
    now = start + _frames((_REVERSAL_LEAD_MS if shot.reversal else _LEAD_MS) / pace)
    lines = []
    for line in shot.lines:
        end = now + _frames(reading_ms(line.text) / pace)
        lines.append(LineSpan(line, now, end))
        now = end
    now = now + _frames((_TAIL_MS if lines else _SILENT_SHOT_MS) / pace)
    return ShotSpan(scene, shot, start, now, tuple(lines), opens_scene)


def reading_ms(text: Text) -> int:
    """Return how long a line has to stand to be read, in milliseconds.

    >>> reading_ms(Text({"zh-Hans": "你到底是谁？", "en": "Who are you, really?"}))
    1440
    """
    characters = sum(character.isalnum() for character in text["zh-Hans"])
    words = len(text["en"].split())
    wanted = max(420 + 190 * characters, 400 + 260 * words)
    return min(max(wanted, _LINE_MS_MIN), _LINE_MS_MAX)


def subtitles(*, timeline: Timeline, language: str) -> str:
    """Return the lines of an episode as WebVTT.

    Source: W3C WebVTT, the WebVTT file body.
    """
    cues = [
        f"{_clock(span.start_ms)} --> {_clock(span.end_ms)}\n{span.line.text[language]}\n"
        for shot in timeline.shots
        for span in shot.lines
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _clock(time_ms: int) -> str:
    seconds, thousandths = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{thousandths:03}"


def _frames(length_ms: float) -> int:
    return max(1, round(length_ms / DRAWN_FRAME_MS)) * DRAWN_FRAME_MS
