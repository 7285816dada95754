"""Keeping what was brought, once, under the hash of its content."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class StoredOriginal:
    """A file that is kept under its hash.

    Attributes:
        sha256: Hash of the content, hexadecimal.
        size_bytes: Length of the content.
        path: Where it is kept.
    """

    sha256: str
    size_bytes: int
    path: Path


def store_original(*, source: Path, folder: Path, link: bool = False) -> StoredOriginal:
    """Keep a file in a store addressed by content; the same content is kept once.

    What is kept is written beside its place, brought to the disk, and renamed, so a file that is
    there is whole.

    Args:
        source: The file, of any size; it is read once and left where it is.
        folder: Root of the store, made if absent.
        link: Share the bytes with `source` where the file system can, instead of copying them;
            for a source that nobody will write to any more.
    """
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".partial-{secrets.token_hex(8)}"
    try:
        is_linked = link and _linked(source, partial)
        sha256, size_bytes = _hash(source) if is_linked else _copy(source, partial)
        kept = folder / sha256[:2] / sha256
        kept.parent.mkdir(exist_ok=True)
        if not kept.exists():
            partial.rename(kept)
    finally:
        partial.unlink(missing_ok=True)
    return StoredOriginal(sha256, size_bytes, kept)


def _linked(source: Path, partial: Path) -> bool:
    try:
        partial.hardlink_to(source)
    except OSError:
        return False
    return True


def _hash(source: Path) -> tuple[str, int]:
    with source.open("rb") as reading:
        sha256 = hashlib.file_digest(reading, "sha256")
        return sha256.hexdigest(), reading.tell()


def _copy(source: Path, partial: Path) -> tuple[str, int]:
    sha256, size_bytes = hashlib.sha256(), 0
    with source.open("rb") as reading, partial.open("xb") as writing:
        while block := reading.read(_BLOCK_BYTES):
            sha256.update(block)
            writing.write(block)
            size_bytes += len(block)
        writing.flush()
        os.fsync(writing.fileno())
    return sha256.hexdigest(), size_bytes
