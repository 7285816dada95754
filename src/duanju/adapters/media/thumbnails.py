"""Still pictures of an episode, from the key frames of its smallest finished rendition."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
from PIL import Image, ImageStat

POSTER_BYTES_MAX = 15_000
_POSTER_QUALITIES = (80, 70, 60, 50, 40, 30, 20, 10)
_STRIP_QUALITY = 60
_STRIP_COLUMNS = 10
_STRIP_PICTURES_MAX = 100
_STRIP_SHORT_SIDE = 90
_POSTER_CANDIDATES = 15


def write_stills(*, video: Path, folder: Path) -> None:
    """Write `poster.webp`, `strip.webp` and `strip.vtt` beside a finished rendition.

    The poster is the liveliest of the first half minute's key frames, so that it is neither black
    nor a title card. The strip holds a small picture every two seconds, more apart in a long
    episode; the cues of the VTT name each picture's time and place in the strip.

    Args:
        video: The rendition; only its key frames are decoded.
        folder: Where the three files go.
    """
    poster: Image.Image | None = None
    liveliest = -1.0
    small: list[tuple[int, Image.Image]] = []
    for index, (start_ms, picture) in enumerate(_key_frames(video)):
        liveliness = _liveliness(picture)
        if index < _POSTER_CANDIDATES and liveliness > liveliest:
            poster, liveliest = picture, liveliness
        small.append((start_ms, _small(picture)))
    assert poster is not None, "a finished rendition has key frames"
    (folder / "poster.webp").write_bytes(_poster_bytes(poster))
    step = -(-len(small) // _STRIP_PICTURES_MAX)
    _write_strip(small[::step], _duration_ms(video), folder)


def _key_frames(video: Path) -> Iterator[tuple[int, Image.Image]]:
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        for frame in container.decode(stream):
            yield round((frame.time or 0) * 1000), frame.to_image()  # type: ignore[no-untyped-call]


def _duration_ms(video: Path) -> int:
    with av.open(str(video)) as container:
        return (container.duration or 0) // 1000


def _liveliness(picture: Image.Image) -> float:
    grey = picture.convert("L").resize((64, 64))
    return float(ImageStat.Stat(grey).stddev[0])


def _small(picture: Image.Image) -> Image.Image:
    ratio = _STRIP_SHORT_SIDE / min(picture.size)
    return picture.resize((round(picture.width * ratio), round(picture.height * ratio)))


def _poster_bytes(picture: Image.Image) -> bytes:
    while True:
        for quality in _POSTER_QUALITIES:
            written = io.BytesIO()
            picture.save(written, "WEBP", quality=quality, method=4)
            if written.tell() <= POSTER_BYTES_MAX:
                return written.getvalue()
        # Only noise is still too large at the lowest quality.
        picture = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))


def _write_strip(
    pictures: Sequence[tuple[int, Image.Image]], duration_ms: int, folder: Path
) -> None:
    width, height = pictures[0][1].size
    columns = min(_STRIP_COLUMNS, len(pictures))
    rows = -(-len(pictures) // columns)
    strip = Image.new("RGB", (columns * width, rows * height))
    cues = ["WEBVTT", ""]
    for index, (start_ms, picture) in enumerate(pictures):
        left, top = index % columns * width, index // columns * height
        strip.paste(picture, (left, top))
        last = index + 1 == len(pictures)
        end_ms = max(duration_ms, start_ms + 1) if last else pictures[index + 1][0]
        cues += [f"{_clock(start_ms)} --> {_clock(end_ms)}"]
        cues += [f"strip.webp#xywh={left},{top},{width},{height}", ""]
    strip.save(folder / "strip.webp", "WEBP", quality=_STRIP_QUALITY, method=4)
    (folder / "strip.vtt").write_text("\n".join(cues), encoding="utf-8")


def _clock(time_ms: int) -> str:
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milliseconds:03d}"
