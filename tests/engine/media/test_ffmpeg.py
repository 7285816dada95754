"""Which ffmpeg is used, and how its runs end."""

import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
import pytest

from duanju.adapters.media import FfmpegMissing, ffmpeg_path
from duanju.adapters.media.ffmpeg import run_ffmpeg


def test_the_named_program_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    named = imageio_ffmpeg.get_ffmpeg_exe()
    monkeypatch.setenv("DUANJU_FFMPEG", named)

    assert ffmpeg_path() == Path(named)


def test_a_named_program_that_is_absent_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUANJU_FFMPEG", "/nowhere/ffmpeg")

    with pytest.raises(FfmpegMissing, match="/nowhere/ffmpeg"):
        ffmpeg_path()


def test_a_system_program_without_the_encoders_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    poor = tmp_path / "ffmpeg"
    poor.write_text("#!/bin/sh\necho ' V....D mpeg4 MPEG-4'\n")
    poor.chmod(0o755)
    monkeypatch.delenv("DUANJU_FFMPEG", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    from duanju.adapters.media import ffmpeg

    ffmpeg._find.cache_clear()
    assert ffmpeg_path() == Path(imageio_ffmpeg.get_ffmpeg_exe())
    ffmpeg._find.cache_clear()


def test_a_run_that_takes_too_long_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    endless = tmp_path / "ffmpeg"
    endless.write_text(f"#!{sys.executable}\nimport signal\nsignal.pause()\n")
    endless.chmod(0o755)
    monkeypatch.setenv("DUANJU_FFMPEG", str(endless))

    run = run_ffmpeg(arguments=[], folder=tmp_path, timeout_s=0.2, on_time=lambda time_ms: None)

    assert (run.succeeded, run.timed_out) == (False, True)


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="only Linux ends its children")
def test_no_encoder_outlives_a_killed_worker(tmp_path: Path) -> None:
    held = tmp_path / "held"
    os.mkfifo(held)
    endless = tmp_path / "ffmpeg"
    endless.write_text(
        f"#!{sys.executable}\nimport signal\nheld = open({str(held)!r}, 'w')\n"
        "print('out_time_us=1000', flush=True)\nsignal.pause()\n"
    )
    endless.chmod(0o755)
    code = (
        "import sys; from pathlib import Path;"
        "from duanju.adapters.media.ffmpeg import run_ffmpeg;"
        "run_ffmpeg(arguments=[], folder=Path(sys.argv[1]), timeout_s=60,"
        " on_time=lambda time_ms: print('running', flush=True))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "DUANJU_FFMPEG": str(endless)},
        stdout=subprocess.PIPE,
    ) as worker:
        assert worker.stdout is not None
        with held.open("rb") as end:
            assert worker.stdout.readline() == b"running\n"
            worker.kill()
            # The encoder alone holds the other end; it is readable when the encoder is gone.
            assert select.select([end], [], [], 30)[0] == [end]
            assert end.read() == b""
