"""What is made of a video, and that it can be streamed by the rules."""

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image

from duanju.adapters.media import (
    MediaProbe,
    PackagedEpisode,
    package_episode,
    probe_media,
    read_packaged,
)
from duanju.adapters.media.playlist import read_media_playlist
from duanju.kernel import Problem
from tests.support.videos import SampleVideos


def _package(path: Path, folder: Path) -> PackagedEpisode:
    probe = probe_media(path=path)
    assert isinstance(probe, MediaProbe), probe
    packaged = package_episode(
        source=path, probe=probe, folder=folder, on_progress=lambda per_mille: None
    )
    assert isinstance(packaged, PackagedEpisode), packaged
    return packaged


@pytest.fixture(scope="module")
def tall(videos: SampleVideos, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packaged") / "tall"
    _package(videos("tall.mp4"), folder)
    return folder


def _key_frame_times(path: Path) -> list[Fraction]:
    with av.open(str(path)) as container:
        return [
            packet.pts * packet.time_base
            for packet in container.demux(video=0)
            if packet.is_keyframe and packet.size
        ]


def test_makes_three_rungs_sound_and_stills(tall: Path) -> None:
    packaged = read_packaged(tall)

    sizes = [
        (rendition.name, rendition.width, rendition.height) for rendition in packaged.renditions
    ]
    assert sizes == [("360", 360, 640), ("540", 540, 960), ("720", 720, 1280), ("audio", 0, 0)]
    assert (packaged.duration_ms, packaged.width, packaged.height) == (5000, 720, 1280)
    assert packaged.files == (
        *("audio.m3u8", "audio.mp4", "master.m3u8", "poster.webp", "strip.vtt", "strip.webp"),
        *("video_360.m3u8", "video_360.mp4", "video_540.m3u8", "video_540.mp4"),
        *("video_720.m3u8", "video_720.mp4"),
    )
    assert packaged.size_bytes == sum((tall / name).stat().st_size for name in packaged.files)


def test_key_frames_of_all_rungs_fall_together_every_two_seconds(tall: Path) -> None:
    times = {name: _key_frame_times(tall / f"video_{name}.mp4") for name in ("360", "540", "720")}

    assert all(moments == [0, 2, 4] for moments in times.values())


def test_byte_ranges_cover_each_file_without_holes(tall: Path) -> None:
    for playlist_path in tall.glob("*_*.m3u8"):
        playlist = read_media_playlist(playlist_path.read_text())
        end = playlist.init_bytes
        for segment in playlist.segments:
            assert segment.offset_bytes == end
            end += segment.size_bytes
        assert end == playlist_path.with_suffix(".mp4").stat().st_size


def test_segments_are_four_seconds_and_within_the_target(tall: Path) -> None:
    playlist = read_media_playlist((tall / "video_540.m3u8").read_text())

    assert [segment.duration_us for segment in playlist.segments] == [4_000_000, 1_000_000]
    assert playlist.target_duration_s == 4
    sound = read_media_playlist((tall / "audio.m3u8").read_text())
    assert all(round(part.duration_us / 1e6) <= sound.target_duration_s for part in sound.segments)


def test_master_playlist_follows_the_authoring_rules(tall: Path) -> None:
    lines = (tall / "master.m3u8").read_text().splitlines()
    variants = [
        dict(re.findall(r'([A-Z-]+)=("[^"]*"|[^,]*)', line.partition(":")[2]))
        for line in lines
        if line.startswith("#EXT-X-STREAM-INF:")
    ]

    assert lines[:3] == ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    assert [variant["RESOLUTION"] for variant in variants] == ["360x640", "540x960", "720x1280"]
    for variant in variants:
        assert int(variant["BANDWIDTH"]) >= int(variant["AVERAGE-BANDWIDTH"]) > 0
        assert re.fullmatch(r'"avc1\.4d40[0-9a-f]{2},mp4a\.40\.2"', variant["CODECS"])
        assert (variant["FRAME-RATE"], variant["AUDIO"]) == ("30.000", '"sound"')
        assert variant["CLOSED-CAPTIONS"] == "NONE"
    sound = next(line for line in lines if line.startswith("#EXT-X-MEDIA:TYPE=AUDIO"))
    for attribute in ('GROUP-ID="sound"', "DEFAULT=YES", "AUTOSELECT=YES", 'CHANNELS="2"'):
        assert attribute in sound
    addresses = [line for line in lines if not line.startswith("#")]
    assert all((tall / address).is_file() for address in addresses)


def test_stated_bandwidth_is_what_the_segments_measure(tall: Path) -> None:
    picture = read_media_playlist((tall / "video_360.m3u8").read_text())
    sound = read_media_playlist((tall / "audio.m3u8").read_text())
    average = picture.average_bits_per_s + sound.average_bits_per_s
    peak = picture.peak_bits_per_s + sound.peak_bits_per_s

    master = (tall / "master.m3u8").read_text()

    assert f"BANDWIDTH={peak},AVERAGE-BANDWIDTH={average}," in master


def test_stills_are_small_and_the_strip_names_every_picture(tall: Path) -> None:
    assert (tall / "poster.webp").stat().st_size <= 15_000
    with Image.open(tall / "poster.webp") as poster, Image.open(tall / "strip.webp") as strip:
        assert (poster.size, strip.size) == ((360, 640), (270, 160))
    assert (tall / "strip.vtt").read_text().splitlines() == [
        *("WEBVTT", ""),
        *("00:00:00.000 --> 00:00:02.000", "strip.webp#xywh=0,0,90,160", ""),
        *("00:00:02.000 --> 00:00:04.000", "strip.webp#xywh=90,0,90,160", ""),
        *("00:00:04.000 --> 00:00:05.000", "strip.webp#xywh=180,0,90,160"),
    ]


def test_progress_rises_to_a_thousand(videos: SampleVideos, tmp_path: Path) -> None:
    path, reported = videos("small_2.mp4"), []
    probe = probe_media(path=path)
    assert isinstance(probe, MediaProbe)

    package_episode(source=path, probe=probe, folder=tmp_path / "out", on_progress=reported.append)

    assert reported == sorted(set(reported))
    assert reported[-1] == 1000


def test_nothing_but_the_whole_folder_is_left(videos: SampleVideos, tmp_path: Path) -> None:
    packaged = _package(videos("small.mp4"), tmp_path / "out")

    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert _package(videos("small.mp4"), tmp_path / "out") == packaged


def test_what_a_killed_run_left_is_removed(videos: SampleVideos, tmp_path: Path) -> None:
    left = tmp_path / ".out.partial-00c0ffee"
    left.mkdir()
    (left / "video_90.mp4").write_bytes(b"half")

    _package(videos("small.mp4"), tmp_path / "out")

    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_small_picture_is_not_made_larger(videos: SampleVideos, tmp_path: Path) -> None:
    packaged = _package(videos("small.mp4"), tmp_path / "out")

    assert [rendition.name for rendition in packaged.renditions] == ["90", "audio"]
    assert (packaged.width, packaged.height) == (90, 160)


def test_silence_has_no_sound_rendition(videos: SampleVideos, tmp_path: Path) -> None:
    packaged = _package(videos("silent.mp4"), tmp_path / "out")

    assert [rendition.name for rendition in packaged.renditions] == ["90"]
    assert "AUDIO" not in (tmp_path / "out" / "master.m3u8").read_text()


def test_one_channel_becomes_two(videos: SampleVideos, tmp_path: Path) -> None:
    _package(videos("mono.mp4"), tmp_path / "out")

    with av.open(str(tmp_path / "out" / "audio.mp4")) as container:
        sound = container.streams.audio[0]
        assert (sound.channels, sound.sample_rate) == (2, 48_000)


def test_a_turned_phone_picture_stands_upright(videos: SampleVideos, tmp_path: Path) -> None:
    packaged = _package(videos("rotated.mp4"), tmp_path / "out")

    assert (packaged.width, packaged.height) == (360, 640)
    with av.open(str(tmp_path / "out" / "video_360.mp4")) as container:
        frame = next(container.decode(video=0))
        assert (frame.width, frame.height, frame.rotation) == (360, 640, 0)


@pytest.mark.parametrize(("name", "size"), [("odd.mp4", (240, 426)), ("hdr.mp4", (360, 640))])
def test_every_picture_becomes_even_and_eight_bit(
    videos: SampleVideos, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    packaged = _package(videos(name), tmp_path / "out")

    assert (packaged.width, packaged.height) == size
    with av.open(str(tmp_path / "out" / packaged.renditions[0].file)) as container:
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"


def test_uneven_frames_are_laid_on_a_constant_rate(videos: SampleVideos, tmp_path: Path) -> None:
    packaged = _package(videos("uneven.mp4"), tmp_path / "out")

    with av.open(str(tmp_path / "out" / packaged.renditions[0].file)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    steps = {later.pts - earlier.pts for earlier, later in pairwise(packets)}
    assert len(steps) == 1
    assert abs(packaged.duration_ms - 3000) <= 100


def test_broadcast_rate_keeps_its_thousandth(videos: SampleVideos, tmp_path: Path) -> None:
    packaged = _package(videos("ntsc.mov"), tmp_path / "out")

    assert "FRAME-RATE=29.970" in (tmp_path / "out" / "master.m3u8").read_text()
    path = tmp_path / "out" / packaged.renditions[0].file
    assert _key_frame_times(path) == [Fraction(1001 * step, 500) for step in range(3)]


def test_damage_found_only_while_decoding_is_a_problem_and_leaves_nothing(
    videos: SampleVideos, tmp_path: Path
) -> None:
    probe = probe_media(path=videos("faststart.mp4"))
    assert isinstance(probe, MediaProbe)

    problem = package_episode(
        source=videos("half.mp4"),
        probe=probe,
        folder=tmp_path / "out",
        on_progress=lambda per_mille: None,
        name="第3集.mp4",
    )

    assert isinstance(problem, Problem)
    assert (problem.code, problem.where.file) == ("media.cut-off", "第3集.mp4")
    assert list(tmp_path.iterdir()) == []


def test_what_ffmpeg_cannot_read_is_a_problem_and_leaves_nothing(
    videos: SampleVideos, tmp_path: Path
) -> None:
    probe = probe_media(path=videos("small.mp4"))
    assert isinstance(probe, MediaProbe)

    problem = package_episode(
        source=videos("text.mp4"),
        probe=probe,
        folder=tmp_path / "out",
        on_progress=lambda per_mille: None,
    )

    assert isinstance(problem, Problem)
    assert problem.code == "media.not-decodable"
    assert list(tmp_path.iterdir()) == []
