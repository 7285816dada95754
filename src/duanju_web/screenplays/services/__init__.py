"""What can be done with scripts."""

from duanju_web.screenplays.services.bringing import SCRIPT_BYTES_MAX, bring_script

__all__ = ["SCRIPT_BYTES_MAX", "bring_script"]
