"""Taking the videos out of a ZIP file that may have been made to do harm.

No name in the archive is ever used as a path. Sizes are limited by what is declared before
anything is written, and again by what really comes out.
"""

import secrets
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from duanju.adapters.media import SIZE_BYTES_MAX
from duanju.kernel import Problem, Where

ARCHIVE_BYTES_MAX = 16 << 30
ARCHIVE_FILES_MAX = 300
_ENTRIES_MAX = 5_000
_RATIO_MAX = 100
_RATIO_FREE_BYTES = 1 << 20
_BLOCK_BYTES = 1 << 20
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_LEFT_OUT = frozenset({"__macosx", "thumbs.db", ".ds_store", "desktop.ini"})
VIDEO_SUFFIXES = frozenset(
    {".mp4", ".m4v", ".mov", ".3gp", ".mkv", ".webm", ".ts", ".mts", ".m2ts"}
    | {".avi", ".flv", ".wmv", ".mpg", ".mpeg"}
)


@dataclass(frozen=True, slots=True)
class UnpackedFile:
    """A video that came out of an archive.

    Attributes:
        name: Its name without folders.
        path: Where it lies now, under a name of ours.
        size_bytes: Its length.
    """

    name: str
    path: Path
    size_bytes: int


class _Unsafe(Exception):
    """The archive must not be unpacked; the code says why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = f"productions.archive-{code}"
        self.params = params


def is_archive(name: str) -> bool:
    """Tell whether a file is taken for an archive; its name decides."""
    return name.casefold().endswith(".zip")


def unpack_archive(*, path: Path, name: str, folder: Path) -> tuple[UnpackedFile, ...] | Problem:
    """Take all videos out of a ZIP file, from whatever folders they lie in.

    Resource forks, hidden files and what is no video by its suffix are left out.

    Args:
        path: The archive.
        name: What its owner calls it, for the problem.
        folder: Where the videos go, each under a random name; must exist.

    Returns:
        The videos, or the first reason why the archive is refused as a whole, in which case nothing
        is left in the folder: `productions.archive-broken`, `-encrypted`, `-unsafe-name`,
        `-too-large`, `-too-many-files`, `-bomb`, `-empty`.
    """
    unpacked: list[UnpackedFile] = []
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in _chosen(archive, path.stat().st_size):
                unpacked.append(_take_out(archive, entry, folder))
    except _Unsafe as error:
        problem = Problem(error.code, Where(file=name), error.params)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError):
        problem = Problem("productions.archive-broken", Where(file=name))
    else:
        return tuple(unpacked)
    for file in unpacked:
        file.path.unlink()
    return problem


def _chosen(archive: zipfile.ZipFile, archive_bytes: int) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    if len(entries) > _ENTRIES_MAX:
        raise _Unsafe("too-many-files", found=len(entries), allowed=ARCHIVE_FILES_MAX)
    for entry in entries:
        _require_harmless(entry)
    chosen = [entry for entry in entries if _is_video(entry)]
    if not chosen:
        raise _Unsafe("empty", found=len(entries))
    if len(chosen) > ARCHIVE_FILES_MAX:
        raise _Unsafe("too-many-files", found=len(chosen), allowed=ARCHIVE_FILES_MAX)
    declared = sum(entry.file_size for entry in chosen)
    largest = max(entry.file_size for entry in chosen)
    if declared > ARCHIVE_BYTES_MAX or largest > SIZE_BYTES_MAX:
        raise _Unsafe("too-large", found=declared, allowed=ARCHIVE_BYTES_MAX)
    # Real video hardly shrinks, and entries that share bytes declare more than the archive holds.
    if declared > _RATIO_FREE_BYTES and declared > _RATIO_MAX * archive_bytes:
        raise _Unsafe("bomb", found=declared, allowed=_RATIO_MAX * archive_bytes)
    return chosen


def _require_harmless(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if is_link or path.is_absolute() or ".." in path.parts:
        raise _Unsafe("unsafe-name", entry=_name_of(entry)[:100])
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise _Unsafe("encrypted")


def _is_video(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    hidden = any(part.casefold() in _LEFT_OUT or part.startswith(".") for part in path.parts)
    return not entry.is_dir() and not hidden and path.suffix.casefold() in VIDEO_SUFFIXES


def _take_out(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> UnpackedFile:
    path = folder / secrets.token_hex(16)
    written = 0
    try:
        with archive.open(entry) as reading, path.open("xb") as writing:
            while block := reading.read(_BLOCK_BYTES):
                written += len(block)
                if written > entry.file_size:
                    raise _Unsafe("bomb", found=written, allowed=entry.file_size)
                writing.write(block)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return UnpackedFile(PurePosixPath(_name_of(entry)).name, path, written)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Read a name that carries no sign of its encoding: UTF-8 if it is that, else GB 18030.

    Windows in Chinese writes GBK without saying so; the library reads it as code page 437.
    """
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename.replace("\\", "/")
    raw = entry.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return entry.filename.replace("\\", "/")
