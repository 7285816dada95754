"""The spool and the lake that the settings name, one object of each a process."""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from duanju.adapters.lake import Lake, Spool


def event_spool() -> Spool:
    """Return this process's spool."""
    return _spool(settings.SPOOL_FOLDER, settings.SPOOL_MAX_BYTES, os.getpid())


def event_lake() -> Lake:
    """Return this process's lake."""
    return _lake(settings.LAKE_FOLDER, settings.SPOOL_FOLDER, os.getpid())


# The process belongs to the key: a file that is written must not be shared by a fork.
@lru_cache(maxsize=1)
def _spool(folder: Path, max_bytes: int, _process: int) -> Spool:
    return Spool(folder, max_bytes=max_bytes)


@lru_cache(maxsize=1)
def _lake(folder: Path, spool: Path, _process: int) -> Lake:
    return Lake(folder, spool=spool)
