"""From one source file to a folder that players stream from."""

import json
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

import av

from duanju.adapters.media.ffmpeg import FfmpegRun, ffmpeg_path, has_filter, run_ffmpeg
from duanju.adapters.media.ladder import (
    SHORT_SIDES,
    Rung,
    choose_rungs,
    packaged_frame_rate,
    packaging_arguments,
)
from duanju.adapters.media.playlist import (
    MediaPlaylist,
    Variant,
    read_media_playlist,
    write_master_playlist,
)
from duanju.adapters.media.probe import MediaProbe, cut_off
from duanju.adapters.media.thumbnails import write_stills
from duanju.kernel import Problem, Where

_DESCRIPTION = "episode.json"
_MISSING_MS_MAX = 1_000
_TIMEOUT_S_MIN = 120
_TIMEOUT_PER_SECOND = 40
_ENCODED_PER_MILLE = 960


@dataclass(frozen=True, slots=True)
class Rendition:
    """One picture size, or the sound.

    Attributes:
        name: `360`, or `audio`.
        playlist: File name of its playlist.
        file: File name that all its byte ranges lie in.
        codecs: By RFC 6381.
        width: Pixels across, 0 for sound.
        height: Pixels down, 0 for sound.
        peak_bits_per_s: Measured, see `MediaPlaylist.peak_bits_per_s`.
        average_bits_per_s: Measured.
        size_bytes: Length of the file.
    """

    name: str
    playlist: str
    file: str
    codecs: str
    width: int
    height: int
    peak_bits_per_s: int
    average_bits_per_s: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class PackagedEpisode:
    """What lies in a packaged episode's folder.

    Attributes:
        duration_ms: Length of the picture.
        width: Pixels across of the largest rendition.
        height: Pixels down, likewise.
        renditions: Pictures from small to large, then the sound if there is any.
        size_bytes: All files together.
        files: Their names, sorted.
    """

    duration_ms: int
    width: int
    height: int
    renditions: tuple[Rendition, ...]
    size_bytes: int
    files: tuple[str, ...]


