"""Plain text, in the encodings that writers' machines give it."""

import io
from collections.abc import Iterator
from pathlib import Path

from duanju.adapters.scripts.limits import LINES_MAX, Refused

_HEAD_BYTES = 65_536


def read_text_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, one at a time, without their ends.

    UTF-8, UTF-16 with its mark, and GB 18030 (which GBK and GB 2312 are parts of) are understood.

    Raises:
        Refused: It is no text, or has too many lines.
    """
    encoding = encoding_of(path)
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline=None)
        try:
            for number, line in enumerate(text):
                if number >= LINES_MAX:
                    raise Refused("screenplays.too-many-lines", lines=LINES_MAX)
                yield line.rstrip("\n")
        except UnicodeError as error:
            raise Refused("screenplays.file-not-text") from error


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file, judged by all of it, in bounded memory."""
    with path.open("rb") as raw:
        head = raw.read(_HEAD_BYTES)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\0" in head:
        raise Refused("screenplays.file-not-text")
    for encoding in ("utf-8-sig", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise Refused("screenplays.file-not-text")


def _decodes(path: Path, encoding: str) -> bool:
    with path.open("r", encoding=encoding, errors="strict", newline="") as text:
        try:
            while text.read(_HEAD_BYTES):
                pass
        except UnicodeError:
            return False
    return True
