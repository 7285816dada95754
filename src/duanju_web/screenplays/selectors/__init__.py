"""Scripts, as their organisation finds them."""

from duanju_web.screenplays.selectors.readings import file_of, reading_of, reading_path
from duanju_web.screenplays.selectors.scripts import (
    find_script_of,
    find_version,
    latest_of,
    scripts_of,
    versions_of,
)

__all__ = [
    "file_of",
    "find_script_of",
    "find_version",
    "latest_of",
    "reading_of",
    "reading_path",
    "scripts_of",
    "versions_of",
]
