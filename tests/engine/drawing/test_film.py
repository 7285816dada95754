"""A drawn episode is a real film: probed as one, the same each time, as long as its score."""

import hashlib
from pathlib import Path

import av
import pytest

from duanju_web.demo.drawing import (
    FilmingFailed,
    draw_episode,
    draw_plain_poster,
    draw_poster,
    load_stories,
)
from duanju_web.demo.drawing.palette import rgb
from duanju_web.demo.drawing.score import SAMPLE_RATE, compose
from duanju_web.demo.drawing.screen import Screen
from duanju_web.demo.drawing.timeline import DRAWN_FRAME_MS, plan

STORY = load_stories()[0]
SMALL, PACE = (180, 320), 9.0


def test_episode_is_a_playable_film_with_sound(tmp_path: Path) -> None:
    progress: list[int] = []
    drawn = draw_episode(
        story=STORY,
        episode_number=1,
        path=tmp_path / "1.mp4",
        on_progress=progress.append,
        size=SMALL,
        pace=PACE,
    )
    with av.open(str(drawn.path)) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert (picture.width, picture.height) == SMALL == (drawn.width, drawn.height)
        assert picture.average_rate == 25
        assert sum(1 for _ in film.decode(picture)) == drawn.duration_ms // 40
    assert progress[-1] == 1000
    assert progress == sorted(progress)
    assert set(drawn.subtitles) == {"zh-Hans", "en"}
    assert [path.name for path in tmp_path.iterdir()] == ["1.mp4"]


def test_failed_film_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(FilmingFailed):
        draw_episode(
            story=STORY, episode_number=1, path=tmp_path / "1.mp4", size=(181, 321), pace=PACE
        )
    assert list(tmp_path.iterdir()) == []


def test_unknown_episode_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        draw_episode(story=STORY, episode_number=7, path=tmp_path / "7.mp4")
    assert list(tmp_path.iterdir()) == []


def digests_of_one_run() -> list[str]:
    episode = STORY.episodes[0]
    timeline = plan(episode=episode, pace=PACE)
    screen = Screen(story=STORY, episode=episode, timeline=timeline, size=SMALL)
    return [hashlib.sha256(drawing.tobytes()).hexdigest() for drawing in screen.drawings()]


def test_drawings_are_the_same_each_time_and_move() -> None:
    first = digests_of_one_run()
    assert first == digests_of_one_run()
    assert len(first) == plan(episode=STORY.episodes[0], pace=PACE).end_ms // DRAWN_FRAME_MS
    assert len(set(first)) == len(first)


def test_score_is_exactly_as_long_as_the_picture_and_the_same_each_time() -> None:
    timeline = plan(episode=STORY.episodes[0], pace=PACE)
    score = compose(timeline=timeline)
    assert len(score) * 1000 == timeline.end_ms * SAMPLE_RATE
    assert max(score) > 8_000
    assert score == compose(timeline=timeline)


def test_posters_differ_by_seed_and_repeat_for_the_same_seed() -> None:
    name, size = STORY.name, (90, 120)
    posters = [
        draw_plain_poster(name=name, palette_seed=seed, genre="urban", size=size)
        for seed in (0, 1, 2, 0)
    ]
    assert posters[0] == posters[3]
    assert len(set(posters)) == 3
    assert draw_poster(story=STORY, size=size)[:8] == b"\x89PNG\r\n\x1a\n"


def test_colours_are_read_as_written() -> None:
    assert rgb("#ff8000") == (255, 128, 0)
