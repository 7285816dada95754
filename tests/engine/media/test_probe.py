"""What a studio is told about a file before anything is made of it."""

from fractions import Fraction
from pathlib import Path

import pytest

from duanju.adapters.media import SIZE_BYTES_MAX, MediaProbe, probe_media
from duanju.kernel import Problem, Where
from tests.support.videos import SampleVideos


def _probed(path: Path) -> MediaProbe:
    probe = probe_media(path=path)
    assert isinstance(probe, MediaProbe), probe
    return probe


def test_tells_what_a_video_is(videos: SampleVideos) -> None:
    path = videos("tall.mp4")

    assert _probed(path) == MediaProbe(
        duration_ms=5000,
        width=720,
        height=1280,
        frame_rate=Fraction(30),
        video_codec="h264",
        audio_codec="aac",
        rotation=0,
        size_bytes=path.stat().st_size,
    )


def test_a_phone_held_upright_is_a_tall_picture(videos: SampleVideos) -> None:
    probe = _probed(videos("rotated.mp4"))

    assert probe.rotation in {90, 270}
    assert (probe.width, probe.height) == (360, 640)


def test_a_file_without_sound_is_a_video(videos: SampleVideos) -> None:
    assert _probed(videos("silent.mp4")).audio_codec is None


def test_high_dynamic_range_is_noticed(videos: SampleVideos) -> None:
    probe = _probed(videos("hdr.mp4"))

    assert (probe.video_codec, probe.is_hdr) == ("hevc", True)


@pytest.mark.parametrize("name", ["empty.mp4", "text.mp4", "list.mp4"])
def test_what_is_no_video_is_named_so(videos: SampleVideos, name: str) -> None:
    path = videos(name)

    assert probe_media(path=path, name="第1集.mp4") == Problem(
        "media.not-a-video", Where(file="第1集.mp4"), {"size_bytes": path.stat().st_size}
    )


@pytest.mark.parametrize("name", ["no_index.mp4", "half.mp4", "half.mkv"])
def test_a_file_whose_end_is_missing_is_cut_off(videos: SampleVideos, name: str) -> None:
    problem = probe_media(path=videos(name))

    assert isinstance(problem, Problem)
    assert (problem.code, problem.where) == ("media.cut-off", Where(file=name))


def test_says_how_much_of_a_cut_off_file_is_missing(videos: SampleVideos) -> None:
    problem = probe_media(path=videos("half.mp4"))

    assert isinstance(problem, Problem)
    held_ms, missing_ms = int(problem.params["held_ms"]), int(problem.params["missing_ms"])
    assert held_ms > 1000
    assert missing_ms > 500
    assert abs(held_ms + missing_ms - 3000) <= 100


@pytest.mark.parametrize("name", ["sound.m4a", "song.mp3"])
def test_sound_alone_has_no_picture(videos: SampleVideos, name: str) -> None:
    problem = probe_media(path=videos(name))

    assert isinstance(problem, Problem)
    assert problem.code == "media.no-picture"


@pytest.mark.parametrize(
    ("name", "limit", "found"),
    [
        ("old.avi", "container", "avi"),
        ("broadcast.mkv", "video-codec", "mpeg2video"),
        ("radio.mkv", "audio-codec", "wmav2"),
        ("long.mp4", "duration", 1_801_000),
        ("tiny.mp4", "small-side", 32),
    ],
)
def test_what_is_not_allowed_names_the_limit(
    videos: SampleVideos, name: str, limit: str, found: str | int
) -> None:
    problem = probe_media(path=videos(name))

    assert isinstance(problem, Problem)
    assert problem.code == "media.not-allowed"
    assert (problem.params["limit"], problem.params["found"]) == (limit, found)
    assert problem.params["allowed"]


def test_too_large_a_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.mp4"
    with path.open("wb") as file:
        file.truncate(SIZE_BYTES_MAX + 1)

    assert probe_media(path=path) == Problem(
        "media.not-allowed",
        Where(file="large.mp4"),
        {"limit": "size", "found": SIZE_BYTES_MAX + 1, "allowed": SIZE_BYTES_MAX},
    )
