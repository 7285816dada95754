"""How much a script's file may be, and what is said of one that is more."""

from typing import BinaryIO

FILE_BYTES_MAX = 64 * 2**20
"""A script of 100 episodes is under 1 MB of text; Word and PDF files with pictures are larger."""

UNPACKED_BYTES_MAX = 256 * 2**20
"""What the text of a packed file may come to."""

LINES_MAX = 500_000
PAGES_MAX = 3_000


class Refused(Exception):
    """Raised where a file is not read at all; its code is that of the problem."""

    def __init__(self, code: str, **params: str | int) -> None:
        """Keep the code and what its sentence names."""
        self.code = code
        self.params = params
        super().__init__(self.code)


class Bounded:
    """A stream that refuses to give more than was allowed.

    What a packed file says of its own size is not believed: bytes are counted as they come out.
    """

    def __init__(self, stream: BinaryIO, bytes_max: int = UNPACKED_BYTES_MAX) -> None:
        """Count from here."""
        self._stream = stream
        self._left = bytes_max

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, or refuse."""
        part = self._stream.read(size if size >= 0 else self._left + 1)
        self._left -= len(part)
        if self._left < 0:
            raise Refused("screenplays.file-too-large", megabytes=UNPACKED_BYTES_MAX // 2**20)
        return part
