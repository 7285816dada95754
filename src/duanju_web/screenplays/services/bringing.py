"""Bringing a script: the file is kept as it is, read once, and becomes a version."""

import hashlib
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from duanju.adapters.scripts import SCRIPT_SUFFIXES, encode_reading, read_script
from duanju.kernel import Problem, Where
from duanju.screenplays import ElementKind, Screenplay, episodes_of
from duanju.screenplays.evidence import Pace, time_episode
from duanju_web.screenplays.models import Script, ScriptVersion
from duanju_web.screenplays.selectors import file_of, reading_path
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit

SCRIPT_BYTES_MAX = 16 * 2**20
_MEGABYTE = 2**20
_TITLE_FIELDS = ("片名", "剧名", "剧目", "title")


def bring_script(
    *,
    actor: Actor,
    chunks: Iterable[bytes],
    file_name: str,
    now: datetime,
    name: str = "",
    script: Script | None = None,
) -> ScriptVersion | tuple[Problem, ...]:
    """Keep a file, read it, and make it a version of a script.

    The same file as the last version changes nothing and gives that version. A file that cannot be
    read is not kept; what is wrong with it is returned.

    Args:
        actor: Who brings it; the script belongs to their organisation.
        chunks: The bytes of the file.
        file_name: As its owner knows it.
        now: The time, aware.
        name: Of a new script; if empty, the title on its first page, or else its file's name.
        script: The one that gets a version more; none makes a new one.
    """
    kept = _receive(chunks, file_name)
    if isinstance(kept, Problem):
        return (kept,)
    path, digest, size = kept
    try:
        screenplay = read_script(path, file=file_name)
        if not screenplay.elements:
            return screenplay.problems
        version = _version(actor, screenplay, file_name, now)
        version.sha256, version.size_bytes = digest, size
        _place(version, path, screenplay)
        said = name or _title_in(screenplay) or Path(file_name).stem
        return _save(actor, version, script, said, now)
    finally:
        path.unlink(missing_ok=True)


def _receive(chunks: Iterable[bytes], file_name: str) -> tuple[Path, str, int] | Problem:
    """Write the bytes beside the others, or say why not."""
    where = Where(file=file_name)
    if Path(file_name).suffix.lower() not in SCRIPT_SUFFIXES:
        return Problem("screenplays.file-not-text", where)
    folder = Path(settings.DATA_FOLDER) / "scripts"
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as stream:
        for chunk in chunks:
            size += len(chunk)
            if size > SCRIPT_BYTES_MAX:
                break
            digest.update(chunk)
            stream.write(chunk)
    path = Path(stream.name)
    if size > SCRIPT_BYTES_MAX:
        path.unlink()
        megabytes = SCRIPT_BYTES_MAX // _MEGABYTE
        return Problem("screenplays.file-too-large", where, {"megabytes": megabytes})
    return path, digest.hexdigest(), size


def _title_in(screenplay: Screenplay) -> str:
    """Return the title that the first page of a script gives; empty without one."""
    fields = (each for each in screenplay.elements if each.kind is ElementKind.FIELD)
    return next((each.text for each in fields if each.speaker.lower() in _TITLE_FIELDS), "")


def _version(actor: Actor, screenplay: Screenplay, file_name: str, now: datetime) -> ScriptVersion:
    episodes = episodes_of(screenplay)
    return ScriptVersion(
        file_name=file_name[-200:],
        line_count=screenplay.line_count,
        episode_count=len(episodes),
        scene_count=sum(len(episode.scenes) for episode in episodes),
        problem_count=len(screenplay.problems),
        play_ms=sum(time_episode(episode, Pace()) for episode in episodes),
        brought_by=actor.user,
        brought_at=now,
    )


def _place(version: ScriptVersion, path: Path, screenplay: Screenplay) -> None:
    """Put file and reading where their hash says; what is there already is the same."""
    reading = reading_path(version)
    with tempfile.NamedTemporaryFile(dir=reading.parent, prefix="new-", delete=False) as stream:
        stream.write(encode_reading(screenplay))
    Path(stream.name).replace(reading)
    path.replace(file_of(version))


@transaction.atomic
def _save(
    actor: Actor, version: ScriptVersion, script: Script | None, name: str, now: datetime
) -> ScriptVersion:
    if script is None:
        script = Script.objects.create(
            organisation=actor.organisation, name=name[:120], created_at=now, changed_at=now
        )
    script = Script.objects.select_for_update().get(pk=script.pk)
    last = script.versions.order_by("-number").first()
    if last is not None and last.sha256 == version.sha256:
        return last
    highest = script.versions.aggregate(highest=Max("number"))["highest"] or 0
    version.script, version.number = script, highest + 1
    version.save()
    script.changed_at = now
    script.save(update_fields=["changed_at"])
    record_audit(
        actor=actor,
        action="screenplays.bring-script",
        target=script,
        before={"version": highest} if highest else None,
        after={"version": version.number, "sha256": version.sha256},
        now=now,
    )
    return version
