"""The project's own drama, as a writer of the demo brought it."""

from datetime import datetime
from pathlib import Path

from duanju_web.screenplays.services import bring_script
from duanju_web.shared.actor import Actor

_HERE = Path(__file__).parents[1] / "to-the-last-fen"
_IN_A_CLONE = Path(__file__).parents[4] / "examples" / "to-the-last-fen"


class DemoScriptRefused(RuntimeError):
    """Our own drama cannot be read; it must be mended."""

    code = "demo.script-refused"


def load_script(*, writer: Actor, now: datetime) -> None:
    """Bring the drama in Chinese for a writer; installed, it lies beside the demo."""
    folder = _HERE if _HERE.exists() else _IN_A_CLONE
    path = folder / "zh-Hans.txt"
    brought = bring_script(
        actor=writer, chunks=[path.read_bytes()], file_name="一分不差.txt", now=now
    )
    if isinstance(brought, tuple):
        raise DemoScriptRefused(brought)
