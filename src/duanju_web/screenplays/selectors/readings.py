"""Where a version's file and its reading lie."""

from pathlib import Path

from django.conf import settings

from duanju.adapters.scripts import decode_reading
from duanju.screenplays import Screenplay
from duanju_web.screenplays.models import ScriptVersion


def file_of(version: ScriptVersion) -> Path:
    """Return where the file is kept as it was brought."""
    ending = Path(version.file_name).suffix.lower()
    return Path(settings.DATA_FOLDER) / "scripts" / f"{version.sha256}{ending}"


def reading_path(version: ScriptVersion) -> Path:
    """Return where the reading of the file is kept."""
    own = file_of(version)
    return own.with_name(own.name + ".reading.json")


def reading_of(version: ScriptVersion) -> Screenplay:
    """Return what was read."""
    return decode_reading(reading_path(version).read_bytes())
