"""Scripts and their versions."""

from django.db.models import F, OuterRef, QuerySet, Subquery

from duanju_web.screenplays.models import Script, ScriptVersion
from duanju_web.shared.models import Organisation


def scripts_of(organisation: Organisation) -> QuerySet[Script]:
    """Return an organisation's scripts, last changed first, with figures of the last version.

    Each has `version_number`, `episode_count`, `problem_count` and `play_ms`.
    """
    last = ScriptVersion.objects.filter(script=OuterRef("pk")).order_by("-number")
    return Script.objects.filter(organisation=organisation).annotate(
        version_number=Subquery(last.values("number")[:1]),
        episode_count=Subquery(last.values("episode_count")[:1]),
        problem_count=Subquery(last.values("problem_count")[:1]),
        play_ms=Subquery(last.values("play_ms")[:1]),
    )


def find_script_of(organisation: Organisation | None, script_id: int) -> Script | None:
    """Return an organisation's own script, or None."""
    return Script.objects.filter(organisation=organisation, pk=script_id).first()


def versions_of(script: Script) -> QuerySet[ScriptVersion]:
    """Return the versions of a script, the last first, with who brought them."""
    return script.versions.annotate(name=F("script__name")).select_related("brought_by")


def latest_of(script: Script) -> ScriptVersion | None:
    """Return the last version."""
    return versions_of(script).first()


def find_version(script: Script, number: int) -> ScriptVersion | None:
    """Return a version by its number, or None."""
    return versions_of(script).filter(number=number).first()
