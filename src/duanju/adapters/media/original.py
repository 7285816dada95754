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


def store_original(*, source: Path, folder: Path) -> StoredOriginal:
    """Copy a file into a store addressed by content; the same content is kept once.

    The copy is written beside its place, brought to the disk, and renamed, so a file that is there
    is whole.

    Args:
        source: The file, of any size; it is read once and left where it is.
        folder: Root of the store, made if absent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".partial-{secrets.token_hex(8)}"
    sha256, size_bytes = hashlib.sha256(), 0
    try:
        with source.open("rb") as reading, partial.open("xb") as writing:
            while block := reading.read(_BLOCK_BYTES):
                sha256.update(block)
                writing.write(block)
                size_bytes += len(block)
            writing.flush()
            os.fsync(writing.fileno())
        name = sha256.hexdigest()
        kept = folder / name[:2] / name
        kept.parent.mkdir(exist_ok=True)
        if not kept.exists():
            partial.rename(kept)
    finally:
        partial.unlink(missing_ok=True)
    return StoredOriginal(name, size_bytes, kept)
