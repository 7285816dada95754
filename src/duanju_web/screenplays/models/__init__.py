"""What this room remembers."""

from duanju_web.screenplays.models.script import Script, ScriptVersion

__all__ = ["Script", "ScriptVersion"]
