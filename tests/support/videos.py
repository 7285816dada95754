"""Small video files made by the real ffmpeg, once for all workers of a test run."""

import fcntl
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import imageio_ffmpeg
import pytest

_SOUND = ["-f", "lavfi", "-i", "sine=440:r=44100"]
_FAST = ["-c:v", "libx264", "-preset", "ultrafast", "-threads", "1"]


class SampleVideos:
    """Makes each sample when it is first asked for; a file that is there is whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, name: str) -> Path:
        """Return the path of the sample of this name, see `_RECIPES`."""
        path = self._folder / name
        with (self._folder / f".{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                partial = self._folder / f"partial-{name}"
                _RECIPES[name](partial, self)
                partial.rename(path)
        return path


@pytest.fixture(scope="session")
def videos(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> SampleVideos:
    """Give the samples to a test; all workers of a run share one folder."""
    root = tmp_path_factory.getbasetemp()
    return SampleVideos((root if worker_id == "master" else root.parent) / "videos")


_Recipe = Callable[[Path, SampleVideos], None]


def _picture(size: str, duration_s: float, rate: int = 30) -> list[str]:
    return ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={duration_s}"]


def _run(path: Path, *arguments: str) -> None:
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    command = [ffmpeg, "-v", "error", "-nostdin", "-y", *arguments, str(path)]
    subprocess.run(command, check=True)


def _made(*arguments: str) -> _Recipe:
    return lambda path, _: _run(path, *arguments)


def _with_sound(size: str, duration_s: float, *arguments: str, rate: int = 30) -> _Recipe:
    """Make both of the same length; where one is to end the other, chance says when."""
    picture = _picture(size, duration_s, rate)
    sound = [*_SOUND[:-1], f"{_SOUND[-1]}:d={duration_s}"]
    return _made(*picture, *sound, *_FAST, "-pix_fmt", "yuv420p", *arguments)


def _rotated(path: Path, videos: SampleVideos) -> None:
    _run(path, "-display_rotation", "90", "-i", str(videos("wide.mp4")), "-c", "copy")


def _cut(name: str, share: float) -> _Recipe:
    def recipe(path: Path, videos: SampleVideos) -> None:
        whole = videos(name).read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])

    return recipe


def _content(content: bytes) -> _Recipe:
    return lambda path, _: path.write_bytes(content) and None


_HDR = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:log-level=none:pools=1"
_RECIPES: Mapping[str, _Recipe] = {
    "tall.mp4": _with_sound("720x1280", 5),
    "small.mp4": _with_sound("90x160", 1),
    "small_2.mp4": _with_sound("90x160", 1.5),
    "wide.mp4": _with_sound("640x360", 1),
    "rotated.mp4": _rotated,
    "silent.mp4": _made(*_picture("90x160", 1), *_FAST, "-pix_fmt", "yuv420p"),
    "odd.mp4": _made(*_picture("241x427", 1), *_FAST, "-pix_fmt", "yuv444p"),
    "mono.mp4": _with_sound("90x160", 1, "-ac", "1"),
    "ntsc.mov": _made(
        *("-f", "lavfi", "-i", "testsrc2=s=90x160:r=30000/1001:d=4.2"),
        *(*_FAST, "-pix_fmt", "yuv420p"),
    ),
    "uneven.mp4": _made(
        *_picture("90x160", 3),
        *("-vf", "select='if(lt(t,1),1,not(mod(n,3)))'", "-fps_mode", "vfr"),
        *(*_FAST, "-pix_fmt", "yuv420p"),
    ),
    "hdr.mp4": _made(
        *_picture("360x640", 1),
        *("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", _HDR, "-tag:v", "hvc1"),
        *("-pix_fmt", "yuv420p10le", "-color_trc", "smpte2084", "-color_primaries", "bt2020"),
        *("-colorspace", "bt2020nc"),
    ),
    "long.mp4": _made(*_picture("64x64", 1801, 1), *_FAST, "-pix_fmt", "yuv420p"),
    "small.mkv": _with_sound("90x160", 3),
    "faststart.mp4": _with_sound("90x160", 3, "-movflags", "+faststart"),
    "no_index.mp4": _cut("tall.mp4", 0.6),
    "half.mp4": _cut("faststart.mp4", 0.6),
    "half.mkv": _cut("small.mkv", 0.6),
    "sound.m4a": _made(*_SOUND, "-t", "1"),
    "song.mp3": _made(
        *(*_SOUND, *_picture("64x64", 1), "-map", "0", "-map", "1", "-frames:v", "1", "-t", "1"),
        *("-c:v", "png", "-disposition:v", "attached_pic"),
    ),
    "old.avi": _made(*_picture("64x64", 1), "-c:v", "mpeg4"),
    "broadcast.mkv": _made(*_picture("64x64", 1), "-c:v", "mpeg2video"),
    "radio.mkv": _made(*_picture("64x64", 1), *_SOUND, "-t", "1", *_FAST, "-c:a", "wmav2"),
    "tiny.mp4": _made(*_picture("32x32", 1), *_FAST, "-pix_fmt", "yuv420p"),
    "empty.mp4": _content(b""),
    "text.mp4": _content("第一集：这不是视频。\n".encode() * 20),
    "list.mp4": _content(b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n/etc/hostname\n"),
}
