"""Delivered files, kept once under the hash of their content."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from duanju.adapters.media import store_original
from duanju_web.productions.models import Original


def keep_original(*, path: Path, name: str, now: datetime, link: bool = False) -> Original:
    """Keep a file and return its record; content that is kept already has one.

    Args:
        path: The file; it is left where it is.
        name: What its owner calls it.
        now: The time, aware.
        link: Share the bytes instead of copying them, see `store_original`.
    """
    stored = store_original(source=path, folder=settings.ORIGINALS_FOLDER, link=link)
    original, _made = Original.objects.get_or_create(
        sha256=stored.sha256,
        defaults={
            "size_bytes": stored.size_bytes,
            "path": str(stored.path.relative_to(settings.ORIGINALS_FOLDER)),
            "name": name,
            "received_at": now,
        },
    )
    return original


def path_of(original: Original) -> Path:
    """Return where an original's content lies."""
    return Path(settings.ORIGINALS_FOLDER) / original.path
