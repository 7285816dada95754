"""Opening the files that people hand in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from duanju.kernel import Problem, ProblemsFound, Where

SIZE_BYTES_MAX = 256 * 1024 * 1024
"""Larger documents are refused before they are read."""


def read_text(path: Path, *, bytes_max: int = SIZE_BYTES_MAX) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Args:
        path: Of the file.
        bytes_max: Larger files are refused before they are read.

    Raises:
        ProblemsFound: There is no such file, it is too large, or it is not UTF-8.
    """
    require_size(path, bytes_max=bytes_max)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProblemsFound((_problem("documents.not-utf8", path),)) from None
    except OSError:
        raise ProblemsFound((_problem("documents.no-file", path),)) from None


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """Open a UTF-8 file to be read line by line, with or without a byte order mark.

    Raises:
        ProblemsFound: There is no such file, it is too large, or what was read is not UTF-8.
    """
    require_size(path, bytes_max=SIZE_BYTES_MAX)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream
    except UnicodeDecodeError:
        raise ProblemsFound((_problem("documents.not-utf8", path),)) from None
    except OSError:
        raise ProblemsFound((_problem("documents.no-file", path),)) from None


def require_size(path: Path, *, bytes_max: int) -> None:
    """Refuse a file that is not there or too large, before it is read.

    Raises:
        ProblemsFound: It is one of these.
    """
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError:
        size = None
    if size is None:
        raise ProblemsFound((_problem("documents.no-file", path),))
    if size > bytes_max:
        raise ProblemsFound((_problem("documents.too-large", path),))


def _problem(code: str, path: Path) -> Problem:
    return Problem(code, Where(str(path)), {"file": str(path)})
