"""How commands write files: whole or not at all, piece by piece."""

import os
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that is either as it was or whole, whatever happens meanwhile.

    Args:
        path: Of the file; replaced if it is there.
        pieces: Its content, written as it comes.
    """
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as stream:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
