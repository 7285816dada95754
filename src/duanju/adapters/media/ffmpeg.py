"""Finding the ffmpeg program and running it under watch."""

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FFMPEG_VARIABLE = "DUANJU_FFMPEG"
_NEEDED_ENCODERS = ("libx264", "aac")
_REPORTING = (
    *("-hide_banner", "-nostdin", "-v", "error", "-y"),
    *("-progress", "pipe:1", "-nostats"),
)
_ERROR_CHARACTERS_MAX = 4_000


class FfmpegMissing(RuntimeError):
    """No ffmpeg with the needed encoders is on this machine."""

    code = "media.ffmpeg-missing"


@dataclass(frozen=True, slots=True)
class FfmpegRun:
    """How a run of ffmpeg ended.

    Attributes:
        succeeded: It ended by itself with exit code 0.
        timed_out: It was ended because its time was up.
        errors: The end of what it said on its error stream.
    """

    succeeded: bool
    timed_out: bool
    errors: str


def ffmpeg_path() -> Path:
    """Return the ffmpeg program to use.

    `DUANJU_FFMPEG` names it; else it is the system's, if that one has libx264 and AAC; else the one
    that the wheel `imageio-ffmpeg` carries.

    Raises:
        FfmpegMissing: None of the three can be run.
    """
    return _find(os.environ.get(FFMPEG_VARIABLE, ""))


@lru_cache(maxsize=4)
def _find(named: str) -> Path:
    if named:
        if shutil.which(named) is None:
            raise FfmpegMissing(f"{FFMPEG_VARIABLE} names {named}, which cannot be run")
        return Path(named)
    system = shutil.which("ffmpeg")
    if system is not None and _has_encoders(system):
        return Path(system)
    import imageio_ffmpeg  # type: ignore[import-untyped]

    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise FfmpegMissing(str(error)) from error


@lru_cache(maxsize=4)
def has_filter(program: Path, name: str) -> bool:
    """Tell whether this ffmpeg was built with a filter; the system's may lack some."""
    listed = subprocess.run(
        [program, "-hide_banner", "-filters"], capture_output=True, text=True, check=False
    )
    return any(line.split()[1:2] == [name] for line in listed.stdout.splitlines())


def run_ffmpeg(
    *,
    arguments: Sequence[str],
    folder: Path,
    timeout_s: float,
    on_time: Callable[[int], None],
) -> FfmpegRun:
    """Run ffmpeg once and report how far it has come.

    Args:
        arguments: What follows the program's name; the sources and outputs included.
        folder: Working folder, to which relative outputs are relative.
        timeout_s: After so many seconds the run is ended.
        on_time: Called with the milliseconds of output written so far, about twice a second.
    """
    command = [*_dying_with_us(), str(ffmpeg_path()), *_REPORTING, *arguments]
    errors_path = folder / "ffmpeg.log"
    timed_out = threading.Event()
    with errors_path.open("wb") as errors:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
        )
        watch = threading.Timer(timeout_s, _end, (process, timed_out))
        watch.start()
        try:
            _follow(process, on_time)
        finally:
            watch.cancel()
            process.kill()
            process.wait()
    said = errors_path.read_text(errors="replace")[-_ERROR_CHARACTERS_MAX:]
    errors_path.unlink()
    return FfmpegRun(process.returncode == 0, timed_out.is_set(), said)


@lru_cache(maxsize=1)
def _dying_with_us() -> tuple[str, ...]:
    """Return the words before a command that end it when we are killed; none where unknown."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ()
    tried = subprocess.run(
        [setpriv, "--pdeathsig", "KILL", "true"], check=False, stderr=subprocess.DEVNULL
    )
    return (setpriv, "--pdeathsig", "KILL") if tried.returncode == 0 else ()


def _follow(process: subprocess.Popen[bytes], on_time: Callable[[int], None]) -> None:
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            name, _, value = line.decode(errors="replace").strip().partition("=")
            if name == "out_time_us" and value.lstrip("-").isdigit():
                on_time(max(0, int(value) // 1000))
    process.wait()


def _end(process: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
    timed_out.set()
    process.kill()


def _has_encoders(program: str) -> bool:
    listed = subprocess.run(
        [program, "-hide_banner", "-encoders"], capture_output=True, text=True, check=False
    )
    names = {word for line in listed.stdout.splitlines() for word in line.split()[1:2]}
    return listed.returncode == 0 and names.issuperset(_NEEDED_ENCODERS)