def package_episode(
    *,
    source: Path,
    probe: MediaProbe,
    folder: Path,
    on_progress: Callable[[int], None],
    short_sides: Sequence[int] = SHORT_SIDES,
    language: str = "",
    name: str = "",
) -> PackagedEpisode | Problem:
    """Package a video as HLS: a ladder of fMP4 renditions, a poster and a strip of thumbnails.

    The work is done in a hidden sibling of `folder` that is renamed at the end, so a folder that
    exists is whole; one that exists already is read and returned. What a killed run left is
    removed, so only one may package into a folder at a time.

    Args:
        source: The video.
        probe: What `probe_media` said of it.
        folder: Where the files go; its parent is made if absent.
        on_progress: Called with 0 to 1000 per mille, never falling.
        short_sides: Rungs in pixels of the short side; those larger than the source are left out.
        language: BCP-47 tag of what is spoken, if known.
        name: What the source's owner calls it, for the problem; else the name of `source`.

    Returns:
        What lies in the folder, or `media.cut-off` (the picture ends early while being decoded),
        `media.took-too-long`, or `media.not-decodable`.
    """
    if folder.exists():
        return read_packaged(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{folder.name}.partial-*"):
        shutil.rmtree(left, ignore_errors=True)
    partial = folder.parent / f".{folder.name}.partial-{secrets.token_hex(4)}"
    partial.mkdir()
    try:
        rungs = choose_rungs(probe=probe, short_sides=short_sides)
        run = _encode(source, probe, rungs, partial, on_progress)
        where = Where(file=name or source.name)
        problem = _problem(run, probe, rungs, partial, where)
        if problem is not None:
            return problem
        packaged = _finish(probe, rungs, partial, language)
        on_progress(1000)
        partial.rename(folder)
        return packaged
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def read_packaged(folder: Path) -> PackagedEpisode:
    """Return what `package_episode` made in a folder.

    Raises:
        FileNotFoundError: Nothing was packaged there.
    """
    described = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
    renditions = tuple(Rendition(**rendition) for rendition in described.pop("renditions"))
    files = tuple(described.pop("files"))
    return PackagedEpisode(renditions=renditions, files=files, **described)


def _encode(
    source: Path,
    probe: MediaProbe,
    rungs: Sequence[Rung],
    folder: Path,
    on_progress: Callable[[int], None],
) -> FfmpegRun:
    reached = 0

    def on_time(time_ms: int) -> None:
        nonlocal reached
        now = min(_ENCODED_PER_MILLE, time_ms * _ENCODED_PER_MILLE // max(probe.duration_ms, 1))
        if now > reached:
            reached = now
            on_progress(now)

    can_map_tones = probe.is_hdr and has_filter(ffmpeg_path(), "zscale")
    return run_ffmpeg(
        arguments=packaging_arguments(
            source=source, probe=probe, rungs=rungs, can_map_tones=can_map_tones
        ),
        folder=folder,
        timeout_s=_TIMEOUT_S_MIN + _TIMEOUT_PER_SECOND * probe.duration_ms / 1000,
        on_time=on_time,
    )


def _problem(
    run: FfmpegRun, probe: MediaProbe, rungs: Sequence[Rung], folder: Path, where: Where
) -> Problem | None:
    if run.timed_out:
        return Problem("media.took-too-long", where, {"duration_ms": probe.duration_ms})
    playlist = folder / f"video_{rungs[0].name}.m3u8"
    if not run.succeeded or not playlist.exists():
        reason = run.errors.strip().splitlines()[-1:] or [""]
        return Problem("media.not-decodable", where, {"reason": reason[0][:200]})
    held_ms = _read(playlist).duration_us // 1000
    if probe.duration_ms - held_ms > _MISSING_MS_MAX:
        return cut_off(where, held_ms=held_ms, missing_ms=probe.duration_ms - held_ms)
    return None


def _finish(
    probe: MediaProbe, rungs: Sequence[Rung], folder: Path, language: str
) -> PackagedEpisode:
    rate = packaged_frame_rate(probe.frame_rate)
    pictures = [_rendition(folder, f"video_{rung.name}", rung) for rung in rungs]
    has_sound = (folder / "audio.m3u8").exists()
    sounds = [_rendition(folder, "audio", None)] if has_sound else []
    master = write_master_playlist(
        variants=[_variant(picture, rate) for picture in pictures],
        sound=_read(folder / "audio.m3u8") if has_sound else None,
        sound_codecs=sounds[0].codecs if sounds else "",
        language=language,
    )
    (folder / "master.m3u8").write_text(master, encoding="utf-8")
    write_stills(video=folder / pictures[0].file, folder=folder)
    files = sorted(path.name for path in folder.iterdir())
    packaged = PackagedEpisode(
        duration_ms=_read(folder / pictures[0].playlist).duration_us // 1000,
        width=pictures[-1].width,
        height=pictures[-1].height,
        renditions=(*pictures, *sounds),
        size_bytes=sum((folder / file).stat().st_size for file in files),
        files=tuple(files),
    )
    described = json.dumps(asdict(packaged), indent=1)
    (folder / _DESCRIPTION).write_text(described, encoding="utf-8")
    return packaged


def _rendition(folder: Path, stem: str, rung: Rung | None) -> Rendition:
    playlist = _read(folder / f"{stem}.m3u8")
    file = folder / f"{stem}.mp4"
    return Rendition(
        name=rung.name if rung else "audio",
        playlist=f"{stem}.m3u8",
        file=file.name,
        codecs=_codecs(file),
        width=rung.width if rung else 0,
        height=rung.height if rung else 0,
        peak_bits_per_s=playlist.peak_bits_per_s,
        average_bits_per_s=playlist.average_bits_per_s,
        size_bytes=file.stat().st_size,
    )


def _variant(picture: Rendition, rate: Fraction) -> Variant:
    return Variant(
        uri=picture.playlist,
        width=picture.width,
        height=picture.height,
        frame_rate=rate,
        codecs=picture.codecs,
        peak_bits_per_s=picture.peak_bits_per_s,
        average_bits_per_s=picture.average_bits_per_s,
    )


def _codecs(file: Path) -> str:
    """Read the codec of a finished rendition in the form of RFC 6381."""
    with av.open(str(file)) as container:
        if not container.streams.video:
            return "mp4a.40.2"  # AAC-LC, the only sound that the ladder makes
        configuration = container.streams.video[0].codec_context.extradata or b""
    # Profile, constraints and level: ISO/IEC 14496-15, 5.3.3.1.2.
    return f"avc1.{configuration[1:4].hex()}"


def _read(playlist: Path) -> MediaPlaylist:
    return read_media_playlist(playlist.read_text(encoding="utf-8"))
