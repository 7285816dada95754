"""Opening the files that people hand in."""

from pathlib import Path

from duanju.kernel import Problem, ProblemsFound, Where

SIZE_BYTES_MAX = 256 * 1024 * 1024
"""Larger documents are refused before they are read."""


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises:
        ProblemsFound: There is no such file, it is too large, or it is not UTF-8.
    """
    try:
        if path.stat().st_size > SIZE_BYTES_MAX:
            raise ProblemsFound((_problem("documents.too-large", path),))
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProblemsFound((_problem("documents.not-utf8", path),)) from None
    except OSError:
        raise ProblemsFound((_problem("documents.no-file", path),)) from None


def _problem(code: str, path: Path) -> Problem:
    return Problem(code, Where(str(path)), {"file": str(path)})
