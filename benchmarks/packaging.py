"""What packaging an episode costs beside a bare ffmpeg that makes the same ladder."""

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

import imageio_ffmpeg

from duanju.adapters.media import MediaProbe, ffmpeg_path, package_episode, probe_media

_SOURCE_SIZE = "1080x1920"
_SOURCE_S = 20
_RATE = 30
_ROUNDS = 3
_PEAKS_BITS_PER_S = {"720": 2_523_000, "540": 1_653_000, "360": 900_000}


def run() -> list[str]:
    """Return one line: CPU time of `package_episode` over a bare ffmpeg's, both in this run.

    The bare ffmpeg encodes the same three sizes and the sound, in one pass with the same encoder
    settings, and writes plain MP4 files. Each is run three times by turns and the least is taken.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "source.mp4"
        _make_source(source)
        probe = probe_media(path=source)
        assert isinstance(probe, MediaProbe), probe
        own_s, bare_s = [], []
        for _ in range(_ROUNDS):
            bare_s.append(_cpu_s_of_bare(source, folder))
            own_s.append(_cpu_s_of_own(source, probe, folder / "packaged"))
        ratio = min(own_s) / min(bare_s)
        per_second = min(own_s) / _SOURCE_S
        return [
            f"packaging: ratio {ratio:.2f} of a bare ffmpeg's CPU time for the same ladder "
            f"({per_second:.2f} CPU seconds a second of {_SOURCE_SIZE} video)"
        ]


def _make_source(path: Path) -> None:
    picture = f"testsrc2=s={_SOURCE_SIZE}:r={_RATE}:d={_SOURCE_S},noise=alls=12:allf=t"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", picture]
    command += ["-f", "lavfi", "-i", "sine=330", "-shortest", "-pix_fmt", "yuv420p"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "28", str(path)]
    subprocess.run(command, check=True)


def _cpu_s_of_own(source: Path, probe: MediaProbe, folder: Path) -> float:
    shutil.rmtree(folder, ignore_errors=True)
    before_s = _cpu_s()
    probe_media(path=source)
    package_episode(source=source, probe=probe, folder=folder, on_progress=lambda _: None)
    return _cpu_s() - before_s


def _cpu_s_of_bare(source: Path, folder: Path) -> float:
    graph = (
        "[0:v]scale=720:1280:flags=bilinear,split=2[o720][a];"
        "[a]scale=540:960:flags=bilinear,split=2[o540][b];[b]scale=360:640:flags=bilinear[o360]"
    )
    command = [str(ffmpeg_path()), "-v", "error", "-y", "-i", str(source)]
    command += ["-filter_complex", graph]
    for name, peak in _PEAKS_BITS_PER_S.items():
        command += ["-map", f"[o{name}]", "-c:v", "libx264", "-preset", "veryfast", "-crf", "24"]
        command += ["-profile:v", "main", "-bf", "0", "-g", "60", "-keyint_min", "60"]
        command += ["-sc_threshold", "0", "-maxrate", str(peak), "-bufsize", str(2 * peak)]
        command += [str(folder / f"bare_{name}.mp4")]
    command += ["-map", "0:a", "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"]
    command += [str(folder / "bare_audio.mp4")]
    before_s = _cpu_s()
    subprocess.run(command, check=True)
    return _cpu_s() - before_s


def _cpu_s() -> float:
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)
