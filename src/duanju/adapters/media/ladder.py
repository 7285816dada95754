"""The renditions of an episode, and the one ffmpeg command that makes them all.

Scaling is a cascade: every rung is scaled from the one above it. Key frames are shared: all rungs
see the same constant frame rate, a closed group of pictures of two seconds, and none elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from duanju.adapters.media.probe import MediaProbe

SHORT_SIDES = (360, 540, 720)
GROUP_S = 2
SEGMENT_S = 4
FRAME_RATE_MAX = 60
AUDIO_BITS_PER_S = 128_000
_STANDARD_RATES = tuple(
    Fraction(rate, scale)
    for rate, scale in (
        *((24_000, 1001), (24, 1), (25, 1), (30_000, 1001), (30, 1)),
        *((48, 1), (50, 1), (60_000, 1001), (60, 1)),
    )
)
_NEAR_STANDARD = Fraction(3, 100)
# Peak video bits a second for each pixel of a frame at 30 frames a second: near 0.9 Mbit/s for
# 360x640, 2.8 Mbit/s for 720x1280.
_BITS_PER_S_AT_360 = 900_000
_TONE_MAP = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv"
)


@dataclass(frozen=True, slots=True)
class Rung:
    """One size of picture.

    Attributes:
        name: `360`, the short side in pixels.
        width: Pixels across, even.
        height: Pixels down, even.
        peak_bits_per_s: What the encoder may use at most over two seconds.
    """

    name: str
    width: int
    height: int
    peak_bits_per_s: int


def choose_rungs(*, probe: MediaProbe, short_sides: Sequence[int]) -> tuple[Rung, ...]:
    """Return the sizes to make, smallest first; a picture is never made larger than it came.

    A source smaller than every rung is kept at its own size.
    """
    short = min(probe.width, probe.height)
    sides = [side for side in sorted(short_sides) if side <= short] or [short - short % 2]
    return tuple(_rung(probe, side, short) for side in sides)


def packaged_frame_rate(source: Fraction) -> Fraction:
    """Return the constant rate to package at: a standard one nearby, else a whole number ≤ 60.

    >>> packaged_frame_rate(Fraction(2963, 100))
    Fraction(30000, 1001)
    >>> packaged_frame_rate(Fraction(120))
    Fraction(60, 1)
    """
    while source > FRAME_RATE_MAX * (1 + _NEAR_STANDARD):
        source /= 2
    nearest = min(_STANDARD_RATES, key=lambda rate: abs(rate - source))
    if abs(nearest - source) <= nearest * _NEAR_STANDARD:
        return nearest
    return Fraction(max(1, round(source)))


def packaging_arguments(
    *, source: Path, probe: MediaProbe, rungs: Sequence[Rung], can_map_tones: bool
) -> list[str]:
    """Return ffmpeg's arguments that make all renditions in one pass, into the working folder."""
    rate = packaged_frame_rate(probe.frame_rate)
    arguments = ["-protocol_whitelist", "file,pipe", "-i", f"file:{source.resolve()}"]
    graph = _filter_graph(rungs, rate, is_mapped=probe.is_hdr and can_map_tones)
    arguments += ["-filter_complex", graph]
    for rung in rungs:
        arguments += ["-map", f"[v{rung.name}]", *_video_encoding(rung, rate)]
        arguments += _segmenting(f"video_{rung.name}")
    if probe.audio_codec is not None:
        arguments += ["-map", "0:a:0", *_audio_encoding(), *_segmenting("audio")]
    return arguments


def _rung(probe: MediaProbe, side: int, short: int) -> Rung:
    width, height = (_even(length * side, short) for length in (probe.width, probe.height))
    area = Fraction(width * height, 360 * 640)
    # Larger pictures need fewer bits a pixel; the exponent 3/4 is a common rule of thumb.
    peak = _BITS_PER_S_AT_360 * float(area) ** 0.75
    return Rung(str(side), width, height, round(peak / 1000) * 1000)


def _even(numerator: int, denominator: int) -> int:
    return max(2, 2 * round(Fraction(numerator, denominator * 2)))


def _filter_graph(rungs: Sequence[Rung], rate: Fraction, *, is_mapped: bool) -> str:
    chains = []
    source = "0:v:0"
    for rung in reversed(rungs):
        steps = [f"scale={rung.width}:{rung.height}:flags=bilinear"]
        if rung is rungs[-1]:
            steps.insert(0, f"fps={rate}:start_time=0")
            steps += [_TONE_MAP] if is_mapped else []
            steps += ["setsar=1", "format=yuv420p"]
        if rung is rungs[0]:
            chains.append(f"[{source}]{','.join(steps)}[v{rung.name}]")
        else:
            below = f"s{rung.name}"
            chains.append(f"[{source}]{','.join(steps)},split=2[v{rung.name}][{below}]")
            source = below
    return ";".join(chains)


def _video_encoding(rung: Rung, rate: Fraction) -> list[str]:
    group = str(round(rate * GROUP_S))
    return [
        *("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-pix_fmt", "yuv420p"),
        *("-crf", "24", "-maxrate", str(rung.peak_bits_per_s)),
        *("-bufsize", str(rung.peak_bits_per_s * GROUP_S)),
        *("-g", group, "-keyint_min", group, "-sc_threshold", "0", "-flags", "+cgop"),
        # B-frames would start the picture late, a hole that some players seek over.
        *("-bf", "0", "-map_metadata", "-1"),
    ]


def _audio_encoding() -> list[str]:
    return [
        *("-c:a", "aac", "-b:a", str(AUDIO_BITS_PER_S), "-ac", "2", "-ar", "48000"),
        # Phones leave gaps in their sound; filled, it keeps step with the picture.
        *("-af", "aresample=async=1:first_pts=0", "-map_metadata", "-1"),
    ]


def _segmenting(name: str) -> list[str]:
    return [
        *("-f", "hls", "-hls_time", str(SEGMENT_S), "-hls_playlist_type", "vod"),
        *("-hls_segment_type", "fmp4", "-hls_flags", "single_file+independent_segments"),
        *("-hls_segment_filename", f"{name}.mp4", f"{name}.m3u8"),
    ]
