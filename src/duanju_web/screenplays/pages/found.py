"""Finding the script that a request is about; those of others do not exist."""

from django.http import Http404, HttpRequest

from duanju_web.screenplays.models import Script, ScriptVersion
from duanju_web.screenplays.selectors import find_script_of, find_version, latest_of

KINDS = ("studio", "writer", "platform")
WRITERS = ("producer", "member")


def own_script(request: HttpRequest, script_id: int) -> Script:
    """Return the acting organisation's script, or answer 404."""
    script = find_script_of(request.actor.organisation, script_id)  # type: ignore[attr-defined]
    if script is None:
        raise Http404
    return script


def asked_version(request: HttpRequest, script: Script) -> ScriptVersion:
    """Return the version that the address asks for, the last one without, or answer 404."""
    asked = request.GET.get("version", "")
    if not asked:
        version = latest_of(script)
    else:
        version = find_version(script, int(asked)) if asked.isdecimal() and len(asked) < 8 else None
    if version is None:
        raise Http404
    return version
