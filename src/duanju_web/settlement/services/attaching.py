"""Files that people attach: looked at by what they are, kept under their digest."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from duanju.kernel import Problem, Where

FILES_MAX = 5
FILE_BYTES_MAX = 10 * 1024 * 1024
_BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".xlsx": b"PK\x03\x04",
    ".csv": b"",
}


class BroughtFile(Protocol):
    """A file that a form brings."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]:
        """Yield the file in pieces."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is on the disk, under its digest."""

    name: str
    sha256: str
    size_bytes: int


def path_of_file(sha256: str) -> Path:
    """Return where a file of this digest is kept."""
    return Path(settings.DISPUTES_FOLDER) / sha256[:2] / sha256


def find_file_problems(files: Iterable[BroughtFile]) -> tuple[Problem, ...]:
    """Return what is wrong with brought files, before anything is kept."""
    brought = list(files)
    problems = []
    if len(brought) > FILES_MAX:
        problems.append(Problem("settlement.too-many-files", params={"max": FILES_MAX}))
    for own in brought[:FILES_MAX]:
        where = Where(file=_name(own))
        if (own.size or 0) > FILE_BYTES_MAX:
            size = {"max": FILE_BYTES_MAX // 1024**2}
            problems.append(Problem("settlement.attached-file-too-large", where, size))
        elif not _is_what_it_says(own):
            problems.append(Problem("settlement.attached-file-unknown", where))
    return tuple(problems)


def keep_file(brought: BroughtFile) -> KeptFile:
    """Write a file under its digest, so that it is on the disk when it is answered."""
    folder = Path(settings.DISPUTES_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder, prefix="new-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            for chunk in brought.chunks():
                stream.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        kept = path_of_file(digest.hexdigest())
        kept.parent.mkdir(exist_ok=True)
        path.replace(kept)
    finally:
        path.unlink(missing_ok=True)
    return KeptFile(_name(brought), digest.hexdigest(), size)


def _is_what_it_says(brought: BroughtFile) -> bool:
    ending = Path(_name(brought)).suffix.lower()
    if ending not in _BEGINNINGS:
        return False
    first = next(iter(brought.chunks()), b"")
    if ending == ".csv":
        return b"\0" not in first
    return first.startswith(_BEGINNINGS[ending])


def _name(brought: BroughtFile) -> str:
    return Path(brought.name or "").name[-200:]
