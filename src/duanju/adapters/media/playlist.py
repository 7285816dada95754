"""Media playlists as ffmpeg wrote them, and the master playlist as we write it.

**Source** RFC 8216, sections 4.3.4.1 and 4.3.4.2; Apple, HLS authoring specification, section 9.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

_RANGE = re.compile(r"(\d+)@(\d+)")
_AUDIO_GROUP = "sound"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a rendition that is fetched at once.

    Attributes:
        duration_us: Length in microseconds.
        size_bytes: Bytes in the file.
        offset_bytes: Where they begin.
    """

    duration_us: int
    size_bytes: int
    offset_bytes: int


@dataclass(frozen=True, slots=True)
class MediaPlaylist:
    """The segments of one rendition.

    Attributes:
        target_duration_s: What the playlist states as the longest.
        init_bytes: Length of the header that the file begins with.
        segments: In the order of time.
    """

    target_duration_s: int
    init_bytes: int
    segments: tuple[Segment, ...]

    @property
    def duration_us(self) -> int:
        """Length of the rendition in microseconds."""
        return sum(segment.duration_us for segment in self.segments)

    @property
    def average_bits_per_s(self) -> int:
        """All bits divided by the whole time, rounded up."""
        return _bits_per_s(self.segments)

    @property
    def peak_bits_per_s(self) -> int:
        """The largest rate of a run of segments of 0.5 to 1.5 target durations.

        **Source** RFC 8216, section 4.3.4.2, on BANDWIDTH.
        """
        low_us, high_us = self.target_duration_s * 500_000, self.target_duration_s * 1_500_000
        rates = [self.average_bits_per_s]
        for first in range(len(self.segments)):
            for last in range(first + 1, len(self.segments) + 1):
                run = self.segments[first:last]
                length_us = sum(segment.duration_us for segment in run)
                if length_us > high_us:
                    break
                if length_us >= low_us:
                    rates.append(_bits_per_s(run))
        return max(rates)


@dataclass(frozen=True, slots=True)
class Variant:
    """What the master playlist says of a picture rendition."""

    uri: str
    width: int
    height: int
    frame_rate: Fraction
    codecs: str
    peak_bits_per_s: int
    average_bits_per_s: int


def read_media_playlist(text: str) -> MediaPlaylist:
    """Read a playlist of byte ranges in one file.

    Raises:
        ValueError: A segment has no byte range or no duration.
    """
    target_duration_s, init_bytes, duration_us = 0, 0, 0
    segments = []
    for line in text.splitlines():
        tag, _, value = line.partition(":")
        if tag == "#EXT-X-TARGETDURATION":
            target_duration_s = int(value)
        elif tag == "#EXT-X-MAP":
            init_bytes = _range(value)[0]
        elif tag == "#EXTINF":
            duration_us = round(Fraction(value.split(",")[0]) * 1_000_000)
        elif tag == "#EXT-X-BYTERANGE":
            size_bytes, offset_bytes = _range(value)
            segments.append(Segment(duration_us, size_bytes, offset_bytes))
    if not segments or not target_duration_s:
        raise ValueError("the playlist has no segments")
    return MediaPlaylist(target_duration_s, init_bytes, tuple(segments))


def write_master_playlist(
    *, variants: Sequence[Variant], sound: MediaPlaylist | None, sound_codecs: str, language: str
) -> str:
    """Write the master playlist from measured rates; each variant's rates include the sound.

    Args:
        variants: Smallest first; the first is what a player starts with.
        sound: The one sound rendition, `audio.m3u8`, or None.
        sound_codecs: Its codecs by RFC 6381.
        language: BCP-47 tag of what is spoken, or an empty text if unknown.
    """
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    if sound is not None:
        spoken = f'LANGUAGE="{language}",' if language else ""
        lines.append(
            f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{_AUDIO_GROUP}",NAME="Original",{spoken}'
            'DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio.m3u8"'
        )
    for variant in variants:
        lines += [_stream_information(variant, sound, sound_codecs), variant.uri]
    return "\n".join(lines) + "\n"


def _stream_information(variant: Variant, sound: MediaPlaylist | None, sound_codecs: str) -> str:
    peak, average, codecs = variant.peak_bits_per_s, variant.average_bits_per_s, variant.codecs
    group = ""
    if sound is not None:
        peak, average = peak + sound.peak_bits_per_s, average + sound.average_bits_per_s
        codecs, group = f"{codecs},{sound_codecs}", f',AUDIO="{_AUDIO_GROUP}"'
    rate = f"{variant.frame_rate.numerator / variant.frame_rate.denominator:.3f}"
    return (
        f"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},"
        f'CODECS="{codecs}",RESOLUTION={variant.width}x{variant.height},'
        f"FRAME-RATE={rate},CLOSED-CAPTIONS=NONE{group}"
    )


def _bits_per_s(segments: Sequence[Segment]) -> int:
    bits = 8 * sum(segment.size_bytes for segment in segments)
    return -(-bits * 1_000_000 // sum(segment.duration_us for segment in segments))


def _range(value: str) -> tuple[int, int]:
    match = _RANGE.search(value)
    if match is None:
        raise ValueError(f"{value!r} has no byte range")
    return int(match[1]), int(match[2])
