"""Drawings and score into one file, as a studio would deliver it."""

from __future__ import annotations  # Python 3.11 has no array[int] at run time.

import subprocess
import tempfile
import wave
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duanju.adapters.media import ffmpeg_path
from duanju_web.demo.drawing.score import SAMPLE_RATE, compose
from duanju_web.demo.drawing.screen import Screen
from duanju_web.demo.drawing.story import LANGUAGES, Episode, Story
from duanju_web.demo.drawing.timeline import DRAWN_FRAME_MS, Timeline, plan, subtitles

FRAME_RATE = 25
_SIZES = {"vertical": (720, 1280), "horizontal": (1280, 720)}


class FilmingFailed(Exception):
    """The encoder did not accept what it was given."""

    code = "drawing.filming-failed"


@dataclass(frozen=True, slots=True)
class DrawnEpisode:
    """A finished episode.

    Attributes:
        path: Of the MP4.
        duration_ms: Its length.
        width: In pixels.
        height: In pixels.
        subtitles: Language to WebVTT.
    """

    path: Path
    duration_ms: int
    width: int
    height: int
    subtitles: Mapping[str, str]


def draw_episode(
    *,
    story: Story,
    episode_number: int,
    path: Path,
    on_progress: Callable[[int], None] | None = None,
    size: tuple[int, int] | None = None,
    pace: float = 1.0,
) -> DrawnEpisode:
    """Draw, score and film one episode; the same input gives the same pictures and sound.

    Args:
        story: The story.
        episode_number: From 1.
        path: Of the MP4 (H.264 and AAC) to be written; it appears only when it is whole.
        on_progress: Called with the share that is done, in thousandths.
        size: Width and height in pixels, both even; by default 720 by 1280, or 1280 by 720.
        pace: Divides every length, for a quick look.

    Raises:
        FilmingFailed: The encoder stopped; the message is its own.
        LookupError: The story has no such episode.
    """
    episode = _episode(story, episode_number)
    timeline = plan(episode=episode, pace=pace)
    width, height = size or _SIZES[story.orientation]
    screen = Screen(story=story, episode=episode, timeline=timeline, size=(width, height))
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".drawing-") as folder:
        sound, film = Path(folder) / "score.wav", Path(folder) / "film.mp4"
        _write_sound(sound, compose(timeline=timeline))
        _encode(screen, timeline, (width, height), sound, film, on_progress)
        film.replace(path)
    texts = {language: subtitles(timeline=timeline, language=language) for language in LANGUAGES}
    return DrawnEpisode(path, timeline.end_ms, width, height, texts)


def _episode(story: Story, number: int) -> Episode:
    for episode in story.episodes:
        if episode.number == number:
            return episode
    raise LookupError(f"{story.slug} has no episode {number}")


def _write_sound(path: Path, samples: array[int]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.tobytes())


def _encode(
    screen: Screen,
    timeline: Timeline,
    size: tuple[int, int],
    sound: Path,
    film: Path,
    on_progress: Callable[[int], None] | None,
) -> None:
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(
            _command(size, sound, film), stdin=subprocess.PIPE, stderr=complaints
        ) as encoder,
    ):
        assert encoder.stdin is not None
        try:
            for index, drawing in enumerate(screen.drawings()):
                encoder.stdin.write(drawing.tobytes())
                if on_progress is not None:
                    on_progress(min(999, index * DRAWN_FRAME_MS * 1000 // timeline.end_ms))
            encoder.stdin.close()
        except BrokenPipeError:
            pass
        except BaseException:
            encoder.kill()
            raise
        if encoder.wait() != 0:
            complaints.seek(0)
            raise FilmingFailed(complaints.read().decode(errors="replace")[-2000:])
    if on_progress is not None:
        on_progress(1000)


def _command(size: tuple[int, int], sound: Path, film: Path) -> list[str]:
    colour = "bt709"
    return [
        str(ffmpeg_path()), "-hide_banner", "-loglevel", "error", "-nostdin", "-y",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}",
        "-r", f"1000/{DRAWN_FRAME_MS}", "-i", "pipe:0", "-i", str(sound),
        "-vf", f"scale=out_color_matrix={colour}:out_range=tv:flags=fast_bilinear,fps={FRAME_RATE}",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-pix_fmt", "yuv420p",
        "-g", str(FRAME_RATE * 2), "-threads", "1", "-colorspace", colour,
        "-color_primaries", colour, "-color_trc", colour,
        "-af", "aecho=0.8:0.7:61|103:0.22|0.14,volume=2.4,alimiter=limit=0.9",
        "-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2",
        "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
        "-movflags", "+faststart", str(film),
    ]  # fmt: skip
