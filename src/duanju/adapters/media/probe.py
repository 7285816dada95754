"""What a video file is, and whether an episode may be made of it."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from duanju.kernel import Problem, Where

DURATION_MS_MAX = 30 * 60_000
SIZE_BYTES_MAX = 4 << 30
SIDE_PIXELS_MAX = 4_320
SIDE_PIXELS_MIN = 64
_MISSING_MS_MAX = 500

_CONTAINERS = frozenset({"mov", "mp4", "m4a", "matroska", "webm", "mpegts"})
_VIDEO_CODECS = frozenset({"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "prores", "dnxhd"})
_AUDIO_CODECS = frozenset(
    {"aac", "mp3", "opus", "vorbis", "ac3", "eac3", "flac", "alac"}
    | {f"pcm_{form}" for form in ("s16le", "s16be", "s24le", "s24be", "s32le", "f32le")}
)
# Demuxers that open no second file; those beyond _CONTAINERS only serve to name what was brought.
_OPENED = "mov,matroska,mpegts,avi,flv,asf,mpeg,ogg,mp3,wav,flac,aac,gif,png_pipe,jpeg_pipe"
_HDR_TRANSFERS = frozenset({16, 18})  # SMPTE ST 2084 and ARIB STD-B67, ISO/IEC 23091-2


@dataclass(frozen=True, slots=True)
class MediaProbe:
    """What is known of a video before it is packaged.

    Attributes:
        duration_ms: Length of the picture.
        width: Pixels across as shown, after rotation and with square pixels.
        height: Pixels down as shown, likewise.
        frame_rate: Frames a second on average.
        video_codec: ffmpeg's name, `h264`.
        audio_codec: ffmpeg's name, or None for a silent file.
        rotation: Degrees by which players turn the picture: 0, 90, 180, 270.
        size_bytes: Length of the file.
        is_hdr: The picture needs mapping to standard range.
    """

    duration_ms: int
    width: int
    height: int
    frame_rate: Fraction
    video_codec: str
    audio_codec: str | None
    rotation: int
    size_bytes: int
    is_hdr: bool = False


@dataclass(frozen=True, slots=True)
class _Extent:
    """How much picture a file really holds, and how much of what it declares is missing."""

    held_ms: int
    missing_ms: int
    packets: int


def probe_media(*, path: Path, name: str = "") -> MediaProbe | Problem:
    """Read what a video file is; every packet's header is read, only one frame is decoded.

    Args:
        path: The file.
        name: What its owner calls it, for the problem; else the name of `path`.

    Returns:
        The probe, or the first problem: `media.not-a-video` (no known container, or nothing in it),
        `media.cut-off` (the end is missing), `media.no-picture` (sound only), `media.not-allowed`
        (params `limit`, `found`, `allowed`).
    """
    where = Where(file=name or path.name)
    size_bytes = path.stat().st_size
    if size_bytes > SIZE_BYTES_MAX:
        return _not_allowed(where, "size", size_bytes, SIZE_BYTES_MAX)
    try:
        with av.open(
            str(path), options={"format_whitelist": _OPENED, "protocol_whitelist": "file"}
        ) as container:
            return _examine(container, where, size_bytes)
    except (av.FFmpegError, ValueError):
        if _lacks_index(path):
            return cut_off(where, held_ms=0, missing_ms=0)
        return Problem("media.not-a-video", where, {"size_bytes": size_bytes})


def cut_off(where: Where, *, held_ms: int, missing_ms: int) -> Problem:
    """Return the problem of a file whose end is missing; 0 for what is not known."""
    return Problem("media.cut-off", where, {"held_ms": held_ms, "missing_ms": missing_ms})


def _examine(container: InputContainer, where: Where, size_bytes: int) -> MediaProbe | Problem:
    pictures = [
        stream
        for stream in container.streams.video
        if not stream.disposition & av.stream.Disposition.attached_pic
    ]
    if not pictures:
        return Problem("media.no-picture", where, {"audio": _audio_codec(container) or "none"})
    stream = pictures[0]
    refused = _refusal(container, stream, where)
    if refused is not None:
        return refused
    frame = next(container.decode(stream), None)
    if frame is None:
        return cut_off(where, held_ms=0, missing_ms=_declared_ms(stream))
    rotation = round(-frame.rotation) % 360
    width, height = _shown_size(stream, rotation)
    extent = _extent(container, stream)
    return _judge(
        where,
        extent,
        MediaProbe(
            duration_ms=extent.held_ms,
            width=width,
            height=height,
            frame_rate=Fraction(extent.packets * 1000, max(extent.held_ms, 1)),
            video_codec=stream.codec_context.name,
            audio_codec=_audio_codec(container),
            rotation=rotation,
            size_bytes=size_bytes,
            is_hdr=int(stream.codec_context.color_trc or 0) in _HDR_TRANSFERS,
        ),
    )


def _judge(where: Where, extent: _Extent, probe: MediaProbe) -> MediaProbe | Problem:
    if extent.missing_ms > _MISSING_MS_MAX:
        return cut_off(where, held_ms=extent.held_ms, missing_ms=extent.missing_ms)
    if probe.duration_ms > DURATION_MS_MAX:
        return _not_allowed(where, "duration", probe.duration_ms, DURATION_MS_MAX)
    if max(probe.width, probe.height) > SIDE_PIXELS_MAX:
        return _not_allowed(where, "side", max(probe.width, probe.height), SIDE_PIXELS_MAX)
    if min(probe.width, probe.height) < SIDE_PIXELS_MIN:
        return _not_allowed(where, "small-side", min(probe.width, probe.height), SIDE_PIXELS_MIN)
    return probe


def _refusal(container: InputContainer, stream: VideoStream, where: Where) -> Problem | None:
    container_names = container.format.name.split(",")
    if not _CONTAINERS.intersection(container_names):
        return _not_allowed(where, "container", container_names[0], "MP4, MOV, MKV, WebM, TS")
    if stream.codec_context.name not in _VIDEO_CODECS:
        allowed = "H.264, HEVC, VP8, VP9, AV1, MPEG-4, ProRes, DNxHD"
        return _not_allowed(where, "video-codec", stream.codec_context.name, allowed)
    audio_codec = _audio_codec(container)
    if audio_codec is not None and audio_codec not in _AUDIO_CODECS:
        allowed = "AAC, MP3, Opus, Vorbis, AC-3, FLAC, ALAC, PCM"
        return _not_allowed(where, "audio-codec", audio_codec, allowed)
    return None


def _not_allowed(where: Where, limit: str, found: str | int, allowed: str | int) -> Problem:
    return Problem("media.not-allowed", where, {"limit": limit, "found": found, "allowed": allowed})


def _extent(container: InputContainer, stream: VideoStream) -> _Extent:
    """Count the packets to the end, since a cut file declares the length that it had."""
    container.seek(0)
    starts_ms: dict[int, int] = {}
    ends_ms: dict[int, int] = {}
    packets = 0
    for packet in container.demux(*container.streams.video, *container.streams.audio):
        if packet.pts is None or packet.size == 0 or packet.is_corrupt or not packet.time_base:
            continue
        index = packet.stream.index
        start_ms = round(packet.pts * packet.time_base * 1000)
        end_ms = round((packet.pts + (packet.duration or 0)) * packet.time_base * 1000)
        starts_ms[index] = min(starts_ms.get(index, start_ms), start_ms)
        ends_ms[index] = max(ends_ms.get(index, end_ms), end_ms)
        packets += index == stream.index
    held_ms = ends_ms.get(stream.index, 0) - starts_ms.get(stream.index, 0)
    whole_ms = max(ends_ms.values(), default=0) - min(starts_ms.values(), default=0)
    missing_ms = max(
        _declared_ms(stream) - held_ms if _declared_ms(stream) else 0,
        (container.duration or 0) // 1000 - whole_ms,
    )
    return _Extent(held_ms, missing_ms, packets)


def _declared_ms(stream: VideoStream) -> int:
    return round((stream.duration or 0) * (stream.time_base or 0) * 1000)


def _shown_size(stream: VideoStream, rotation: int) -> tuple[int, int]:
    context = stream.codec_context
    aspect = context.sample_aspect_ratio or Fraction(1)
    width = round(context.width * aspect) if aspect > 0 else context.width
    return (context.height, width) if rotation in {90, 270} else (width, context.height)


def _audio_codec(container: InputContainer) -> str | None:
    return container.streams.audio[0].codec_context.name if container.streams.audio else None


def _lacks_index(path: Path) -> bool:
    """Tell a cut-off MP4 or MOV, whose index would have come last, from what is no video."""
    with path.open("rb") as file:
        head = file.read(12)
    return head[4:8] == b"ftyp"
